package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Fig. 2 of the text, a layer and a width of the path each. */
final class CovarianceFigures {
  private static final int PIECES = 100;

  /** Largest over smallest value that a linear axis still shows. */
  private static final double LINEAR_RANGE = 30;

  private CovarianceFigures() {}

  static List<Figure> of(PanelResult result) {
    List<Figure> figures = new ArrayList<>();
    for (double factor : result.factors()) {
      for (String layer : result.panel().scales().keySet()) {
        figures.add(
            figure(
                result.panel().title(layer),
                factor,
                result.of(layer, factor),
                factor == result.judgedFactor()));
      }
    }
    return figures;
  }

  private static Figure figure(String layer, double factor, List<PathFit> seeds, boolean judged) {
    boolean wide = seeds.stream().anyMatch(fit -> fit.variation() > LINEAR_RANGE);
    StringBuilder found = new StringBuilder();
    FigureBuilder figure =
        Figure.titled(
                layer.replace(' ', '-').replace('.', '-')
                    + (judged ? "" : "-x" + Math.round(factor)),
                layer
                    + (judged ? "" : ", %.0f times as far".formatted(factor))
                    + ": noise around the minimum")
            .x("Shift s of each parameter of " + layer)
            .y("tr S(s) / tr S(0)", wide ? Scale.LOG : Scale.LINEAR);
    for (PathFit fit : seeds) {
      int seed = fit.path().seed();
      String name = seeds.size() == 1 ? "measured" : "minimum " + seed;
      figure.points(name, seed, fit.path().shifts(), fit.path().relativeNoise());
      String legend = seed == 0 ? "quadratic" : "";
      curve(figure, legend, seed, Stroke.SOLID, fit, fit.quadratic()::at, wide);
      found.append(
          " Minimum %d: R² %.5f, without the linear term %.3f."
              .formatted(seed, fit.quadratic().rSquared(), fit.even().rSquared()));
    }
    PathFit first = seeds.getFirst();
    String legend = "σ + ρ s² (Eq. 5), minimum 0";
    curve(figure, legend, Figure.INK, Stroke.DASHED, first, first.even()::at, wide);
    for (NoiseShape rival : List.of(NoiseShape.CONE, NoiseShape.QUARTIC)) {
      DoubleUnaryOperator at = s -> rival.at(first.shape(rival), s / first.path().half());
      Stroke stroke = rival == NoiseShape.CONE ? Stroke.THIN : Stroke.THIN_DASHED;
      curve(figure, rival.label + ", minimum 0", Figure.INK, stroke, first, at, wide);
    }
    return figure.captioned(
        "Trace of the covariance of the per-sample gradients, relative to the minimum, where all"
            + " parameters of "
            + layer
            + " are shifted alike. Lines: quadratics by least squares; dashed, the form of Eq. 5"
            + " with its vertex at the minimum; thin, the rivals with as many parameters."
            + (wide ? " Lines break where the fit is negative, which tr S cannot be." : "")
            + found);
  }

  /** A fit; on a logarithmic axis in pieces, without what is not above zero. */
  private static void curve(
      FigureBuilder figure,
      String name,
      int colour,
      Stroke stroke,
      PathFit of,
      DoubleUnaryOperator fitted,
      boolean positiveOnly) {
    double end = of.path().half();
    double[] x = Abscissas.even(-end, end, PIECES);
    String legend = name;
    int from = 0;
    for (int i = 0; i <= x.length; i++) {
      if (i == x.length || (positiveOnly && !(fitted.applyAsDouble(x[i]) > 0))) {
        if (i > from) {
          figure.line(legend, colour, stroke, Arrays.copyOfRange(x, from, i), fitted);
          legend = "";
        }
        from = i + 1;
      }
    }
  }
}
