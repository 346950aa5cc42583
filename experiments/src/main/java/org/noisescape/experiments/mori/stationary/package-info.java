/**
 * {@code mori/stationary}: the stationary distribution is a power of the loss.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.stationary;
