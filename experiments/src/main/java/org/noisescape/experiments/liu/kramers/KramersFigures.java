package org.noisescape.experiments.liu.kramers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Fig. 6(b) of the text, for each reading of the noise. */
final class KramersFigures {
  private KramersFigures() {}

  static List<Figure> of(List<EscapePoint> points, double exact) {
    List<Figure> figures = new ArrayList<>();
    for (NoiseReading reading : NoiseReading.values()) {
      List<EscapePoint> own = Kramers.of(points, reading);
      double constant = KramersCriterion.constant(own, EscapePoint::discrete);
      figures.add(
          new Figure(
              reading.label().replace(' ', '-'),
              "Escape rate, " + reading.label(),
              String.format(
                  Locale.ROOT,
                  "λ = %s, S = %s, %d replicas a scale, escapes beyond the step limit censored.",
                  own.getFirst().learningRate(),
                  own.getFirst().theory().batch(),
                  own.getFirst().replicas()),
              new Axis("Scale r of the loss", Scale.LINEAR),
              new Axis("γ/|k_b|", Scale.LOG),
              marks(own, constant, exact)));
    }
    return figures;
  }

  private static List<Mark> marks(List<EscapePoint> own, double constant, double exact) {
    List<Mark> marks = new ArrayList<>();
    marks.add(line("Eq. 52 as it is", Figure.INK, Stroke.THIN, own, EscapePoint::discrete));
    marks.add(
        line(
            String.format(Locale.ROOT, "Eq. 52 times %.3g, fitted", constant),
            Figure.INK,
            Stroke.SOLID,
            own,
            p -> constant * p.discrete()));
    marks.add(
        line(
            "Eq. 51, continuous theory",
            Plots.CONTINUOUS,
            Stroke.DOTTED,
            own,
            EscapePoint::continuous));
    if (own.getFirst().reading() == NoiseReading.TWO_TEMPERATURES) {
      marks.add(line("continuous time, exact", Plots.CONTINUOUS, Stroke.DASHED, own, p -> exact));
    }
    marks.add(
        new Points(
            "simulation",
            Plots.MEASURED,
            Column.of(own, EscapePoint::scale),
            Column.of(own, EscapePoint::reduced),
            Column.of(own, EscapePoint::reducedError)));
    return marks;
  }

  private static Line line(
      String name,
      int colour,
      Stroke stroke,
      List<EscapePoint> points,
      ToDoubleFunction<EscapePoint> theory) {
    return new Line(
        name, colour, stroke, Column.of(points, EscapePoint::scale), Column.of(points, theory));
  }
}
