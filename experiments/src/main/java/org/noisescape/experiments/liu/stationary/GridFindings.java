package org.noisescape.experiments.liu.stationary;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Measurements;

/** What the points of a grid come to: every panel judged, and the table. */
public final class GridFindings {
  private GridFindings() {}

  /**
   * Judges every panel.
   *
   * @param earlier the theory before the text
   */
  public static Measurements numbers(String earlier, List<GridPoint> points) {
    Measurements all = new Measurements();
    for (String panel : points.stream().map(p -> p.label().panel()).distinct().toList()) {
      judge(panel, earlier, GridPoint.of(points, panel), all);
    }
    return all;
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

  private static void judge(
      String panel, String earlier, List<GridPoint> points, Measurements into) {
    List<GridPoint> judged = points.stream().filter(p -> !Double.isNaN(p.exact())).toList();
    GridPoint worst = Collections.max(judged, Comparator.comparing(p -> Math.abs(p.deviation())));
    into.judged(
        "%s: value / discrete theory, furthest of %d (%s)"
            .formatted(panel, judged.size(), where(worst)),
        worst.value() / worst.exact(),
        worst.standardError() / worst.exact(),
        1,
        GridCriterion.exact(judged));
    GridCriterion.continuousOff(judged)
        .ifPresent(
            verdict -> {
              GridPoint p = GridCriterion.furthest(judged, GridPoint::continuous);
              ratio(panel, earlier, p, p.continuous(), verdict, into);
            });
    GridCriterion.textOff(judged)
        .ifPresent(
            verdict -> {
              GridPoint p = GridCriterion.furthest(judged, GridPoint::text);
              ratio(panel, "the text's formula", p, p.text(), verdict, into);
            });
  }

  private static void ratio(
      String panel,
      String name,
      GridPoint point,
      double theory,
      Verdict verdict,
      Measurements into) {
    into.judged(
        "%s: value / %s (%s)".formatted(panel, name, where(point)),
        point.value() / theory,
        point.standardError() / Math.abs(theory),
        point.exact() / theory,
        verdict);
  }

  private static String where(GridPoint point) {
    String rate = "learning rate " + Plots.number(point.label().learningRate());
    String momentum =
        point.label().momentum() == 0 ? "" : ", momentum " + Plots.number(point.label().momentum());
    return rate + momentum + ", " + point.quantity();
  }
}
