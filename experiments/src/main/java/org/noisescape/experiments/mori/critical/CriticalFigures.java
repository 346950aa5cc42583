package org.noisescape.experiments.mori.critical;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;

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
          " %s: measured/predicted %.2f, rank correlation %.2f."
              .formatted(prediction.label, Math.exp(comparison.ratio().mean()), comparison.rank()));
    }
    double[] ends = {low / MARGIN, high * MARGIN};
    FigureBuilder figure =
        Figure.titled("critical", "(a) Critical learning rate")
            .logX("Predicted η_c")
            .logY("Measured η_c")
            .dashed("measured = predicted", Figure.INK, ends, ends);
    for (Prediction prediction : Prediction.values()) {
      figure.points(
          prediction.label.replace('-', '−'),
          prediction.ordinal(),
          used,
          p -> p.predicted(prediction),
          CriticalPoint::critical,
          CriticalPoint::standardError);
    }
    return figure.captioned(
        "%s. %d of %d minima, geometric mean over ramps with its standard error.%s"
            .formatted(description, used.size(), all, found));
  }

  /** The first ramp of the first seed of every pre-training. */
  private static Figure ramps(List<CriticalPoint> points, String description) {
    List<CriticalPoint> shown = points.stream().filter(p -> p.minimum().seed() == 0).toList();
    FigureBuilder figure =
        Figure.titled("ramps", "(b) Loss along a ramp from each pre-training")
            .logX("Learning rate η")
            .logY("Loss L");
    boolean named = false;
    for (int i = 0; i < shown.size(); i++) {
      CriticalPoint p = shown.get(i);
      double[] eta = p.ramp().rates(0);
      double[] losses = p.ramp().losses()[0];
      int jump = p.ramp().jump(0, CriticalPoint.JUMP);
      String start =
          "η_ini %s, B_ini %d".formatted(p.minimum().learningRate(), p.minimum().batch());
      figure.line(start, i, eta, losses);
      if (jump >= 0) {
        double[] rate = {eta[jump]};
        figure.points(named ? "" : "jump", Figure.INK, rate, new double[] {losses[jump]});
        named = true;
      }
    }
    return figure.captioned(
        description
            + ". Loss over all samples at the end of each piece of constant η, one replica from the"
            + " first seed of each pre-training. Crosses: the jump; lines end where it has doubled.");
  }
}
