package org.noisescape.experiments.wei.tracedeterminant;

import org.noisescape.experiments.fit.Verdict;

/**
 * When a quantity of the spectrum falls as the theorems have it. Fixed before any run.
 *
 * <p>Tolerance of the rate: the theorems are of leading order in η (6 % at the presets' rate) and
 * hold at the start, the rate is measured over a window of first steps.
 */
final class FallCriterion {
  static final double TOLERANCE = 0.15;
  private static final double SIGNIFICANT = 5;
  private static final double STANDARD_ERRORS = 2;

  private FallCriterion() {}

  static Verdict falls(double change, double error) {
    if (!(error >= 0) || Double.isNaN(change)) {
      return Verdict.INCONCLUSIVE;
    }
    if (Math.abs(change) < SIGNIFICANT * error) {
      return Verdict.INCONCLUSIVE;
    }
    return change < 0 ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static Verdict rate(double rate, double error, double theory) {
    double relative = error / Math.abs(theory);
    if (!(relative <= TOLERANCE) || Double.isNaN(rate)) {
      return Verdict.INCONCLUSIVE;
    }
    return Math.abs(rate / theory - 1) <= TOLERANCE + STANDARD_ERRORS * relative
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  static String text() {
    return "SGD noise: trace, isotropic noise: log determinant, each falls by more than 5 SE, and"
        + " over the window of first steps at |rate/theorem - 1| <= "
        + TOLERANCE
        + " + 2 SE; inconclusive where a change is below 5 SE or the SE of a rate exceeds "
        + TOLERANCE;
  }
}
