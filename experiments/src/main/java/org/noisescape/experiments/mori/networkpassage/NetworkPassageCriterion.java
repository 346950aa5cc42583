package org.noisescape.experiments.mori.networkpassage;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Verdict;

/**
 * When first passages of a network follow Eq. 16. Fixed before the run.
 *
 * <p>Straight lines: r² ≥ {@value #STRAIGHT} over at least {@value #LEAST_POINTS} thresholds.
 * Slopes: |slope − (B/(ηh*) + 1 − n/2)| ≤ {@value #TOLERANCE} of it + {@value #STANDARD_ERRORS} SE,
 * with h* measured and one n fitted to all learning rates. n: that n is between {@value
 * #LEAST_SHARE} and {@value #LARGEST_SHARE} times that of Eq. 44, errors of {@value
 * #STANDARD_ERRORS} SE granted; the text has 9/12.7 = 0.71.
 */
final class NetworkPassageCriterion {
  static final double STRAIGHT = 0.97;
  static final int LEAST_POINTS = 3;
  static final double TOLERANCE = 0.15;
  static final double STANDARD_ERRORS = 2;
  static final double LEAST_SHARE = 0.5;
  static final double LARGEST_SHARE = 1.5;

  private NetworkPassageCriterion() {}

  private static boolean enough(NetworkPassageCurve curve) {
    return curve.slope().window().size() >= LEAST_POINTS
        && Double.isFinite(curve.slope().standardError());
  }

  static Verdict straight(NetworkPassageCurve curve) {
    if (!enough(curve)) {
      return Verdict.INCONCLUSIVE;
    }
    return of(curve.slope().correlation() >= STRAIGHT);
  }

  static Verdict slope(NetworkPassageCurve curve, NetworkPassageFit fit) {
    double theory = slopeOf(curve, fit);
    double error = curve.slope().standardError();
    if (!enough(curve) || !(error <= TOLERANCE * curve.slope().slope())) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = TOLERANCE * Math.abs(theory) + STANDARD_ERRORS * error;
    return of(Math.abs(curve.slope().slope() - theory) <= allowed);
  }

  /** B/(ηh*) + 1 − n/2 with the fitted n, which may be anything. */
  static double slopeOf(NetworkPassageCurve curve, NetworkPassageFit fit) {
    return curve.theory().inverseTemperature() + 1 - fit.dimension() / 2;
  }

  static Verdict dimension(NetworkPassageFit fit, double measured, List<NetworkPassageCurve> all) {
    long usable = all.stream().filter(NetworkPassageCriterion::enough).count();
    double error = STANDARD_ERRORS * fit.dimensionError();
    if (usable < 2 || !(error <= measured / 2)) {
      return Verdict.INCONCLUSIVE;
    }
    return of(
        fit.dimension() + error >= LEAST_SHARE * measured
            && fit.dimension() - error <= LARGEST_SHARE * measured);
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "for every learning rate, over the thresholds with t_p >= %.0f looks and %.0f/h*, at most half"
            + " of the passages censored: log t_p against log c straight, r^2 >= %s over >= %d"
            + " thresholds; |slope - theory| <= %s theory + %.0f SE, theory = B/(eta h*) + 1 - n/2 with"
            + " h* the measured largest eigenvalue of G and one n fitted to all; inconclusive with"
            + " fewer thresholds or an error above that share of the slope. Fitted n within %s to %s"
            + " of Eq. 44, up to %.0f SE. Overall: disagrees if any does, agrees if all do.",
        NetworkPassageCurve.LOOKS,
        NetworkPassageCurve.LOOKS,
        STRAIGHT,
        LEAST_POINTS,
        TOLERANCE,
        STANDARD_ERRORS,
        LEAST_SHARE,
        LARGEST_SHARE,
        STANDARD_ERRORS);
  }

  private static Verdict of(boolean good) {
    return good ? Verdict.AGREES : Verdict.DISAGREES;
  }
}
