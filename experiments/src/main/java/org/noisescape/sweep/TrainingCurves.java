package org.noisescape.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.Metrics;

/** Figures of trainings over epochs: means over the replicas in bands of their standard error. */
final class TrainingCurves {
  /** Largest value over smallest from which values above zero are shown by decades. */
  private static final double WIDE = 5;

  private TrainingCurves() {}

  /**
   * The figures of one quantity; none where it was measured once only.
   *
   * @param prefix of their names
   */
  static List<Figure> of(SweepAxes axes, List<SeedAverage> points, String quantity, String prefix) {
    List<SeedAverage> trained =
        points.stream()
            .filter(point -> point.cells().stream().anyMatch(c -> c.training().isPresent()))
            .toList();
    List<Line> lines =
        SweepFigures.chosen(trained, SweepFigures.lines(points.size())).stream()
            .map(point -> new Line(point, means(point, quantity)))
            .filter(line -> line.means().size() > 1)
            .toList();
    String left =
        lines.isEmpty()
            ? ""
            : SweepFigures.left(
                Math.min(trained.size(), SweepFigures.lines(points.size())), trained.size());
    List<Figure> figures = new ArrayList<>();
    int each = each(axes, lines.size());
    for (int from = 0; from < lines.size(); from += each) {
      List<Line> some = lines.subList(from, Math.min(from + each, lines.size()));
      figures.add(figure(axes, some, quantity, prefix + "-epochs-" + (figures.size() + 1), left));
    }
    return figures;
  }

  /** A point of the grid, and its means by epoch. */
  private record Line(SeedAverage point, Map<Double, SeedMean> means) {}

  /** Lines of a figure: whole values of the first setting, as far as the colours reach. */
  private static int each(SweepAxes axes, int lines) {
    if (lines <= SweepFigures.LINES || axes.size() == 0) {
      return SweepFigures.LINES;
    }
    int inner = 1;
    for (int i = 1; i < axes.size(); i++) {
      inner *= axes.values().get(axes.key(i)).size();
    }
    return inner > SweepFigures.LINES ? SweepFigures.LINES : inner * (SweepFigures.LINES / inner);
  }

  private static Figure figure(
      SweepAxes axes, List<Line> some, String quantity, String name, String left) {
    double[] shown =
        some.stream()
            .flatMap(line -> line.means().values().stream())
            .mapToDouble(SeedMean::mean)
            .toArray();
    FigureBuilder figure =
        Figure.titled(name, SweepFigures.readable(quantity) + " over epochs")
            .x("Epoch")
            .y(AxisWords.label(quantity), SweepFigures.scale(quantity, shown, WIDE));
    // bands behind all lines
    for (boolean lines : new boolean[] {false, true}) {
      for (int i = 0; i < some.size(); i++) {
        Map<Double, SeedMean> means = some.get(i).means();
        List<SeedMean> all = List.copyOf(means.values());
        double[] x = Column.of(List.copyOf(means.keySet()), epoch -> epoch);
        double[] y = Column.of(all, SeedMean::mean);
        if (lines) {
          figure.line(axes.besides(some.get(i).point().settings(), List.of()), i, x, y);
        } else if (all.stream().anyMatch(mean -> mean.seeds() > 1)) {
          figure.spread(i, x, y, Column.of(all, m -> m.seeds() > 1 ? m.standardError() : 0));
        }
      }
    }
    return figure.captioned("Means over the replicas, in bands of their standard error." + left);
  }

  /** Means over all replicas of a point by epoch. */
  private static Map<Double, SeedMean> means(SeedAverage point, String quantity) {
    TreeMap<Double, List<Double>> values = new TreeMap<>();
    for (CellResult cell : point.cells()) {
      for (Metrics replica : cell.metrics()) {
        for (Map<String, Double> row : replica.rows()) {
          if (row.containsKey(quantity) && row.containsKey("epoch")) {
            values.computeIfAbsent(row.get("epoch"), e -> new ArrayList<>()).add(row.get(quantity));
          }
        }
      }
    }
    TreeMap<Double, SeedMean> means = new TreeMap<>();
    values.forEach((epoch, all) -> means.put(epoch, SeedMean.of(Column.of(all, v -> v))));
    return means;
  }
}
