package org.noisescape.experiments.wei.valley;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.wei.valley.ValleyCriterion.Change;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;
import org.noisescape.report.Figure.Stroke;

/** Figs. 1 and 3 of the text for each panel, and the highest points of the segments. */
final class ValleyFigures {
  private static final Axis EPOCH = new Axis("Epoch of SGD", Scale.LINEAR);
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

  private static Figure losses(ValleyPath path) {
    ValleyPanel panel = path.panel();
    double floor = panel.floor();
    List<ProjectedPoint> points = path.points();
    double[] epochs = Column.of(points, ProjectedPoint::epoch);
    List<Mark> marks = new ArrayList<>();
    unjudged(path, marks);
    marks.add(training("SGD, training", TRAIN, path, "train_loss"));
    boolean tested = points.stream().noneMatch(point -> Double.isNaN(point.testLoss()));
    if (tested) {
      marks.add(training("SGD, test", TEST, path, "test_loss"));
      marks.add(
          new Points(
              "projected, test", TEST, epochs, Column.of(points, p -> p.testLoss() - floor)));
    }
    marks.add(
        new Points(
            "projected, training", TRAIN, epochs, Column.of(points, p -> p.trainLoss() - floor)));
    marks.add(level("threshold", Stroke.DASHED, path, path.threshold()));
    return new Figure(
        panel.name() + "-path",
        "Losses of the projected path: " + panel.description(),
        String.format(
            Locale.ROOT,
            "%d projected states. L* is the entropy of the smoothed targets. Gradient descent from"
                + " a state of SGD ends when L - L* is below %.3g.",
            points.size(),
            path.threshold()),
        EPOCH,
        new Axis("Loss above its floor, L - L*", Scale.LOG),
        marks);
  }

  private static Figure segments(ValleyPath path) {
    List<Mark> marks = new ArrayList<>();
    unjudged(path, marks);
    for (boolean connected : new boolean[] {true, false}) {
      List<PathSegment> some =
          path.segments().stream().filter(s -> s.connected() == connected).toList();
      if (!some.isEmpty()) {
        marks.add(
            new Points(
                connected ? "connected" : "not connected",
                connected ? 0 : 1,
                Column.of(some, path::middle),
                Column.of(some, path::barrier)));
      }
    }
    marks.add(level("threshold", Stroke.DASHED, path, 1));
    marks.add(level("barrier", Stroke.DOTTED, path, ValleyCriterion.BARRIER));
    List<PathSegment> judged = path.judgedSegments();
    return new Figure(
        path.panel().name() + "-segments",
        "Highest point of each segment of the projected path",
        String.format(
            Locale.ROOT,
            "Largest L - L* at %d points between two consecutive projected states, over the"
                + " threshold. %d of %d judged segments are connected.",
            path.panel().rule().points(),
            judged.stream().filter(PathSegment::connected).count(),
            judged.size()),
        EPOCH,
        new Axis("Largest (L - L*)/threshold", Scale.LOG),
        marks);
  }

  private static Figure trace(ValleyPath path) {
    List<PathTrace> traces = path.traces();
    Change change = Change.of(path.judgedTraces());
    List<Mark> marks = new ArrayList<>();
    unjudged(path, marks);
    marks.add(
        new Points(
            "tr H, standard deviation of one vector",
            0,
            Column.of(traces, PathTrace::epoch),
            Column.of(traces, PathTrace::value),
            Column.of(traces, PathTrace::deviation)));
    return new Figure(
        path.panel().name() + "-trace",
        "Trace of the Hessian along the projected path",
        String.format(
            Locale.ROOT,
            "At the projected epoch ends, from %d random vectors each; bars: standard deviation of"
                + " an estimate from one vector, as in the text; the points' own errors are %.2g of"
                + " these. Last less first eighth of the judged epochs: %.3g ± %.2g.",
            path.panel().rule().vectors(),
            1 / Math.sqrt(path.panel().rule().vectors()),
            change.value(),
            change.standardError()),
        EPOCH,
        new Axis("Trace of H", Scale.LINEAR),
        marks);
  }

  /** The epochs that are not judged. */
  private static void unjudged(ValleyPath path, List<Mark> marks) {
    if (path.panel().after() > 0) {
      marks.add(new Span("not judged", 2, 0, path.panel().after()));
    }
  }

  private static Line training(String name, int colour, ValleyPath path, String quantity) {
    List<Map<String, Double>> rows = path.training();
    return new Line(
        name,
        colour,
        Stroke.SOLID,
        Column.of(rows, row -> row.get("epoch")),
        Column.of(rows, row -> row.get(quantity) - path.panel().floor()));
  }

  private static Line level(String name, Stroke stroke, ValleyPath path, double value) {
    return new Line(
        name,
        Figure.INK,
        stroke,
        new double[] {0, path.panel().epochs()},
        new double[] {value, value});
  }
}
