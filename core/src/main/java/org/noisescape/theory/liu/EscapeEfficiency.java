package org.noisescape.theory.liu;

/**
 * Mean loss E[L(w_t) − L(w₀)] after t steps from the exact minimum, without momentum.
 *
 * <p>Source: Liu et al. (2021), section 6.2 and appendix B; the continuous one after Zhu et al.
 * (2019). The text's proof of E_d ≥ E_c holds for λk up to 1.28 only; for λk of at least ½ the
 * first step alone contributes 2λk ≥ 1 ≥ 1 − exp(−2λkt), so the claim stands.
 */
public final class EscapeEfficiency {
  private EscapeEfficiency() {}

  /** E_c = (λ/4) Tr[(I − exp(−2λKt))C], Eq. 40. */
  public static double continuous(
      double learningRate, long steps, Hessian hessian, GradientNoiseCovariance noise) {
    requireSteps(steps);
    return HeavyBallSgd.sgd(learningRate).learningRate()
        / 4
        * hessian.trace(k -> -Math.expm1(-2 * learningRate * k * steps), noise);
  }

  /**
   * E_d = (λ²/2) Σ_{i less than t} Tr[CK(I−λK)^{2i}] = (λ/4) Tr[(I−λK/2)⁻¹(I−(I−λK)^{2t})C], Eq.
   * 41.
   *
   * @throws IllegalArgumentException unless λk* is less than 2
   */
  public static double discrete(
      double learningRate, long steps, Hessian hessian, GradientNoiseCovariance noise) {
    requireSteps(steps);
    HeavyBallSgd.sgd(learningRate).requireStable(hessian);
    return learningRate
        / 4
        * hessian.trace(
            k -> {
              double contraction = (1 - learningRate * k) * (1 - learningRate * k);
              return (1 - Math.pow(contraction, steps)) / (1 - learningRate * k / 2);
            },
            noise);
  }

  /**
   * E_d of C over E_d of the isotropic noise of the same trace.
   *
   * <p>One step: Tr[KC]/Tr[KC̄], Eq. 43.
   */
  public static double anisotropyRatio(
      double learningRate, long steps, Hessian hessian, GradientNoiseCovariance noise) {
    if (!(noise.trace() > 0) || steps == 0) {
      throw new IllegalArgumentException(
          "the ratio needs noise and at least one step, got trace "
              + noise.trace()
              + " and steps "
              + steps);
    }
    return discrete(learningRate, steps, hessian, noise)
        / discrete(learningRate, steps, hessian, noise.isotropicEquivalent());
  }

  private static void requireSteps(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be >= 0, got " + steps);
    }
  }
}
