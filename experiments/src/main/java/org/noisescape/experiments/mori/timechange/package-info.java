/** {@code mori/time-change}: SGD on the clock τ = ∫L dt has additive noise on log L. */
package org.noisescape.experiments.mori.timechange;
