package org.noisescape.experiments.mori.stationary;

import java.util.Locale;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.theory.mori.LogLandscape;

/**
 * When a measured exponent is that of the theory with finite steps: |φ − φ_d| ≤ {@value #TOLERANCE}
 * φ_d + {@value #STANDARD_ERRORS} SE.
 *
 * <p>Judged apart, and not part of the verdict, are the points where the text's decoupling must
 * fail for Gaussian inputs: B = 1, and where the ½ that it costs ({@link
 * org.noisescape.theory.mori.GaussianRegression}) is more than the tolerance, φ_d < ½/{@value
 * #TOLERANCE}. There it is said whether the exponent is that of the exact second moment, within
 * {@value #APART}. Fixed before the run.
 */
final class StationaryCriterion {
  static final double TOLERANCE = 0.06;
  static final double APART = 0.1;
  static final double STANDARD_ERRORS = 2;

  private static final double LOST_TO_DECOUPLING = 0.5;

  private StationaryCriterion() {}

  /** Whether decoupling may hold for Gaussian inputs. */
  static boolean mayDecouple(LogLandscape theory) {
    return theory.batch() > 1
        && LOST_TO_DECOUPLING <= TOLERANCE * theory.correctedStationaryExponent();
  }

  /** What a point is held against. */
  static double theory(StationaryPoint point) {
    return mayDecouple(point.theory())
        ? point.theory().correctedStationaryExponent()
        : point.secondMomentExponent();
  }

  static Verdict judge(StationaryPoint point) {
    boolean main = mayDecouple(point.theory());
    double theory = theory(point);
    double tolerance = main ? TOLERANCE : APART;
    double error = point.standardError();
    if (!point.converged() || Double.isNaN(theory) || !(error <= tolerance * theory)) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = tolerance * theory + STANDARD_ERRORS * error;
    return Math.abs(point.exponent() - theory) <= allowed ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "|phi - phi_d| <= %s phi_d + %.0f SE at every eta and B, phi_d = 1 + (B/(eta h))(1 - eta h/2);"
            + " inconclusive if the error is above the tolerance, or burn-in or autocorrelation are"
            + " not known. Apart, and not in the verdict: B = 1 and phi_d < %.2f, where decoupling is"
            + " known to fail for Gaussian inputs (E x^4 = 3 costs 1/2 of phi); there phi is held"
            + " against phi_d - 1/2 of the exact second moment, within %s. Overall: disagrees if"
            + " any judged point does, agrees if all do.",
        TOLERANCE,
        STANDARD_ERRORS,
        LOST_TO_DECOUPLING / TOLERANCE,
        APART);
  }
}
