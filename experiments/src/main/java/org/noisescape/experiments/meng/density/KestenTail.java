package org.noisescape.experiments.meng.density;

import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * Tail of the iteration w ← A w + B: P(|w| > x) ~ x^(−a) with E|A|^a = 1.
 *
 * <p>Source: Kesten (1973), Theorem 5. For w ← (1 − ηh) w + η√(σ + ρw²) ξ, A = 1 − ηh + η√ρ ξ; as η
 * → 0 with κ = ηρ/h fixed, a → 1 + 2/κ, the tail of Itô's density.
 */
final class KestenTail {
  private static final double REACH = 12;
  private static final int PANELS = 30;

  private static final GaussIntegratorFactory GAUSS = new GaussIntegratorFactory();
  private static final int POINTS = 20;

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
    // A = spread (ξ − kink); ξ = kink ± u² makes |A|^a smooth
    double kink = -(1 - step) / spread;
    double moment = side(a, spread, kink, 1) + side(a, spread, kink, -1);
    return Math.log(moment) / a;
  }

  /** ∫ (spread u²)^a φ(kink + sign u²) 2u du over |kink + sign u²| ≤ REACH. */
  private static double side(double a, double spread, double kink, int sign) {
    double from = Math.sqrt(Math.max(0, -REACH - sign * kink));
    double to = Math.sqrt(Math.max(0, REACH - sign * kink));
    if (!(from < to)) {
      return 0;
    }
    double sum = 0;
    for (int panel = 0; panel < PANELS; panel++) {
      double left = from + (to - from) * panel / PANELS;
      double right = from + (to - from) * (panel + 1) / PANELS;
      sum +=
          GAUSS
              .legendre(POINTS, left, right)
              .integrate(
                  u -> {
                    double x = kink + sign * u * u;
                    return Math.pow(spread * u * u, a)
                        * Math.exp(-0.5 * x * x)
                        / Math.sqrt(2 * Math.PI)
                        * 2
                        * u;
                  });
    }
    return sum;
  }
}
