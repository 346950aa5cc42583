package org.noisescape.objective;

/**
 * Loss and accuracy over a whole data set at one θ.
 *
 * @param loss L = (1/N) Σ ℓ_μ
 * @param lossStandardError sampling error of L as an estimate for the distribution the samples come
 *     from: the standard deviation of ℓ_μ over √N
 * @param accuracy fraction of right predictions; NaN where targets are no classes
 * @param samples N
 */
public record RiskValue(double loss, double lossStandardError, double accuracy, int samples) {
  /**
   * Binomial standard error √(p(1 − p)/N) of the accuracy p, as an estimate for the distribution
   * the samples come from.
   */
  public double accuracyStandardError() {
    return ClassCounts.standardError(accuracy, samples);
  }
}
