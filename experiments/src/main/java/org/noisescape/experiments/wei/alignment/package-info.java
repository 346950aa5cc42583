/**
 * {@code wei/alignment}: Hessian and noise covariance align early in training.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.alignment;
