package org.noisescape.objective;

/**
 * Loss, gradient and noise strength over a whole data set at one θ.
 *
 * <p>𝒩 = tr S = (1/N) Σ ‖g_μ‖² − ‖ḡ‖², the trace of the centred covariance of the per-sample
 * gradients with 1/N. A mini-batch of B samples drawn with replacement has gradient covariance of
 * trace 𝒩/B; without replacement (𝒩/B)(N − B)/(N − 1). Source: Mori et al. (2022), section 5.2.
 *
 * @param value loss and accuracy
 * @param gradientNormSquared ‖ḡ‖²
 * @param meanSquaredNorm (1/N) Σ ‖g_μ‖²
 * @param noiseStrength 𝒩, never negative
 * @param noiseStrengthStandardError sampling error of 𝒩 as an estimate for the distribution the
 *     samples come from: the standard deviation of ‖g_μ‖² over √N, and no less than the rounding of
 *     the difference; NaN for one sample. 𝒩 itself is exact for the data but for that rounding
 */
public record GradientNoise(
    RiskValue value,
    double gradientNormSquared,
    double meanSquaredNorm,
    double noiseStrength,
    double noiseStrengthStandardError) {
  /** Roundings in ‖g_μ‖² and ‖ḡ‖² that do not grow with the number of samples. */
  private static final double ROUNDINGS = 16;

  /**
   * From the two terms, which cancel where the gradients are alike.
   *
   * <p>Their difference is off by at most (16 + √N) ε (1/N) Σ ‖g_μ‖²: ḡ is a sum of N terms in the
   * element type. A negative difference within that is zero; a larger one is left as it is, since
   * it cannot be. One sample has no spread.
   *
   * @param samplingError standard deviation of ‖g_μ‖² over √N
   * @param epsilon ε of the element type
   */
  static GradientNoise of(
      RiskValue value,
      double gradientNormSquared,
      double meanSquaredNorm,
      double samplingError,
      double epsilon) {
    double rounding = (ROUNDINGS + Math.sqrt(value.samples())) * epsilon * meanSquaredNorm;
    double difference = value.samples() == 1 ? 0 : meanSquaredNorm - gradientNormSquared;
    return new GradientNoise(
        value,
        gradientNormSquared,
        meanSquaredNorm,
        difference < 0 && difference >= -rounding ? 0 : difference,
        Math.max(samplingError, rounding));
  }

  /**
   * Simple noise scale B_simple = tr S/‖∇L‖²: the mini-batch whose gradient noise is as large as
   * the gradient. Exact for the data; infinite where the gradient vanishes. Source: McCandlish,
   * Kaplan, Amodei et al. (2018), "An empirical model of large-batch training", Eq. 2.9.
   */
  public double noiseScale() {
    return noiseStrength / gradientNormSquared;
  }

  /**
   * Bound of the sampling error of B_simple as an estimate for the distribution the samples come
   * from.
   *
   * <p>Delta method on B_simple = ⟨‖g_μ‖²⟩/‖ḡ‖² − 1, whose error is the mean over samples of
   * ‖g_μ‖²/‖ḡ‖² − 2⟨‖g‖²⟩ g_μ·ḡ/‖ḡ‖⁴: the standard deviations of the two terms are added, and that
   * of g_μ·ḡ, √(ḡᵀSḡ), is at most ‖ḡ‖√𝒩. Above N the noise scale is larger than the data can tell.
   */
  public double noiseScaleStandardError() {
    double gradient = Math.sqrt(Math.max(0, noiseStrength) / value.samples() / gradientNormSquared);
    return (noiseStrengthStandardError + 2 * meanSquaredNorm * gradient) / gradientNormSquared;
  }
}
