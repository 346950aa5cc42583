/**
 * The {@code cuda} engine: the operation families on a GPU.
 *
 * @since 0.1
 */
package org.noisescape.cuda.engine;
