package org.noisescape.experiments.fit;

import java.util.Locale;
import org.noisescape.report.NumberText;

/**
 * When a slope agrees with theory: |slope − theory| ≤ tolerance + 2 SE, provided there are enough
 * points over enough decades and the SE is at most the tolerance.
 *
 * @param theory the slope of the theory
 * @param tolerance systematic deviation that is still agreement
 * @param leastPoints fewest points of a run in the window
 * @param leastDecades narrowest window of a run, in decades of x
 */
public record Criterion(double theory, double tolerance, int leastPoints, double leastDecades) {
  /** Standard errors allowed beside the tolerance. */
  public static final double STANDARD_ERRORS = 2;

  /** Checks the numbers. */
  public Criterion {
    if (!(tolerance > 0) || leastPoints < 1 || !(leastDecades >= 0)) {
      throw new IllegalArgumentException(
          "a criterion needs a tolerance > 0, at least 1 point and >= 0 decades");
    }
  }

  /** Judges an estimate; one without runs is inconclusive. */
  public Verdict judge(SlopeEstimate estimate) {
    if (estimate.runs() == 0
        || !Double.isFinite(estimate.slope())
        || !(estimate.standardError() <= tolerance)) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = tolerance + STANDARD_ERRORS * estimate.standardError();
    return Math.abs(estimate.slope() - theory) <= allowed ? Verdict.AGREES : Verdict.DISAGREES;
  }

  /** Whether a run has enough points over enough decades to be fitted. */
  public boolean suffices(int points, double decades) {
    return points >= leastPoints && decades >= leastDecades;
  }

  /** The rule in words. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "|slope - %s| <= %s + 2 SE; inconclusive if SE > %s or no run has %d points over %s decades",
        NumberText.exact(theory),
        NumberText.exact(tolerance),
        NumberText.exact(tolerance),
        leastPoints,
        NumberText.exact(leastDecades));
  }
}
