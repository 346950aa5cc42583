package org.noisescape.experiments.liu.stationary;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;

/** What the points of a grid come to: every panel judged, and the table. */
public final class GridFindings {
  private GridFindings() {}

  /**
   * Judges every panel, for the theory and for each rival that differs from it.
   *
   * @param earlier the theory before the text
   * @param more judged beside the points
   * @param told numbers without a criterion
   */
  public static Findings of(
      String earlier, List<GridPoint> points, List<GridNumber> more, Measurements told) {
    return Findings.of(numbers(GridTheory.EXACT, earlier, points, more).addAll(told))
        .rivals(
            GridTheory.RIVALS.stream().filter(rival -> differs(rival, points, more)).toList(),
            rival -> rival.label(earlier),
            rival -> numbers(rival, earlier, points, more));
  }

  private static boolean differs(GridTheory rival, List<GridPoint> points, List<GridNumber> more) {
    return points.stream().anyMatch(p -> p.predicted() && p.theory(rival) != p.exact())
        || more.stream().anyMatch(n -> n.theory(rival) != n.criterion().theory());
  }

  private static Measurements numbers(
      GridTheory theory, String earlier, List<GridPoint> points, List<GridNumber> more) {
    Measurements all = new Measurements();
    for (String panel : points.stream().map(p -> p.label().panel()).distinct().toList()) {
      judge(panel, theory, theory.label(earlier), GridPoint.of(points, panel), all);
    }
    for (GridNumber number : more) {
      all.judged(
          number.name(), number.measured(), number.criterion().against(number.theory(theory)));
    }
    return all;
  }

  private static void judge(
      String panel, GridTheory theory, String label, List<GridPoint> points, Measurements into) {
    List<GridPoint> judged = points.stream().filter(GridPoint::predicted).toList();
    GridPoint worst =
        Collections.max(judged, Comparator.comparing(p -> Math.abs(p.over(theory).value() - 1)));
    into.judged(
        "%s: value / %s, furthest of %d (%s)".formatted(panel, label, judged.size(), where(worst)),
        worst.over(theory),
        1,
        GridCriterion.all(judged, theory));
  }

  /**
   * {@code tables/NAME.csv}.
   *
   * @param value name of the table and of the column of values
   */
  public static Csv<GridPoint> table(String value, List<GridPoint> points) {
    return Csv.of(value, points)
        .column("learning_rate", p -> p.label().learningRate())
        .column("momentum", p -> p.label().momentum())
        .column("batch", p -> p.label().batch() == 0 ? null : p.label().batch())
        .column("noise", p -> p.label().noise())
        .column(value, GridPoint::value)
        .column("standard_error", GridPoint::standardError)
        .column("theory_discrete", GridPoint::text)
        .column("theory_continuous", GridPoint::continuous)
        .column("theory_exact", GridPoint::exact)
        .column("panel", p -> p.label().panel())
        .column("method", p -> p.label().method())
        .column("quantity", GridPoint::quantity)
        .column("replicas", GridPoint::replicas)
        .column("steps", GridPoint::steps);
  }

  private static String where(GridPoint point) {
    String rate = "learning rate " + Plots.number(point.label().learningRate());
    String momentum =
        point.label().momentum() == 0 ? "" : ", momentum " + Plots.number(point.label().momentum());
    return rate + momentum + ", " + point.quantity();
  }
}
