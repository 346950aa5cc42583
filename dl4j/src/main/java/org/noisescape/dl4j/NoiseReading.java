package org.noisescape.dl4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a {@link NoiseListener} measured at one iteration, of DL4J's own loss without L1, L2 and
 * weight decay: the mean over the listener's samples, batch normalisation with running statistics,
 * no dropout.
 *
 * @param iteration as DL4J counts
 * @param epoch as DL4J counts
 * @param loss L
 * @param accuracy share of samples classified rightly; NaN where targets are no classes
 * @param gradientNorm ‖∇L‖
 * @param noiseStrength 𝒩 = tr S, S = (1/N) Σ g g⊤ − ḡ ḡ⊤ of the per-sample gradients
 * @param noiseStrengthStandardError of 𝒩 as an estimate for the distribution the samples come from
 * @param noiseScale 𝒩/‖∇L‖², the batch whose gradient noise is as large as the gradient
 * @param eigenvalues the largest of the Hessian, descending
 * @param residuals ‖Hv − λv‖ of each: an eigenvalue lies that near
 * @param converged whether all residuals are as small as asked for
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record NoiseReading(
    int iteration,
    int epoch,
    double loss,
    double accuracy,
    double gradientNorm,
    double noiseStrength,
    double noiseStrengthStandardError,
    double noiseScale,
    double[] eigenvalues,
    double[] residuals,
    boolean converged) {
  /** One line, for logs. */
  public String line() {
    String top =
        Arrays.stream(eigenvalues)
            .mapToObj(value -> String.format(Locale.ROOT, "%.6g", value))
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "iteration %d: loss %.6g, gradient norm %.6g, noise strength %.6g ± %.2g, noise scale %.4g%s",
        iteration,
        loss,
        gradientNorm,
        noiseStrength,
        noiseStrengthStandardError,
        noiseScale,
        top.isEmpty() ? "" : ", top eigenvalues " + top + (converged ? "" : " (not converged)"));
  }
}
