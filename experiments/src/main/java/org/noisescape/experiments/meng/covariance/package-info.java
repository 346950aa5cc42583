/** {@code meng/noise-covariance}: the noise is quadratic in the distance from a minimum. */
package org.noisescape.experiments.meng.covariance;
