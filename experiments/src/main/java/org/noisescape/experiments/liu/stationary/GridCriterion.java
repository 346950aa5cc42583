package org.noisescape.experiments.liu.stationary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Verdict;

/**
 * When stationary means agree with the discrete theory, and when another theory is shown to be off.
 *
 * <p>Exact theory, at every point: |value/theory − 1| ≤ {@value #TOLERANCE} + {@value
 * #STANDARD_ERRORS} SE/theory. A tolerance is left for what remains of the start. Another theory,
 * where it differs from the exact one by a stated share or more: the value is further from it than
 * {@value #APART} SE and further than from the exact one. Fixed before the run.
 */
public final class GridCriterion {
  static final double TOLERANCE = 0.02;
  static final double STANDARD_ERRORS = 3;
  public static final double APART = 5;
  public static final double CONTINUOUS_OFF = 0.25;
  static final double TEXT_OFF = 0.1;

  private GridCriterion() {}

  /** Whether all points for which there is an exact theory lie on it. */
  static Verdict exact(List<GridPoint> points) {
    return Verdict.all(
        points.stream()
            .filter(p -> !Double.isNaN(p.exact()))
            .map(GridCriterion::onTheory)
            .toList());
  }

  /** Whether one point lies on the exact theory. */
  public static Verdict onTheory(GridPoint point) {
    if (!Double.isFinite(point.value())) {
      return Verdict.DISAGREES;
    }
    double error = point.standardError() / Math.abs(point.exact());
    if (!(error <= TOLERANCE)) {
      return Verdict.INCONCLUSIVE;
    }
    return Math.abs(point.deviation()) <= TOLERANCE + STANDARD_ERRORS * error
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  /** Whether the continuous theory is off where it should be; empty where it nowhere should. */
  static Optional<Verdict> continuousOff(List<GridPoint> points) {
    return off(points, GridPoint::continuous, CONTINUOUS_OFF);
  }

  /**
   * Whether the text's formula is off where the exact one says so; empty where it nowhere should.
   */
  static Optional<Verdict> textOff(List<GridPoint> points) {
    return off(points, GridPoint::text, TEXT_OFF);
  }

  /** The point at which a theory differs most from the exact one. */
  static GridPoint furthest(List<GridPoint> points, ToDoubleFunction<GridPoint> theory) {
    GridPoint furthest = points.getFirst();
    for (GridPoint point : points) {
      if (share(point, theory) > share(furthest, theory)) {
        furthest = point;
      }
    }
    return furthest;
  }

  private static Optional<Verdict> off(
      List<GridPoint> points, ToDoubleFunction<GridPoint> theory, double share) {
    List<Verdict> verdicts =
        points.stream()
            .filter(p -> share(p, theory) >= share)
            .map(p -> apart(p, theory.applyAsDouble(p)))
            .toList();
    return verdicts.isEmpty() ? Optional.empty() : Optional.of(Verdict.all(verdicts));
  }

  private static double share(GridPoint point, ToDoubleFunction<GridPoint> theory) {
    return Math.abs(theory.applyAsDouble(point) / point.exact() - 1);
  }

  private static Verdict apart(GridPoint point, double other) {
    double distance = Math.abs(point.value() - other);
    if (!(point.standardError() <= TOLERANCE * Math.abs(point.exact()))) {
      return Verdict.INCONCLUSIVE;
    }
    return distance > APART * point.standardError()
            && distance > Math.abs(point.value() - point.exact())
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  public static String text(String earlier) {
    return String.format(
        Locale.ROOT,
        "every point: |value/discrete theory - 1| <= %s + %.0f SE, SE over replicas, inconclusive if"
            + " SE > %s; where the %s differs from the discrete one by %s or more, and"
            + " where the text's formula differs from the exact one by %s or more: the value is more"
            + " than %.0f SE away from it and nearer to the exact theory. Overall: disagrees if any"
            + " does, agrees if all do.",
        TOLERANCE,
        STANDARD_ERRORS,
        TOLERANCE,
        earlier,
        CONTINUOUS_OFF,
        TEXT_OFF,
        APART);
  }
}
