package org.noisescape.experiments.mori.timechange;

import java.util.List;
import org.noisescape.experiments.mori.timechange.ClockPoint.LossClass;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** The noise a unit of τ against the loss. */
final class TimeChangeFigures {
  private static final int PIECES = 24;

  private TimeChangeFigures() {}

  static List<Figure> of(List<ClockPoint> points) {
    List<ClockPoint> sgd = points.stream().filter(p -> !p.dynamics().isIto()).toList();
    List<ClockPoint> ito = points.stream().filter(p -> p.dynamics().isIto()).toList();
    return List.of(
        of("quadratic-variation", "SGD", sgd), of("quadratic-variation-ito", "(12)", ito));
  }

  private static Figure of(String name, String whose, List<ClockPoint> points) {
    FigureBuilder figure =
        Figure.titled(name, "Noise of %s a unit of \u03c4, against the loss".formatted(whose))
            .x("L/L*")
            .y("(\u0394M)\u00b2/\u0394\u03c4 over 2\u03b7h/B");
    for (ClockPoint p : points) {
      figure.points(
          p.dynamics().label,
          p.dynamics().ordinal(),
          p.classes(),
          LossClass::loss,
          c -> c.variation().value(),
          c -> c.variation().standardError());
      if (!p.dynamics().judged()) {
        figure.line(
            "exact variance of its steps",
            p.dynamics().ordinal(),
            Stroke.DOTTED,
            p.classes(),
            LossClass::loss,
            LossClass::exact);
      }
    }
    double most =
        points.stream()
            .flatMap(p -> p.classes().stream())
            .mapToDouble(LossClass::loss)
            .max()
            .orElseThrow();
    double[] x = Abscissas.geometric(1, most, PIECES);
    return figure
        .line("Eq. 14", Figure.INK, Stroke.DASHED, x, loss -> 1)
        .line("clock t", Figure.INK, Stroke.THIN, x, loss -> loss)
        .line("clock ∫√L dt", Figure.INK, Stroke.THIN_DASHED, x, Math::sqrt)
        .line("half and twice the noise", Figure.INK, Stroke.DOTTED, x, loss -> 0.5)
        .line("", Figure.INK, Stroke.DOTTED, x, loss -> 2)
        .captioned(
            "Windows of equal \u03c4, in %d classes of L with as many each. Dashed: Eq. 14. Thin: noise of time t,"
                    .formatted(ClockPoint.CLASSES)
                + " \u221d L, and of a clock \u222b\u221aL dt, \u221d \u221aL. Dotted levels: half and twice the noise.");
  }
}
