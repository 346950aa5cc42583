package org.noisescape.experiments.liu.stationary;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Measurements;

/**
 * When stationary means agree with a theory: every point within {@value #TOLERANCE}, which leaves
 * room for what remains of the start.
 */
public final class GridCriterion {
  static final double TOLERANCE = 0.02;

  private GridCriterion() {}

  /** Holds a mean or a ratio of means against what a theory says of it. */
  public static Criterion share(double theory) {
    return Criterion.share(theory, TOLERANCE);
  }

  /** All points that have an exact theory, held against a theory. */
  static Judgement all(List<GridPoint> points, GridTheory theory) {
    return Judgement.all(
        points.stream().filter(GridPoint::predicted).map(p -> judge(p, theory)).toList());
  }

  /** Points held against a law of their own, the furthest of them told. */
  public static Measurements law(
      String name, List<GridPoint> points, ToDoubleFunction<GridPoint> theory) {
    ToDoubleFunction<GridPoint> off = p -> Math.abs(p.value() / theory.applyAsDouble(p) - 1);
    GridPoint worst = Collections.max(points, Comparator.comparingDouble(off));
    return new Measurements()
        .judged(
            name,
            worst.estimate().times(1 / theory.applyAsDouble(worst)),
            1,
            Judgement.all(
                points.stream()
                    .map(p -> share(theory.applyAsDouble(p)).judge(p.estimate()))
                    .toList()));
  }

  /** One point; a mean that is not finite contradicts every theory that has one. */
  static Judgement judge(GridPoint point, GridTheory theory) {
    return Double.isFinite(point.value())
        ? share(point.theory(theory)).judge(point.estimate())
        : Judgement.of(Verdict.DISAGREES);
  }

  /**
   * The rule in words.
   *
   * @param earlier the theory before the text
   */
  public static String text(String earlier) {
    return "every point: %s; SE of the means of independent replicas. Rivals, by the same rule at every"
            .formatted(share(1).text("value", "discrete theory"))
        + " point: %s, and the text's formula where it is another. ".formatted(earlier);
  }
}
