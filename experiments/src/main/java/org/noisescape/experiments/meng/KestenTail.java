package org.noisescape.experiments.meng;

import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * Tail of the iteration w ← A w + B: P(|w| > x) ~ x^(−a) with E|A|^a = 1.
 *
 * <p>Source: Kesten (1973), Theorem 5. For w ← (1 − ηh) w + η√(σ + ρw²) ξ, A = 1 − ηh + η√ρ ξ; as η
 * → 0 with κ = ηρ/h fixed, a → 1 + 2/κ, the tail of Itô's density.
 */
final class KestenTail {
  private static final double REACH = 12;
  private static final int POINTS = 20;
  private static final int EVALUATIONS = 100_000;

  private KestenTail() {}

  /**
   * a for A = 1 − step + √(κ step) ξ, step = ηh.
   *
   * @return infinite for κ = 0
   */
  static double exponent(double step, double kappa) {
    if (kappa == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double guess = 1 + 2 / kappa;
    return new BrentSolver(1e-10)
        .solve(200, a -> logMoment(a, step, kappa), 1e-3, 3 * guess, guess);
  }

  /** log E|A|^a / a: below zero up to the exponent, above beyond it. */
  private static double logMoment(double a, double step, double kappa) {
    double spread = Math.sqrt(kappa * step);
    double moment =
        new IterativeLegendreGaussIntegrator(POINTS, 1e-12, 1e-14)
            .integrate(
                EVALUATIONS,
                x ->
                    Math.pow(Math.abs(1 - step + spread * x), a)
                        * Math.exp(-0.5 * x * x)
                        / Math.sqrt(2 * Math.PI),
                -REACH,
                REACH);
    return Math.log(moment) / a;
  }
}
