package org.noisescape.experiments.liu.kramers;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Verdict;

/**
 * When escape rates are those of Liu et al. (2021), section 6.3.
 *
 * <p>The text's claims: γ/|k_b| grows with the scale r, which Eq. 51 does not say; Eq. 52 follows
 * it up to one constant. Followed means: within a factor {@value #FACTOR}, + {@value
 * #STANDARD_ERRORS} SE, at every r. Fixed before the run.
 */
final class KramersCriterion {
  static final double FACTOR = 2;
  static final double STANDARD_ERRORS = 3;
  static final double GROWTH = 5;
  static final int LEAST_PASSAGES = 50;
  static final double LIMIT = 0.1;
  static final double LIMIT_RATE = 0.1;

  private KramersCriterion() {}

  /** Whether the reduced rate grows from the smallest to the largest scale. */
  static Verdict grows(List<EscapePoint> points) {
    if (tooFew(points)) {
      return Verdict.INCONCLUSIVE;
    }
    EscapePoint first = points.getFirst();
    EscapePoint last = points.getLast();
    double difference = last.reduced() - first.reduced();
    double error = Math.hypot(first.reducedError(), last.reducedError());
    return difference > GROWTH * error ? Verdict.AGREES : Verdict.DISAGREES;
  }

  /** Whether a theory follows the rates up to one constant. */
  static Verdict follows(List<EscapePoint> points, ToDoubleFunction<EscapePoint> theory) {
    if (tooFew(points)) {
      return Verdict.INCONCLUSIVE;
    }
    double constant = constant(points, theory);
    for (EscapePoint p : points) {
      double allowed = Math.log(FACTOR) + STANDARD_ERRORS * relativeError(p);
      if (!(Math.abs(logRatio(p, theory) - Math.log(constant)) <= allowed)) {
        return Verdict.DISAGREES;
      }
    }
    return Verdict.AGREES;
  }

  /** Whether the rate is that of exact continuous time where λk_a is small. */
  static Verdict limit(EscapePoint point, double exact) {
    if (point.measured().events() < LEAST_PASSAGES
        || point.scaledRate() > LIMIT_RATE * (1 + 1e-9)
        || !(STANDARD_ERRORS * relativeError(point) <= 2 * LIMIT)) {
      return Verdict.INCONCLUSIVE;
    }
    double ratio = point.reduced() / exact;
    double error = point.reducedError() / exact;
    return Math.abs(ratio - 1) <= LIMIT + STANDARD_ERRORS * error
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  /** Whether Eq. 52 is nearer than Eq. 51, each with its own constant. */
  static Verdict nearer(List<EscapePoint> points) {
    if (tooFew(points)) {
      return Verdict.INCONCLUSIVE;
    }
    return spread(points, EscapePoint::discrete) < spread(points, EscapePoint::continuous)
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  /** The empirical constant: geometric mean of rate over theory. */
  static double constant(List<EscapePoint> points, ToDoubleFunction<EscapePoint> theory) {
    return Math.exp(
        points.stream()
            .filter(p -> p.measured().events() > 0)
            .mapToDouble(p -> logRatio(p, theory))
            .average()
            .orElse(Double.NaN));
  }

  /** Root mean square of log(rate/(constant · theory)). */
  static double spread(List<EscapePoint> points, ToDoubleFunction<EscapePoint> theory) {
    double constant = Math.log(constant(points, theory));
    return Math.sqrt(
        points.stream()
            .filter(p -> p.measured().events() > 0)
            .mapToDouble(p -> Math.pow(logRatio(p, theory) - constant, 2))
            .average()
            .orElse(Double.NaN));
  }

  /** Largest factor between a rate and constant · theory. */
  static double worst(List<EscapePoint> points, ToDoubleFunction<EscapePoint> theory) {
    double constant = Math.log(constant(points, theory));
    return Math.exp(
        points.stream()
            .filter(p -> p.measured().events() > 0)
            .mapToDouble(p -> Math.abs(logRatio(p, theory) - constant))
            .max()
            .orElse(Double.NaN));
  }

  private static double logRatio(EscapePoint point, ToDoubleFunction<EscapePoint> theory) {
    return Math.log(point.reduced() / theory.applyAsDouble(point));
  }

  private static double relativeError(EscapePoint point) {
    return point.measured().standardError() / point.measured().rate();
  }

  private static boolean tooFew(List<EscapePoint> points) {
    return points.stream().anyMatch(p -> p.measured().events() < LEAST_PASSAGES);
  }

  static String text() {
    return String.format(
        Locale.ROOT,
        "noise of two temperatures: gamma/|k_b| at the largest scale exceeds that at the smallest by"
            + " more than %.0f SE; it is within a factor %.0f + %.0f SE of Eq. 52 times one fitted"
            + " constant at every scale; and Eq. 52 is nearer than Eq. 51, each with its own constant"
            + " (root mean square of logarithms); the smallest scale, lambda k_a <= %s, is within %s + %.0f"
            + " SE of exact continuous time. Inconclusive with fewer than %d escapes at a scale."
            + " Overall: disagrees if any does, agrees if all do.",
        GROWTH,
        FACTOR,
        STANDARD_ERRORS,
        LIMIT_RATE,
        LIMIT,
        STANDARD_ERRORS,
        LEAST_PASSAGES);
  }
}
