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
 * @param noiseStrength 𝒩
 * @param noiseStrengthStandardError sampling error of 𝒩 as an estimate for the distribution the
 *     samples come from: the standard deviation of ‖g_μ‖² over √N; 𝒩 itself is exact for the data
 */
public record GradientNoise(
    RiskValue value,
    double gradientNormSquared,
    double meanSquaredNorm,
    double noiseStrength,
    double noiseStrengthStandardError) {}
