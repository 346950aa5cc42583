package org.noisescape.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.Metrics;

/** Figures of trainings over epochs: means over the replicas in bands of their standard error. */
final class TrainingCurves {
  /** Largest value over smallest from which values above zero are shown by decades. */
  private static final double WIDE = 5;

  private TrainingCurves() {}

  /** The figures of one quantity; none where it was measured once only. */
  static List<Figure> of(SweepAxes axes, List<SeedAverage> points, String quantity, String prefix) {
    List<SeedAverage> measured =
        points.stream().filter(point -> means(point, quantity).size() > 1).toList();
    List<Figure> figures = new ArrayList<>();
    int each = each(axes, measured.size());
    for (int from = 0; from < measured.size(); from += each) {
      List<SeedAverage> some = measured.subList(from, Math.min(from + each, measured.size()));
      figures.add(figure(axes, some, quantity, prefix + "-epochs-" + (figures.size() + 1)));
    }
    return figures;
  }

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
      SweepAxes axes, List<SeedAverage> points, String quantity, String name) {
    List<Mark> bands = new ArrayList<>();
    List<Mark> lines = new ArrayList<>();
    List<Double> shown = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Map<Double, SeedMean> means = means(points.get(i), quantity);
      int n = means.size();
      double[] x = means.keySet().stream().mapToDouble(Double::doubleValue).toArray();
      SeedMean[] all = means.values().toArray(SeedMean[]::new);
      double[] y = new double[n];
      double[] lower = new double[n];
      double[] upper = new double[n];
      for (int k = 0; k < n; k++) {
        double error = all[k].seeds() > 1 ? all[k].standardError() : 0;
        y[k] = all[k].mean();
        lower[k] = y[k] - error;
        upper[k] = y[k] + error;
        shown.add(y[k]);
      }
      if (Arrays.stream(all).anyMatch(mean -> mean.seeds() > 1)) {
        bands.add(new Band("", i, x, lower, upper));
      }
      String label = axes.besides(points.get(i).settings(), List.of());
      lines.add(new Line(label, i, Stroke.SOLID, x, y));
    }
    List<Mark> marks = new ArrayList<>(bands);
    marks.addAll(lines);
    double[] values = shown.stream().mapToDouble(Double::doubleValue).toArray();
    Scale scale = SweepFigures.scale(quantity, values, WIDE);
    return new Figure(
        name,
        SweepFigures.readable(quantity) + " over epochs",
        "Means over the replicas, in bands of their standard error.",
        new Axis("Epoch", Scale.LINEAR),
        new Axis(SweepFigures.label(quantity), scale),
        marks);
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
    values.forEach(
        (epoch, all) ->
            means.put(epoch, SeedMean.of(all.stream().mapToDouble(Double::doubleValue).toArray())));
    return means;
  }
}
