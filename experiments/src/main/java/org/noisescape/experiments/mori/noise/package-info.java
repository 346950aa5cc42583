/**
 * {@code mori/noise-vs-loss} and {@code mori/noise-vs-loss-ce}: noise strength against loss while a
 * network trains.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.noise;
