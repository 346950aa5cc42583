package org.noisescape.theory.liu;

/**
 * Damped Newton's method: preconditioner Λ = λK⁻¹.
 *
 * <p>Source: Liu et al. (2021), section 6.5, Eqs. 58 to 60; the factor of Eq. 59 is (N−S)/(NS),
 * whose N the sentence before it loses.
 *
 * @param learningRate λ, less than 2(1+μ)
 * @param momentum μ in [0, 1)
 */
public record DampedNewton(double learningRate, double momentum) {
  /** Requires a learning rate below 2(1+μ), where the rule is stable, and μ in [0, 1). */
  public DampedNewton {
    // the Hessian that the rule sees is λI
    new HeavyBallSgd(learningRate, momentum).requireStable(Hessian.diagonal(1));
  }

  /** Σ = (1+μ)/(1−μ)·λ/(2(1+μ)−λ)·K⁻¹CK⁻¹, Eq. 58. */
  public double[][] covariance(Hessian hessian, GradientNoiseCovariance noise) {
    return hessian.entrywise(noise, (ki, kj) -> factor() / (ki * kj)).getData();
  }

  /** Σ for C = aK, Eq. 59 with a = (N−S)/(NS): (1+μ)/(1−μ)·λ/(2(1+μ)−λ)·a·K⁻¹. */
  public double[][] miniBatchCovariance(Hessian hessian, double noiseFactor) {
    return covariance(hessian, GradientNoiseCovariance.proportional(noiseFactor, hessian));
  }

  /** ½Tr[KΣ] = ½(1+μ)/(1−μ)·λ/(2(1+μ)−λ)·Tr[K⁻¹C], Eq. 60. */
  public double approximationError(Hessian hessian, GradientNoiseCovariance noise) {
    return 0.5 * factor() * hessian.trace(k -> 1 / k, noise);
  }

  private double factor() {
    return (1 + momentum) / (1 - momentum) * learningRate / (2 * (1 + momentum) - learningRate);
  }
}
