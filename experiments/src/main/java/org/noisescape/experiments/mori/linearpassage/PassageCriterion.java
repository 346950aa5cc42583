package org.noisescape.experiments.mori.linearpassage;

import java.util.Locale;
import org.noisescape.experiments.fit.Verdict;

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

  static Verdict judge(PassageEnsemble ensemble) {
    double theory = ensemble.theorySlope();
    double error = ensemble.standardError();
    if (!(theory > 0)
        || ensemble.window().length < LEAST_POINTS
        || ensemble.decades() < LEAST_DECADES
        || !(error <= TOLERANCE * theory)) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = TOLERANCE * theory + STANDARD_ERRORS * error;
    return Math.abs(ensemble.slope() - theory) <= allowed ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "for every d: |slope - theory| <= %s theory + %.0f SE, theory = B/(eta h) + 1 - d/2, slope of"
            + " log t_p against log c over the thresholds with t_p >= %.0f/h and at most half of the"
            + " passages censored on every data set, SE the larger of the bootstrap over replicas"
            + " and the spread between data sets; inconclusive if these are fewer than %d or span less than %s"
            + " decades, if the error is above the tolerance, or if theory <= 0. Overall: disagrees"
            + " if any does, agrees if all do.",
        TOLERANCE,
        STANDARD_ERRORS,
        PassageEnsemble.RELAXATIONS,
        LEAST_POINTS,
        LEAST_DECADES);
  }
}
