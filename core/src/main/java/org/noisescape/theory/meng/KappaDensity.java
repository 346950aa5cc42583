package org.noisescape.theory.meng;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.noisescape.theory.Domain;

/**
 * The κ-distribution p(w) = Z⁻¹[1 + βκ(w − ŵ)²]^(−1/κ), a Gaussian exp(−β(w − ŵ)²) at κ = 0.
 *
 * <p>Z = B(½, 1/κ − ½)/√(βκ), so that βZ² = γ = B(½, 1/κ − ½)²/κ. (The 2B in the text's derivation
 * of γ is a slip; its γ is right.)
 *
 * <p>Source: Meng et al. (2020), Eqs. 8 and 9.
 *
 * @param centre ŵ
 * @param beta β &gt; 0
 * @param kappa κ in [0, 2), beyond which there is no norm
 */
public record KappaDensity(double centre, double beta, double kappa) {
  /**
   * Below it Z is taken by its series in κ, for the Beta function cancels, and tails as Gaussian.
   */
  private static final double SMALL = 1e-8;

  /** Requires β &gt; 0 and κ in [0, 2), where the density has a norm. */
  public KappaDensity {
    Domain.positive("beta", beta);
    if (!(kappa >= 0 && kappa < 2)) {
      throw new IllegalArgumentException(
          "kappa must lie in [0, 2), where the density has a norm, got " + kappa);
    }
  }

  /** γ = βZ² = B(½, 1/κ − ½)²/κ; π at κ = 0. */
  static double gamma(double kappa) {
    // B(½, x − ½)² x = π(1 + 3/(4x) + …)
    return kappa < SMALL
        ? Math.PI * (1 + 0.75 * kappa)
        : Math.exp(2 * Beta.logBeta(0.5, 1 / kappa - 0.5) - Math.log(kappa));
  }

  /** log Z. */
  public double logNorm() {
    return Math.log(gamma(kappa) / beta) / 2;
  }

  /** log p(w). */
  public double logDensity(double w) {
    double x = beta * (w - centre) * (w - centre);
    double log = kappa == 0 ? -x : -Math.log1p(kappa * x) / kappa;
    return log - logNorm();
  }

  /** P(|w − ŵ| &gt; distance). */
  public double tail(double distance) {
    Domain.nonNegative("distance", distance);
    double x = beta * distance * distance;
    if (kappa < SMALL) {
      return Erf.erfc(Math.sqrt(x));
    }
    double y = kappa * x;
    return Beta.regularizedBeta(1 / (1 + y), 1 / kappa - 0.5, 0.5);
  }

  /** ⟨(w − ŵ)²⟩ = 1/(β(2 − 3κ)); infinite for κ ≥ 2/3. */
  public double variance() {
    double factor = 2 - 3 * kappa;
    return factor > 0 ? 1 / (beta * factor) : Double.POSITIVE_INFINITY;
  }
}
