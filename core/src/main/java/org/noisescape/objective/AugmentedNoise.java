package org.noisescape.objective;

/**
 * Noise of the gradient over samples and over what augmentation makes of them, at one θ.
 *
 * <p>With g_μa the gradient of sample μ in draw a, m_μ its mean over draws, m that over all samples
 * and w_μ the trace of its covariance over draws: the total is tr Cov(g_μa) = B + W, between
 * samples B = (1/N) Σ ‖m_μ − m‖², between draws W = (1/N) Σ w_μ (the law of total variance). A
 * mini-batch of n samples, drawn with replacement and each with a draw of its own, has a gradient
 * of covariance (B + W)/n; the whole data set with one draw each still has W/N.
 *
 * <p>All are unbiased estimates from K draws a sample, and may be negative within their errors.
 * Standard errors are sampling errors as estimates for the distribution that the samples come from,
 * from the spread over chunks of samples, NaN for one chunk; that of ‖ḡ‖² is left out, as in {@link
 * GradientNoise}.
 *
 * @param loss (1/N) Σ ℓ_μa, mean over the draws
 * @param lossStandardError its error
 * @param gradientNormSquared ‖m‖²
 * @param total B + W
 * @param totalStandardError its error
 * @param betweenSamples B
 * @param betweenSamplesStandardError its error
 * @param betweenDraws W
 * @param betweenDrawsStandardError its error
 */
public record AugmentedNoise(
    double loss,
    double lossStandardError,
    double gradientNormSquared,
    double total,
    double totalStandardError,
    double betweenSamples,
    double betweenSamplesStandardError,
    double betweenDraws,
    double betweenDrawsStandardError) {}
