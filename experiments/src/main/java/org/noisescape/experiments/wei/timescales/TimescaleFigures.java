package org.noisescape.experiments.wei.timescales;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.wei.timescales.StationarityCurve.Point;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.Metrics;

/** Fig. 6 of the text, the two sides of the relation, and the training behind them. */
final class TimescaleFigures {
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
    List<Point> full = result.full().points();
    List<Point> top = result.top().points();
    return Figure.titled("stationarity", "Distance from stationarity")
        .x("Epoch")
        .logY("|O_L/O_R − 1|")
        .line("", FULL, Stroke.THIN, full, Point::epoch, Point::window)
        .line("", TOP, Stroke.THIN, top, Point::epoch, Point::window)
        .entry("since the last measurement", Stroke.THIN)
        .line("", FULL, full, Point::epoch, Point::half)
        .line("", TOP, top, Point::epoch, Point::half)
        .points("full parameter space", FULL, full, Point::epoch, Point::half, Point::halfError)
        .points(
            "top eigenspace of the Hessian", TOP, top, Point::epoch, Point::half, Point::halfError)
        .level(
            "threshold " + criterion.threshold(),
            Figure.INK,
            Stroke.DASHED,
            new double[] {0, result.full().last().epoch()},
            criterion.threshold())
        .captioned(
            result.description()
                + ". |O_L/O_R − 1| with averages over the later half of the run so far (symbols, with"
                + " standard errors) and since the last measurement (thin). 0 in a stationary state.");
  }

  private static Figure sides(TimescaleResult result) {
    List<Point> full = result.full().points();
    List<Point> top = result.top().points();
    return Figure.titled("sides", "Both sides of the fluctuation-dissipation relation")
        .x("Epoch")
        .logY("O_L,  O_R")
        .line("full: O_L", FULL, full, Point::epoch, Point::left)
        .dashed("full: O_R", FULL, full, Point::epoch, Point::right)
        .line("top: O_L", TOP, top, Point::epoch, Point::left)
        .dashed("top: O_R", TOP, top, Point::epoch, Point::right)
        .captioned(
            "O_L = ⟨θ·g⟩ (solid; not shown where it is negative) and O_R = η(1+μ)/2 ⟨|m|²⟩ (dashed),"
                + " over the later half of the run so far.");
  }

  private static Figure training(TimescaleResult result) {
    FigureBuilder figure =
        Figure.titled("training", "Loss, largest eigenvalue, and how far the eigenspace moves")
            .x("Epoch")
            .logY("L,  λ₁,  overlap");
    for (Metrics seed : result.seeds()) {
      boolean first = seed.equals(result.seeds().getFirst());
      double[] epochs = seed.column("epoch");
      figure
          .line(first ? "training loss L" : "", FULL, epochs, seed.column("train_loss"))
          .line(
              first ? "largest Hessian eigenvalue" : "",
              TOP,
              epochs,
              seed.column(result.prefix() + "eigenvalue"))
          .line(
              first ? "overlap with the former eigenspace" : "",
              2,
              Stroke.THIN,
              epochs,
              seed.column(result.prefix() + "overlap"));
    }
    return figure.captioned(
        result.description()
            + ". The Hessian is that of the first 1000 training samples; the overlap is"
            + " |Q Q'|²/k of successive eigenspaces, 1 where they are the same.");
  }
}
