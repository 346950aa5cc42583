/**
 * {@code liu/variance-1d}: the stationary variance of one parameter.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.variance;
