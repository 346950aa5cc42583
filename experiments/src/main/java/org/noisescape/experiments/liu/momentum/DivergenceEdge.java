package org.noisescape.experiments.liu.momentum;

import org.noisescape.experiments.fit.Criterion;

/**
 * The momentum below which heavy ball diverges, found by running it without noise.
 *
 * <p>The mean of w obeys the rule without noise; it grows or shrinks by a constant factor in the
 * long run, which is watched over the second half of {@value #STEPS} steps.
 */
final class DivergenceEdge {
  static final double RESOLUTION = 1e-3;
  private static final int STEPS = 4000;

  private DivergenceEdge() {}

  /** By bisection in [0, 1) at λk; 0 where none diverges. */
  static double of(double scaledRate) {
    double low = 0;
    double high = 1 - RESOLUTION;
    if (!grows(scaledRate, low)) {
      return 0;
    }
    while (high - low > 0.1 * RESOLUTION) {
      double middle = 0.5 * (low + high);
      if (grows(scaledRate, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  private static boolean grows(double scaledRate, double mu) {
    double w = 1;
    double m = 0;
    double half = Double.NaN;
    for (int step = 0; step < STEPS; step++) {
      if (step == STEPS / 2) {
        half = Math.hypot(w, m);
      }
      m = mu * m + scaledRate * w;
      w -= m;
      if (!Double.isFinite(w)) {
        return true;
      }
    }
    return Math.hypot(w, m) > half;
  }

  /** Holds an edge against that of a theory, to the resolution of the bisection. */
  static Criterion criterion(double edge) {
    return Criterion.within(edge, RESOLUTION);
  }
}
