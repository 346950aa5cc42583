package org.noisescape.theory.liu;

/**
 * The training loss ½Tr[KΣ] that stationary fluctuations cost.
 *
 * <p>No commutation of C and K is needed. Source: Liu et al. (2021), section 4.4 and Table 1.
 */
public final class ApproximationError {
  private ApproximationError() {}

  /**
   * λ/(4(1−μ)) Tr[(I − λK/(2(1+μ)))⁻¹C], Eq. 27.
   *
   * @throws IllegalArgumentException unless λk* is less than 2(1+μ)
   */
  public static double of(HeavyBallSgd rule, Hessian hessian, GradientNoiseCovariance noise) {
    rule.requireStable(hessian);
    double mu = rule.momentum();
    double half = rule.learningRate() / (2 * (1 + mu));
    return rule.learningRate() / (4 * (1 - mu)) * hessian.trace(k -> 1 / (1 - half * k), noise);
  }

  /** λ/(4(1−μ)) Tr C + λ²/(8(1−μ²)) Tr[KC], the expansion that Table 1 takes from earlier work. */
  public static double secondOrder(
      HeavyBallSgd rule, Hessian hessian, GradientNoiseCovariance noise) {
    double rate = rule.learningRate();
    double mu = rule.momentum();
    return ContinuousTime.approximationError(rule, noise)
        + rate * rate / (8 * (1 - mu * mu)) * hessian.trace(k -> k, noise);
  }
}
