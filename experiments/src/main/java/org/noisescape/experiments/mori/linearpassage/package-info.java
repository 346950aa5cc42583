/**
 * {@code mori/first-passage-linear}: first passages over a loss, for linear regression.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.linearpassage;
