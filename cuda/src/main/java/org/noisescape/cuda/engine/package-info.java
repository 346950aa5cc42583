/** The {@code cuda} engine: the operation families on a GPU. */
package org.noisescape.cuda.engine;
