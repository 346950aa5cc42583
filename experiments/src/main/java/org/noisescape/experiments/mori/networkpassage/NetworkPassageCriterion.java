package org.noisescape.experiments.mori.networkpassage;

import java.util.Locale;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;

/**
 * When first passages of a network follow a law. Fixed before the run.
 *
 * <p>Slopes: within {@value #TOLERANCE} of the law's, with h* measured and one n fitted to all
 * learning rates, over at least {@value #LEAST_POINTS} thresholds. n: within half of that of Eq.
 * 44; the text has 9/12.7 = 0.71.
 */
final class NetworkPassageCriterion {
  static final int LEAST_POINTS = 3;
  static final double TOLERANCE = 0.15;
  static final double SHARE = 0.5;

  private NetworkPassageCriterion() {}

  /** Of a slope, whose error is that of a bootstrap over the replicas. */
  static PointEstimate slope(NetworkPassageCurve curve) {
    return PointEstimate.ofDraws(
            curve.slope().slope(), curve.slope().standardError(), curve.replicas())
        .provided(curve.slope().window().size() >= LEAST_POINTS);
  }

  static Criterion slope(double theory) {
    return Criterion.share(theory, TOLERANCE);
  }

  /** Of the fitted n, on one degree of freedom less than learning rates. */
  static PointEstimate dimension(NetworkPassageFit fit) {
    return new PointEstimate(fit.dimension(), fit.dimensionError(), fit.rates() - 1.0);
  }

  /**
   * @param spectrum n of Eq. 44
   */
  static Criterion dimension(double spectrum) {
    return Criterion.within(spectrum, SHARE * spectrum);
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "for every learning rate, over the thresholds with t_p >= %.0f looks and %.0f/h*, at most half"
            + " of the passages censored, inconclusive with fewer than %d: %s, theory = B/(eta h*) + 1 -"
            + " n/2 with h* the measured largest eigenvalue of G and one n fitted to all, SE by the"
            + " bootstrap over replicas. Fitted n: |n/n_44 - 1| + t SE <= %s, n_44 that of Eq. 44, SE"
            + " over learning rates. %s",
        NetworkPassageCurve.LOOKS,
        NetworkPassageCurve.LOOKS,
        LEAST_POINTS,
        Criterion.share(1, TOLERANCE).text("slope", "theory"),
        SHARE,
        Criterion.terms());
  }
}
