package org.noisescape.experiments.wei.valley;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.wei.valley.ValleyCriterion.Change;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Figs. 1 and 3 of the text for each panel, and the highest points of the segments. */
final class ValleyFigures {
  private static final int TRAIN = 0;
  private static final int TEST = 1;

  private ValleyFigures() {}

  static List<Figure> of(List<ValleyPath> paths) {
    List<Figure> figures = new ArrayList<>();
    for (ValleyPath path : paths) {
      figures.add(losses(path));
      figures.add(segments(path));
      figures.add(trace(path));
    }
    return figures;
  }

  /** Over epochs, those that are not judged shaded. */
  private static FigureBuilder figure(ValleyPath path, String part, String title) {
    ValleyPanel panel = path.panel();
    FigureBuilder figure = Figure.titled(panel.name() + "-" + part, title).x("Epoch of SGD");
    return panel.after() > 0 ? figure.span("not judged", 2, 0, panel.after()) : figure;
  }

  private static Figure losses(ValleyPath path) {
    double floor = path.panel().floor();
    List<ProjectedPoint> points = path.points();
    double[] epochs = Column.of(points, ProjectedPoint::epoch);
    FigureBuilder figure =
        figure(path, "path", "Losses of the projected path: " + path.panel().description())
            .logY("Loss above its floor, L − L*");
    training(figure, "SGD, training", TRAIN, Stroke.SOLID, path, "train_loss");
    if (points.stream().noneMatch(point -> Double.isNaN(point.testLoss()))) {
      training(figure, "SGD, test", TEST, Stroke.DASH_DOT, path, "test_loss");
      figure.points("projected, test", TEST, epochs, Column.of(points, p -> p.testLoss() - floor));
    }
    return figure
        .points("projected, training", TRAIN, epochs, Column.of(points, p -> p.trainLoss() - floor))
        .level("threshold", Figure.INK, Stroke.DASHED, ends(path), path.threshold())
        .captioned(
            ("%d projected states. L* is the entropy of the smoothed targets. Gradient descent from"
                    + " a state of SGD ends when L − L* is below %.3g.")
                .formatted(points.size(), path.threshold()));
  }

  private static Figure segments(ValleyPath path) {
    FigureBuilder figure =
        figure(path, "segments", "Highest point of each segment of the projected path")
            .logY("Largest (L − L*)/threshold");
    for (boolean connected : new boolean[] {true, false}) {
      List<PathSegment> some =
          path.segments().stream().filter(s -> s.connected() == connected).toList();
      if (!some.isEmpty()) {
        figure.points(
            connected ? "connected" : "not connected",
            connected ? 0 : 1,
            some,
            path::middle,
            path::barrier);
      }
    }
    List<PathSegment> judged = path.judgedSegments();
    return figure
        .level("threshold", Figure.INK, Stroke.DASHED, ends(path), 1)
        .level(
            "most of a connected one",
            Figure.INK,
            Stroke.DOTTED,
            ends(path),
            path.panel().lineFactor())
        .captioned(
            ("Largest L − L* at %d points between two consecutive projected states, over the"
                    + " threshold. %d of %d judged segments are connected.")
                .formatted(
                    path.panel().rule().points(),
                    judged.stream().filter(PathSegment::connected).count(),
                    judged.size()));
  }

  private static Figure trace(ValleyPath path) {
    PointEstimate change = Change.of(path.judgedTraces()).estimate();
    List<PathTrace> judged = path.judgedTraces();
    double[] span = {path.panel().after(), path.panel().epochs()};
    int vectors = path.panel().rule().vectors();
    FigureBuilder figure =
        figure(path, "trace", "Trace of the Hessian along the projected path")
            .y("Trace of H")
            .points(
                "tr H ± SE",
                0,
                path.traces(),
                PathTrace::epoch,
                PathTrace::value,
                point -> point.deviation() / Math.sqrt(vectors));
    if (!judged.isEmpty()) {
      double mean = judged.stream().mapToDouble(PathTrace::value).average().orElseThrow();
      figure.level("no drift", Figure.INK, Stroke.THIN, span, mean);
    }
    return figure.captioned(
        ("At the projected epoch ends, from %d random vectors each; bars: standard errors (the text's"
                + " bars are the %.3g times larger deviations of one vector). Last less first eighth of the judged epochs: %.3g ± %.2g.")
            .formatted(vectors, Math.sqrt(vectors), change.value(), change.standardError()));
  }

  private static void training(
      FigureBuilder figure,
      String name,
      int colour,
      Stroke stroke,
      ValleyPath path,
      String quantity) {
    double floor = path.panel().floor();
    figure.line(
        name,
        colour,
        stroke,
        path.training(),
        row -> row.get("epoch"),
        row -> row.get(quantity) - floor);
  }

  private static double[] ends(ValleyPath path) {
    return new double[] {0, path.panel().epochs()};
  }
}
