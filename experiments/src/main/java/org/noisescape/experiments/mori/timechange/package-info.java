/**
 * {@code mori/time-change}: SGD on the clock τ = ∫L dt has additive noise on log L.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.timechange;
