package org.noisescape.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.noisescape.benchmarks.records.ScalingCurve;
import org.noisescape.benchmarks.records.ScalingCurve.Point;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.FigureFiles;

/** Curves of cost against size on logarithmic axes, each relative to its smallest size. */
final class ScalingFigures {
  private ScalingFigures() {}

  /** What is counted in passes over the data, or of vectors. */
  private static final Set<String> PASSES = Set.of("N", "steps");

  /** Draws the time of passes, the time of training steps and memory into FOLDER/figures. */
  static void write(Path folder, List<ScalingCurve> curves) throws IOException {
    List<Figure> figures = new ArrayList<>();
    String time = "time over that of the smallest";
    add(figures, "scaling-passes", "Time of passes", time, curves, ScalingFigures::isPass);
    add(
        figures,
        "scaling-steps",
        "Time of steps",
        time,
        curves,
        curve -> isTime(curve) && !isPass(curve));
    add(
        figures,
        "scaling-memory",
        "Memory",
        "memory over that of the smallest",
        curves,
        curve -> !isTime(curve));
    FigureFiles.write(folder, figures);
  }

  private static boolean isTime(ScalingCurve curve) {
    return curve.unit().equals("ms");
  }

  private static boolean isPass(ScalingCurve curve) {
    return isTime(curve) && PASSES.contains(curve.size());
  }

  private static void add(
      List<Figure> figures,
      String name,
      String title,
      String cost,
      List<ScalingCurve> curves,
      Predicate<ScalingCurve> which) {
    List<ScalingCurve> shown = curves.stream().filter(which).toList();
    if (!shown.isEmpty()) {
      figures.add(figure(name, title + " against size", cost, shown));
    }
  }

  private static Figure figure(String name, String title, String cost, List<ScalingCurve> curves) {
    FigureBuilder figure = Figure.titled(name, title).logX("size over the smallest").logY(cost);
    double largest = 1;
    for (int i = 0; i < curves.size(); i++) {
      ScalingCurve curve = curves.get(i);
      Point first = curve.points().getFirst();
      double[] x = curve.points().stream().mapToDouble(p -> p.size() / first.size()).toArray();
      double[] y =
          curve.points().stream()
              .mapToDouble(p -> p.cost().median() / first.cost().median())
              .toArray();
      largest = Math.max(largest, x[x.length - 1]);
      String entry =
          "%s: %s, a = %.2f ± %.2f"
              .formatted(curve.size(), curve.name(), curve.exponent(), curve.error());
      figure.line("", i, x, y).points(entry, i, x, y);
    }
    double[] ends = {1, largest};
    return figure
        .dashed("proportional", Figure.INK, ends, ends)
        .captioned(
            "Medians; a is the exponent fitted to them on logarithms, with its standard error.");
  }
}
