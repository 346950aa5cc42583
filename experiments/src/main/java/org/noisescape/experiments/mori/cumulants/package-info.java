/** {@code mori/noise-cumulants}: whether the mini-batch noise of a network is Gaussian. */
package org.noisescape.experiments.mori.cumulants;
