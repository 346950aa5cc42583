package org.noisescape.experiments.liu.kramers;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;

/**
 * When escape rates are those of Liu et al. (2021), section 6.3.
 *
 * <p>The text's claims: γ/|k_b| grows with the scale r, which Eq. 51 does not say; Eq. 52 follows
 * it up to one constant, which is read as: within a factor {@value #FACTOR} at every r.
 */
final class KramersCriterion {
  static final double FACTOR = 2;
  static final int LEAST_PASSAGES = 50;
  static final double LIMIT = 0.1;

  /** Continuous time neglects terms of the order of λk_a, which must stay below the tolerance. */
  static final double LIMIT_RATE = LIMIT / 2;

  private static final Criterion GROWS = Criterion.atLeast(1);
  private static final Criterion FOLLOWS = Criterion.factor(1, FACTOR);
  private static final Criterion CONTINUOUS = Criterion.share(1, LIMIT);

  private KramersCriterion() {}

  /** γ/|k_b| at the largest scale over that at the smallest. */
  static PointEstimate growth(List<EscapePoint> points) {
    PointEstimate first = points.getFirst().estimate();
    PointEstimate last = points.getLast().estimate();
    double ratio = last.value() / first.value();
    return last.times(1 / first.value())
        .plusError(ratio * first.standardError() / first.value(), first.degreesOfFreedom())
        .provided(enough(points));
  }

  /** Whether it grows at all. */
  static Criterion grows() {
    return GROWS;
  }

  /** Whether all rates follow a law up to one constant. */
  static Judgement follows(List<EscapePoint> points, ToDoubleFunction<EscapePoint> law) {
    return Judgement.all(points.stream().map(p -> FOLLOWS.judge(over(p, points, law))).toList());
  }

  /** The scale furthest from a law times its constant. */
  static EscapePoint furthest(List<EscapePoint> points, ToDoubleFunction<EscapePoint> law) {
    return points.stream()
        .filter(EscapePoint::escaped)
        .max(Comparator.comparingDouble(p -> Math.abs(Math.log(over(p, points, law).value()))))
        .orElse(points.getFirst());
  }

  /**
   * A rate over a law times the constant that is fitted to all n of them, the geometric mean of
   * their ratios. So the error of ln is (1 − 2/n)σ² + Σ σ_j²/n², squared.
   */
  static PointEstimate over(
      EscapePoint point, List<EscapePoint> points, ToDoubleFunction<EscapePoint> law) {
    double n = points.size();
    double others = points.stream().mapToDouble(p -> Math.pow(p.relativeError(), 2)).sum();
    double own = Math.pow(point.relativeError(), 2);
    double value = point.reduced() / (constant(points, law) * law.applyAsDouble(point));
    double error = value * Math.sqrt((1 - 2 / n) * own + others / (n * n));
    return PointEstimate.ofDraws(value, error, point.measured().events()).provided(enough(points));
  }

  /** Rate at the smallest scale over a rate that is given without a constant. */
  static PointEstimate limit(EscapePoint point, double rate) {
    return point
        .estimate()
        .times(1 / rate)
        .provided(
            point.measured().events() >= LEAST_PASSAGES
                && point.scaledRate() <= LIMIT_RATE * (1 + 1e-9));
  }

  /** Whether that rate is met. */
  static Criterion met() {
    return CONTINUOUS;
  }

  /** The empirical constant: geometric mean of rate over law. */
  static double constant(List<EscapePoint> points, ToDoubleFunction<EscapePoint> law) {
    return Math.exp(
        points.stream()
            .filter(EscapePoint::escaped)
            .mapToDouble(p -> Math.log(p.reduced() / law.applyAsDouble(p)))
            .average()
            .orElse(Double.NaN));
  }

  private static boolean enough(List<EscapePoint> points) {
    return points.stream().allMatch(p -> p.measured().events() >= LEAST_PASSAGES);
  }

  static String text() {
    return "noise of two temperatures; SE of n escapes. gamma/|k_b| at the largest scale over that at the"
        + " smallest: %s. At every scale, c one fitted constant whose error is counted: %s. At the"
            .formatted(GROWS.text("ratio"), FOLLOWS.text("gamma", "(c Eq. 52)"))
        + " smallest scale, lambda k_a <= %s: %s, exact continuous time by quadrature. Inconclusive with"
            .formatted(LIMIT_RATE, CONTINUOUS.text("gamma", "continuous"))
        + " fewer than %d escapes at a scale. Rivals: Eq. 51 times its own constant, which is that the"
            .formatted(LEAST_PASSAGES)
        + " scale has no effect; Eq. 51 without one at the smallest scale. "
        + Criterion.terms();
  }
}
