package org.noisescape.experiments.mori.linearpassage;

import java.util.Locale;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;

/**
 * When a measured slope of log t_p against log c is that of a law: within {@value #TOLERANCE} of
 * it, over at least {@value #LEAST_POINTS} thresholds. Fixed before the run.
 */
final class PassageCriterion {
  static final double TOLERANCE = 0.1;
  static final int LEAST_POINTS = 3;

  private PassageCriterion() {}

  static Criterion of(PassageEnsemble ensemble, PassageLaw law) {
    return Criterion.share(ensemble.law(law), TOLERANCE);
  }

  /** One data set does not know how much the next one differs. */
  static PointEstimate estimate(PassageEnsemble ensemble) {
    return new PointEstimate(
            ensemble.slope(), ensemble.standardError(), ensemble.curves().size() - 1.0)
        .provided(ensemble.window().length >= LEAST_POINTS && ensemble.law(PassageLaw.POWER) > 0);
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "for every d: %s, slope of log t_p against log c over the thresholds with t_p >= %.0f/h and"
            + " at most half of the passages censored on every data set, SE the larger of the"
            + " bootstrap over replicas and the spread between data sets, on their number less one"
            + " degrees of freedom; inconclusive if these are fewer than %d or the theory is <= 0. %s",
        Criterion.share(1, TOLERANCE).text("slope", "(B/(eta h) + 1 - d/2)"),
        PassageEnsemble.RELAXATIONS,
        LEAST_POINTS,
        Criterion.terms());
  }
}
