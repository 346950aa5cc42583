package org.noisescape.theory.liu;

import org.hipparchus.linear.RealMatrix;

/**
 * Stationary covariance of SGD with momentum, exact for a noise that does not depend on w.
 *
 * <p>In the eigenbasis of K, Eq. 16 is one scalar equation for each entry of Σ, so no commutation
 * of C and K is needed. Source: Liu et al. (2021), sections 4.1 and 4.2.
 */
public final class DiscreteTime {
  private DiscreteTime() {}

  /**
   * The solution of (1−μ)λ(KΣ+ΣK) − (1+μ²)/(1−μ²)·λ²KΣK + μ/(1−μ²)·λ²(K²Σ+ΣK²) = λ²C, Eq. 16; with
   * μ = 0, Eq. 8.
   *
   * @throws IllegalArgumentException unless λk* is less than 2(1+μ)
   */
  public static double[][] covariance(
      HeavyBallSgd rule, Hessian hessian, GradientNoiseCovariance noise) {
    rule.requireStable(hessian);
    double rate = rule.learningRate();
    double mu = rule.momentum();
    return hessian.entrywise(noise, (ki, kj) -> rate * rate / operator(rate, mu, ki, kj)).getData();
  }

  /** Variance in one dimension, Eq. 18. */
  public static double variance(HeavyBallSgd rule, double curvature, double noiseVariance) {
    return covariance(
        rule, Hessian.diagonal(curvature), GradientNoiseCovariance.isotropic(noiseVariance, 1))[0][
        0];
  }

  /**
   * [λ̃K(2−λ̃K)]⁻¹C̃ with λ̃ = λ/(1+μ), C̃ = λ̃²C(1+μ)/(1−μ), Eq. 18: for C that commutes with K.
   *
   * @throws IllegalArgumentException if C and K do not commute, or the rule is unstable
   */
  public static double[][] commutingCovariance(
      HeavyBallSgd rule, Hessian hessian, GradientNoiseCovariance noise) {
    rule.requireStable(hessian);
    RealMatrix product = hessian.matrix().multiply(noise.matrix());
    double asymmetry = product.subtract(product.transpose()).getNorm1();
    if (asymmetry > Hessian.SYMMETRY * product.getNorm1()) {
      throw new IllegalArgumentException(
          "C and K do not commute, |CK - KC| = " + asymmetry + ": take covariance instead");
    }
    double mu = rule.momentum();
    double rescaled = rule.learningRate() / (1 + mu);
    double scale = rule.learningRate() * rule.learningRate() / (1 - mu * mu);
    return hessian
        .function(k -> scale / (rescaled * k * (2 - rescaled * k)))
        .multiply(noise.matrix())
        .getData();
  }

  /** What multiplies Σ_ij on the left of Eq. 16. */
  static double operator(double rate, double mu, double ki, double kj) {
    double square = rate * rate / (1 - mu * mu);
    return (1 - mu) * rate * (ki + kj)
        - (1 + mu * mu) * square * ki * kj
        + mu * square * (ki * ki + kj * kj);
  }
}
