package org.noisescape.experiments.wei.tracedeterminant;

import org.noisescape.experiments.fit.Criterion;

/**
 * When a quantity of the spectrum falls as the theorems have it.
 *
 * <p>Tolerance of the rate: the theorems are of leading order in η (6 % at the presets' rate) and
 * hold at the start, the rate is measured over a window of first steps.
 */
final class FallCriterion {
  private static final double TOLERANCE = 0.15;

  /** Of the change over all steps. */
  static final Criterion FALLS = Criterion.atMost(0);

  private FallCriterion() {}

  /**
   * Of the change a step at the beginning.
   *
   * @param theorem what it should be
   */
  static Criterion rate(double theorem) {
    return Criterion.within(theorem, TOLERANCE * Math.abs(theorem));
  }

  static String text() {
    return "SGD noise: trace, isotropic noise: log determinant, noise of squares: sum of squared"
        + " eigenvalues; each: "
        + FALLS.text("change over all steps")
        + ", and over the window of first steps |rate - theorem| + t SE <= "
        + TOLERANCE
        + " |theorem|. SE: over replicas. "
        + Criterion.terms();
  }
}
