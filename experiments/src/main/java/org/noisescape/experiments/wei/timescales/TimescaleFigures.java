package org.noisescape.experiments.wei.timescales;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.wei.timescales.StationarityCurve.Point;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.Metrics;

/** Fig. 6 of the text, the two sides of the relation, and the training behind them. */
final class TimescaleFigures {
  private static final Axis EPOCH = new Axis("Epoch", Scale.LINEAR);
  private static final int FULL = 0;
  private static final int TOP = 1;

  private TimescaleFigures() {}

  static List<Figure> of(TimescaleResult result, TimescaleCriterion criterion) {
    List<Figure> figures = new ArrayList<>();
    if (!result.full().points().isEmpty() && !result.top().points().isEmpty()) {
      figures.add(deviation(result, criterion));
      figures.add(sides(result));
    }
    figures.add(training(result));
    return figures;
  }

  private static Figure deviation(TimescaleResult result, TimescaleCriterion criterion) {
    List<Mark> marks = new ArrayList<>();
    marks.add(line("", FULL, Stroke.THIN, result.full(), Point::window));
    marks.add(line("", TOP, Stroke.THIN, result.top(), Point::window));
    marks.add(line("", FULL, Stroke.SOLID, result.full(), Point::half));
    marks.add(line("", TOP, Stroke.SOLID, result.top(), Point::half));
    marks.add(points("full parameter space", FULL, result.full()));
    marks.add(points("top eigenspace of the Hessian", TOP, result.top()));
    double end = result.full().last().epoch();
    marks.add(
        new Line(
            "threshold " + criterion.threshold(),
            Figure.INK,
            Stroke.DASHED,
            new double[] {0, end},
            new double[] {criterion.threshold(), criterion.threshold()}));
    return new Figure(
        "stationarity",
        "Distance from stationarity",
        result.description()
            + ". |O_L/O_R − 1| with averages over the later half of the run so far (symbols, with"
            + " standard errors) and since the last measurement (thin). 0 in a stationary state.",
        EPOCH,
        new Axis("|O_L/O_R − 1|", Scale.LOG),
        marks);
  }

  private static Figure sides(TimescaleResult result) {
    return new Figure(
        "sides",
        "Both sides of the fluctuation-dissipation relation",
        "O_L = ⟨θ·g⟩ (solid; not shown where it is negative) and O_R = η(1+μ)/2 ⟨|m|²⟩ (dashed),"
            + " over the later half of the run so far.",
        EPOCH,
        new Axis("O_L,  O_R", Scale.LOG),
        List.of(
            line("full: O_L", FULL, Stroke.SOLID, result.full(), Point::left),
            line("full: O_R", FULL, Stroke.DASHED, result.full(), Point::right),
            line("top: O_L", TOP, Stroke.SOLID, result.top(), Point::left),
            line("top: O_R", TOP, Stroke.DASHED, result.top(), Point::right)));
  }

  private static Figure training(TimescaleResult result) {
    List<Mark> marks = new ArrayList<>();
    for (Metrics seed : result.seeds()) {
      boolean first = seed.equals(result.seeds().getFirst());
      double[] epochs = seed.column("epoch");
      marks.add(
          new Line(
              first ? "training loss L" : "",
              FULL,
              Stroke.SOLID,
              epochs,
              seed.column("train_loss")));
      marks.add(
          new Line(
              first ? "largest Hessian eigenvalue" : "",
              TOP,
              Stroke.SOLID,
              epochs,
              seed.column(result.prefix() + "eigenvalue")));
      marks.add(
          new Line(
              first ? "overlap with the former eigenspace" : "",
              2,
              Stroke.THIN,
              epochs,
              seed.column(result.prefix() + "overlap")));
    }
    return new Figure(
        "training",
        "Loss, largest eigenvalue, and how far the eigenspace moves",
        result.description()
            + ". The Hessian is that of the first 1000 training samples; the overlap is"
            + " |Q Q'|²/k of successive eigenspaces, 1 where they are the same.",
        EPOCH,
        new Axis("L,  λ₁,  overlap", Scale.LOG),
        marks);
  }

  private static Mark line(
      String name, int colour, Stroke stroke, StationarityCurve curve, ToDoubleFunction<Point> y) {
    return new Line(
        name,
        colour,
        stroke,
        Column.of(curve.points(), Point::epoch),
        Column.of(curve.points(), y));
  }

  private static Mark points(String name, int colour, StationarityCurve curve) {
    return new Points(
        name,
        colour,
        Column.of(curve.points(), Point::epoch),
        Column.of(curve.points(), Point::half),
        Column.of(curve.points(), Point::halfError));
  }
}
