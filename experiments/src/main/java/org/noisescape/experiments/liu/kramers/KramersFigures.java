package org.noisescape.experiments.liu.kramers;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Fig. 6(b) of the text, for each reading of the noise. */
final class KramersFigures {
  private KramersFigures() {}

  static List<Figure> of(List<EscapePoint> points, double exact) {
    List<Figure> figures = new ArrayList<>();
    for (NoiseReading reading : NoiseReading.values()) {
      List<EscapePoint> own = Kramers.of(points, reading);
      double constant = KramersCriterion.constant(own, EscapePoint::discrete);
      double level = KramersCriterion.constant(own, EscapePoint::continuous);
      FigureBuilder figure =
          Figure.titled(reading.label.replace(' ', '-'), "Escape rate, " + reading.label)
              .x("Scale r of the loss")
              .logY("γ/|k_b|")
              .line(
                  "Eq. 52 as it is",
                  Figure.INK,
                  Stroke.THIN,
                  own,
                  EscapePoint::scale,
                  EscapePoint::discrete)
              .line(
                  "Eq. 52 times %.3g, fitted".formatted(constant),
                  Figure.INK,
                  own,
                  EscapePoint::scale,
                  p -> constant * p.discrete())
              .line(
                  "Eq. 51, continuous theory",
                  Plots.CONTINUOUS,
                  Stroke.DOTTED,
                  own,
                  EscapePoint::scale,
                  EscapePoint::continuous)
              .line(
                  "Eq. 51 times %.3g, fitted".formatted(level),
                  Plots.CONTINUOUS,
                  Stroke.THIN,
                  own,
                  EscapePoint::scale,
                  p -> level * p.continuous());
      if (reading == NoiseReading.TWO_TEMPERATURES) {
        figure.dashed(
            "continuous time, exact", Plots.CONTINUOUS, own, EscapePoint::scale, p -> exact);
      }
      figures.add(
          figure
              .points(
                  "simulation",
                  Plots.MEASURED,
                  own,
                  EscapePoint::scale,
                  EscapePoint::reduced,
                  EscapePoint::reducedError)
              .captioned(
                  "λ = %s, S = %s, %d replicas a scale, escapes beyond the step limit censored."
                      .formatted(
                          own.getFirst().learningRate(),
                          own.getFirst().theory().batch(),
                          own.getFirst().replicas())));
    }
    return figures;
  }
}
