/** {@code mori/first-passage-linear}: first passages over a loss, for linear regression. */
package org.noisescape.experiments.mori.linearpassage;
