package org.noisescape.experiments.liu.depth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Fig. 1(a) of the text. */
final class DepthFigures {
  private static final double BESIDE = 1.02;

  private DepthFigures() {}

  static List<Figure> of(List<DepthRun> runs, String description) {
    List<Mark> errors = new ArrayList<>();
    List<Mark> changes = new ArrayList<>();
    int colour = 0;
    for (int depth : runs.stream().map(DepthRun::depth).distinct().toList()) {
      List<DepthRun> own = runs.stream().filter(r -> r.depth() == depth).toList();
      double[] rates = Column.of(own, DepthRun::rate);
      String name = depth == 1 ? "1 hidden layer" : depth + " hidden layers";
      double limit = own.getFirst().error().mean();
      errors.add(
          new Line(
              depth == runs.getFirst().depth() ? "small-rate limit" : "",
              colour,
              Stroke.DASHED,
              new double[] {rates[0], rates[rates.length - 1]},
              new double[] {limit, limit}));
      add(errors, name, colour, rates, own.stream().map(DepthRun::error).toList());
      add(changes, name, colour, rates, own.stream().map(r -> r.minus(own.getFirst())).toList());
      colour++;
    }
    Axis rate = new Axis("Learning rate η", Scale.LOG);
    return List.of(
        new Figure(
            "test-error",
            "Test error against learning rate",
            description + ". Error bars: standard error over seeds.",
            rate,
            new Axis("Test error", Scale.LINEAR),
            errors),
        new Figure(
            "change",
            "Change from the small-rate limit",
            description + ". Differences seed by seed, from the same initial weights.",
            rate,
            new Axis("Test error − that at the smallest η", Scale.LINEAR),
            changes));
  }

  private static void add(
      List<Mark> marks, String name, int colour, double[] rates, List<SeedMean> means) {
    double[] y = Column.of(means, SeedMean::mean);
    double[] error = Column.of(means, SeedMean::standardError);
    // side by side, so that error bars do not hide each other
    double[] shifted = Arrays.stream(rates).map(r -> r * Math.pow(BESIDE, colour)).toArray();
    marks.add(new Line("", colour, Stroke.THIN, shifted, y));
    marks.add(new Points(name, colour, shifted, y, error));
  }
}
