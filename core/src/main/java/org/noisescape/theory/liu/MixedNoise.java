package org.noisescape.theory.liu;

/**
 * Isotropic and Hessian-shaped noise together: C = σ²I + aK.
 *
 * <p>Source: Liu et al. (2021), Theorem 3 and Corollaries 4 and 5.
 *
 * @param isotropic σ²
 * @param hessianFactor a; 1/S for the mini-batch noise of Eq. 23
 */
public record MixedNoise(double isotropic, double hessianFactor) {
  /** Requires parts that are not negative. */
  public MixedNoise {
    if (!(isotropic >= 0) || !(hessianFactor >= 0)) {
      throw new IllegalArgumentException(
          "both parts of the noise must be >= 0, got " + isotropic + " and " + hessianFactor);
    }
  }

  /** C. */
  public GradientNoiseCovariance covarianceOfNoise(Hessian hessian) {
    return GradientNoiseCovariance.of(
        hessian.function(k -> isotropic + hessianFactor * k).getData());
  }

  /** Σ = λ(σ²I + aK)[K(2I − λK)]⁻¹, Eq. 24, without momentum. */
  public double[][] covariance(double learningRate, Hessian hessian) {
    HeavyBallSgd.sgd(learningRate).requireStable(hessian);
    return hessian
        .function(
            k -> learningRate * (isotropic + hessianFactor * k) / (k * (2 - learningRate * k)))
        .getData();
  }
}
