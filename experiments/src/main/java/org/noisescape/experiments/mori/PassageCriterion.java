package org.noisescape.experiments.mori;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.Verdict;

/**
 * When a measured slope of log t_p against log c is that of Eq. 16: |slope − theory| ≤ {@value
 * #TOLERANCE} theory + {@value #STANDARD_ERRORS} SE, over at least {@value #LEAST_POINTS}
 * thresholds and {@value #LEAST_DECADES} decades of c. Fixed before the run.
 */
final class PassageCriterion {
  static final double TOLERANCE = 0.1;
  static final double STANDARD_ERRORS = 2;
  static final int LEAST_POINTS = 3;
  static final double LEAST_DECADES = 0.1;

  private PassageCriterion() {}

  static Verdict judge(PassageCurve curve) {
    double theory = curve.theorySlope();
    double error = curve.standardError();
    if (!(theory > 0)
        || curve.window().size() < LEAST_POINTS
        || curve.decades() < LEAST_DECADES
        || !(error <= TOLERANCE * theory)) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = TOLERANCE * theory + STANDARD_ERRORS * error;
    return Math.abs(curve.slope() - theory) <= allowed ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static String text(List<PassageCurve> curves) {
    int censored =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToInt(p -> p.mean().censored())
            .sum();
    return String.format(
        Locale.ROOT,
        "for every d: |slope - theory| <= %s theory + %.0f SE, theory = B/(eta h) + 1 - d/2, slope of"
            + " log t_p against log c over the thresholds with t_p >= %.0f/h, at most half of the"
            + " passages censored; inconclusive if these are fewer than %d or span less than %s"
            + " decades, if the error is above the tolerance, or if theory <= 0. Overall: disagrees"
            + " if any does, agrees if all do.%s",
        TOLERANCE,
        STANDARD_ERRORS,
        PassageCurve.RELAXATIONS,
        LEAST_POINTS,
        LEAST_DECADES,
        censored == 0
            ? ""
            : " %d passages did not happen within the step limit: they count as censored there."
                .formatted(censored));
  }
}
