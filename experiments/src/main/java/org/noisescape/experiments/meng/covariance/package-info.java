/**
 * {@code meng/noise-covariance}: the noise is quadratic in the distance from a minimum.
 *
 * @since 0.1
 */
package org.noisescape.experiments.meng.covariance;
