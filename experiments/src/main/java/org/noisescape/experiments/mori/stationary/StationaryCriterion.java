package org.noisescape.experiments.mori.stationary;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.theory.mori.LogLandscape;

/**
 * When a density is L^−φ_d, as far as its exponent and its excess kurtosis tell. Fixed before the
 * run.
 *
 * <p>Exponent: within {@value #TOLERANCE} of φ_d. It is little more than the variance: a Gaussian
 * of SGD's own variance has the same to four digits. Judged apart, and not part of the verdict, are
 * the points where the text's decoupling must fail for Gaussian inputs: B = 1, and where the ½ that
 * it costs the second moment ({@link org.noisescape.theory.mori.GaussianRegression}) is more than
 * the tolerance, φ_d &lt; ½/{@value #TOLERANCE}. There it is said whether the exponent is that of
 * the exact second moment, within {@value #APART}.
 *
 * <p>Shape: at each η, the least-squares factor between the measured excess kurtoses and those of
 * L^−φ_d, which is 1 for L^−φ_d and 0 for a Gaussian; nearer to 1 than to 0 is agreement. It takes
 * the points of which L^−φ_d has eight moments, without which a kurtosis has no error.
 */
final class StationaryCriterion {
  static final double TOLERANCE = 0.06;
  static final double APART = 0.1;

  /** Half of the way to a Gaussian. */
  static final double SHAPE = 0.5;

  private static final double LOST_TO_DECOUPLING = 0.5;
  private static final double EIGHT_MOMENTS = 4.5;

  private StationaryCriterion() {}

  /** Whether decoupling may hold for Gaussian inputs. */
  static boolean mayDecouple(LogLandscape theory) {
    return theory.batch() > 1
        && LOST_TO_DECOUPLING <= TOLERANCE * theory.correctedStationaryExponent();
  }

  /** What the exponent of a point that is judged is held against. */
  static Criterion exponent(StationaryPoint point, StationaryLaw law) {
    return Criterion.share(law.exponent(point.theory()), TOLERANCE);
  }

  /** What the exponent of a point apart is held against. */
  static Criterion apart(StationaryPoint point) {
    return Criterion.share(point.secondMomentExponent(), APART);
  }

  /** The one or the other. */
  static Criterion exponent(StationaryPoint point) {
    return mayDecouple(point.theory()) ? exponent(point, StationaryLaw.POWER) : apart(point);
  }

  /** Whether the kurtosis of a point has an error by L^−φ_d. */
  static boolean hasShape(LogLandscape theory) {
    return theory.correctedStationaryExponent() > EIGHT_MOMENTS;
  }

  /** Σ κ κ_φ/Σ κ_φ² over points, κ_φ of L^−φ_d. */
  static PointEstimate shape(List<StationaryPoint> points) {
    double sum = 0;
    double variance = 0;
    double degrees = Double.POSITIVE_INFINITY;
    boolean converged = !points.isEmpty();
    for (StationaryPoint p : points) {
      double theory = StationaryLaw.POWER.kurtosis(p.theory());
      sum += theory * p.kurtosis().value();
      variance += Math.pow(theory * p.kurtosis().standardError(), 2);
      degrees = Math.min(degrees, p.kurtosis().degreesOfFreedom());
      converged &= p.converged();
    }
    double norm = squares(points);
    return new PointEstimate(sum / norm, Math.sqrt(variance) / norm, degrees).provided(converged);
  }

  /** What that is for a law. */
  static Criterion shape(List<StationaryPoint> points, StationaryLaw law) {
    double sum = 0;
    for (StationaryPoint p : points) {
      sum += StationaryLaw.POWER.kurtosis(p.theory()) * law.kurtosis(p.theory());
    }
    return Criterion.within(sum / squares(points), SHAPE);
  }

  private static double squares(List<StationaryPoint> points) {
    return points.stream()
        .mapToDouble(p -> Math.pow(StationaryLaw.POWER.kurtosis(p.theory()), 2))
        .sum();
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "%s at every eta and B, phi_d = 1 + (B/(eta h))(1 - eta h/2), SE on the effective samples."
            + " %s at every eta, factor = sum(k k_phi)/sum(k_phi^2) over B with phi_d > %s, k the"
            + " excess kurtosis of theta, SE by the jackknife over replicas, k_phi = 6/(2 phi_d - 5)."
            + " Inconclusive if burn-in or autocorrelation are not known. Apart, and not in the"
            + " verdict: the exponent at B = 1 and phi_d < %.2f, where decoupling is known to fail for"
            + " Gaussian inputs (E x^4 = 3 costs 1/2 of phi); there %s of the exact second moment. %s",
        Criterion.share(1, TOLERANCE).text("phi", "phi_d"),
        Criterion.within(1, SHAPE).text("factor"),
        EIGHT_MOMENTS,
        LOST_TO_DECOUPLING / TOLERANCE,
        Criterion.share(1, APART).text("phi", "(phi_d - 1/2)"),
        Criterion.terms());
  }
}
