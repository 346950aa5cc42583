/**
 * {@code mori/noise-cumulants}: whether the mini-batch noise of a network is Gaussian.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.cumulants;
