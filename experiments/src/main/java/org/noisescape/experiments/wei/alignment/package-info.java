/** {@code wei/alignment}: Hessian and noise covariance align early in training. */
package org.noisescape.experiments.wei.alignment;
