/**
 * Formulas of Liu, Ziyin and Ueda (2021), "Stochastic Gradient Descent with Large Learning Rate":
 * stationary fluctuations of discrete-time SGD and its relatives on the quadratic loss ½wᵀKw, and
 * what goes beyond the text.
 *
 * <p>One class for a section: {@link org.noisescape.theory.liu.ContinuousTime} (section 2), {@link
 * org.noisescape.theory.liu.DiscreteTime}, {@link
 * org.noisescape.theory.liu.PreconditionedCovariance}, {@link
 * org.noisescape.theory.liu.MixedNoise}, {@link org.noisescape.theory.liu.ApproximationError} (4),
 * {@link org.noisescape.theory.liu.BayesianLearningRate}, {@link
 * org.noisescape.theory.liu.EscapeEfficiency}, {@link org.noisescape.theory.liu.KramersRate},
 * {@link org.noisescape.theory.liu.QuasiHyperbolicSgd}, {@link
 * org.noisescape.theory.liu.DampedNewton}, {@link org.noisescape.theory.liu.NaturalGradient} (6).
 * Beyond the text: {@link org.noisescape.theory.liu.RegressionNoise}, the exact mini-batch noise of
 * linear regression.
 *
 * <p>Symbols of the text: λ learning rate, μ momentum, K Hessian, C covariance of the noise of a
 * gradient, S batch, N samples, D parameters, Σ covariance of w. Everything is float64 and meant
 * for small D. An argument outside a formula's domain is an IllegalArgumentException that names the
 * bound.
 *
 * @since 0.1
 */
package org.noisescape.theory.liu;
