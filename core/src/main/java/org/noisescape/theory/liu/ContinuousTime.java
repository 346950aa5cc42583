package org.noisescape.theory.liu;

/**
 * The Ornstein-Uhlenbeck approximation, right to first order in λK.
 *
 * <p>Source: Liu et al. (2021), section 2, after Mandt et al. (2017). It knows no bound of the
 * learning rate.
 */
public final class ContinuousTime {
  private ContinuousTime() {}

  /** The solution of ΣK + KΣ = λC/(1−μ), Eq. 4. Shape (D, D). */
  public static double[][] covariance(
      HeavyBallSgd rule, Hessian hessian, GradientNoiseCovariance noise) {
    double scale = rule.learningRate() / (1 - rule.momentum());
    return hessian.entrywise(noise, (ki, kj) -> scale / (ki + kj)).getData();
  }

  /** ½Tr[KΣ] = λ/(4(1−μ)) Tr C, below Eq. 27. */
  public static double approximationError(HeavyBallSgd rule, GradientNoiseCovariance noise) {
    return rule.learningRate() / (4 * (1 - rule.momentum())) * noise.trace();
  }
}
