package org.noisescape.experiments.mori.saddle;

import java.util.List;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Mean escape times against c. */
final class SaddleEscapeFigures {
  private static final int PIECES = 24;

  private SaddleEscapeFigures() {}

  static List<Figure> of(NoiseKind kind, List<List<SaddleEscapePoint>> wells) {
    EscapeLaw other = kind.rivals().getFirst();
    FigureBuilder figure =
        Figure.titled("escape-time", "Mean escape times over a saddle")
            .logX("c")
            .logY("Mean time")
            .entry(EscapeLaw.TEXT.label, Stroke.DASHED)
            .entry(other.label, Stroke.THIN);
    for (int i = 0; i < wells.size(); i++) {
      List<SaddleEscapePoint> well = wells.get(i);
      SaddleEscapePoint any = well.getFirst();
      double[] x = Abscissas.geometric(any.lossRatio(), well.getLast().lossRatio(), PIECES);
      for (EscapeLaw law : List.of(EscapeLaw.TEXT, other)) {
        figure.line(
            "",
            i,
            law == EscapeLaw.TEXT ? Stroke.DASHED : Stroke.THIN,
            x,
            c -> 1 / law.rate(any.system(), c, any.inverseTemperature()));
      }
      figure.points(
          any.system().label(),
          i,
          well,
          SaddleEscapePoint::lossRatio,
          p -> 1 / p.rate().value(),
          p -> p.rate().standardError() / Math.pow(p.rate().value(), 2));
    }
    return List.of(
        figure.captioned(
            "One barrier \u0394L = 1/8 and one set of curvatures a colour, c by L* alone: the smaller L*,"
                + " the larger c. Dashed: %s. Thin: %s. 1/T = %.4g, nothing is fitted."
                    .formatted(
                        EscapeLaw.TEXT.label,
                        other.label,
                        wells.getFirst().getFirst().inverseTemperature())));
  }
}
