package org.noisescape.experiments.mori.critical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** η_c against its predictions, and the loss along ramps. */
final class CriticalFigures {
  private static final double MARGIN = 1.25;

  private CriticalFigures() {}

  static List<Figure> of(List<CriticalPoint> points, String description) {
    List<Figure> figures = new ArrayList<>();
    List<CriticalPoint> used = points.stream().filter(CriticalPoint::usable).toList();
    if (!used.isEmpty()) {
      figures.add(predictions(used, points.size(), description));
    }
    figures.add(ramps(points, description));
    return figures;
  }

  private static Figure predictions(List<CriticalPoint> used, int all, String description) {
    List<Mark> marks = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    StringBuilder found = new StringBuilder();
    for (Prediction prediction : Prediction.values()) {
      for (CriticalPoint p : used) {
        low = Math.min(low, Math.min(p.predicted(prediction), p.critical()));
        high = Math.max(high, Math.max(p.predicted(prediction), p.critical()));
      }
      CriticalComparison comparison = CriticalComparison.of(used, prediction);
      found.append(
          String.format(
              Locale.ROOT,
              " %s: measured/predicted %.2f, rank correlation %.2f.",
              prediction.label(),
              Math.exp(comparison.ratio().mean()),
              comparison.rank()));
    }
    double[] ends = {low / MARGIN, high * MARGIN};
    marks.add(new Line("measured = predicted", Figure.INK, Stroke.DASHED, ends, ends));
    for (Prediction prediction : Prediction.values()) {
      marks.add(
          new Points(
              prediction.label(),
              prediction.ordinal(),
              Column.of(used, p -> p.predicted(prediction)),
              Column.of(used, CriticalPoint::critical),
              Column.of(used, CriticalPoint::standardError)));
    }
    return new Figure(
        "critical",
        "(a) Critical learning rate",
        "%s. %d of %d minima, geometric mean over ramps with its standard error.%s"
            .formatted(description, used.size(), all, found),
        new Axis("Predicted η_c", Scale.LOG),
        new Axis("Measured η_c", Scale.LOG),
        marks);
  }

  /** The first ramp of the first seed of every pre-training. */
  private static Figure ramps(List<CriticalPoint> points, String description) {
    List<CriticalPoint> shown = points.stream().filter(p -> p.minimum().seed() == 0).toList();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      CriticalPoint p = shown.get(i);
      double[] eta = p.ramp().rates(0);
      double[] losses = p.ramp().losses()[0];
      int jump = p.ramp().jump(0, CriticalPoint.JUMP);
      marks.add(
          new Line(
              "η_ini %s, B_ini %d".formatted(p.minimum().learningRate(), p.minimum().batch()),
              i,
              Stroke.SOLID,
              eta,
              losses));
      if (jump >= 0) {
        marks.add(new Points("", i, new double[] {eta[jump]}, new double[] {losses[jump]}));
      }
    }
    return new Figure(
        "ramps",
        "(b) Loss along a ramp from each pre-training",
        description
            + ". Loss over all samples at the end of each piece of constant η, one replica from the"
            + " first seed of each pre-training. Symbols: the jump; lines end where it has doubled.",
        new Axis("Learning rate η", Scale.LOG),
        new Axis("Loss L", Scale.LOG),
        marks);
  }
}
