package org.noisescape.theory.passage;

import java.util.function.DoubleUnaryOperator;

/**
 * dw = −L′(w) dt + √D(w) dB.
 *
 * <p>With Ψ = ∫ 2L′/D the densities are s = e^Ψ, m = (2/D) e^{−Ψ} (Itô) and s = (2/D) e^Ψ, m =
 * e^{−Ψ} (Hänggi and Klimontovich).
 *
 * @param gradient L′; minus it is the drift
 * @param variance D &gt; 0, the variance of the noise per unit time
 * @param interpretation what the noise means
 */
public record Diffusion(
    DoubleUnaryOperator gradient, DoubleUnaryOperator variance, Interpretation interpretation)
    implements MarkovProcess {
  /** Noise of constant variance, where both interpretations are one. */
  public static Diffusion additive(DoubleUnaryOperator gradient, double variance) {
    return new Diffusion(gradient, w -> variance, Interpretation.ITO);
  }
}
