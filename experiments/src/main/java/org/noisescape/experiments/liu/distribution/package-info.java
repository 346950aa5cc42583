/**
 * {@code liu/distribution-2d}: the stationary distribution of two parameters.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.distribution;
