package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Fig. 2 of the text, a layer and a width of the path each. */
final class CovarianceFigures {
  private static final int CURVE_POINTS = 101;

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
    List<Mark> marks = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    PathFit first = seeds.getFirst();
    boolean wide = seeds.stream().anyMatch(fit -> fit.variation() > LINEAR_RANGE);
    for (PathFit fit : seeds) {
      int seed = fit.path().seed();
      String name = seeds.size() == 1 ? "measured" : "minimum " + seed;
      marks.add(new Points(name, seed, fit.path().shifts(), fit.path().relativeNoise()));
      marks.addAll(
          curve(seed == 0 ? "quadratic" : "", seed, Stroke.SOLID, fit, fit.quadratic(), wide));
      found.append(
          String.format(
              Locale.ROOT,
              " Minimum %d: R² %.5f, without the linear term %.3f.",
              seed,
              fit.quadratic().rSquared(),
              fit.even().rSquared()));
    }
    marks.addAll(
        curve("σ + ρ s² (Eq. 5), minimum 0", Figure.INK, Stroke.DASHED, first, first.even(), wide));
    String times = judged ? "" : String.format(Locale.ROOT, ", %.0f times as far", factor);
    return new Figure(
        layer.replace(' ', '-').replace('.', '-') + (judged ? "" : "-x" + Math.round(factor)),
        layer + times + ": noise around the minimum",
        "Trace of the covariance of the per-sample gradients, relative to the minimum, where all"
            + " parameters of "
            + layer
            + " are shifted alike. Lines: quadratics by least squares; dashed, the form of Eq. 5"
            + " with its vertex at the minimum."
            + (wide ? " Lines break where the fit is negative, which tr S cannot be." : "")
            + found,
        new Axis("Shift s of each parameter of " + layer, Scale.LINEAR),
        new Axis("tr S(s) / tr S(0)", wide ? Scale.LOG : Scale.LINEAR),
        marks);
  }

  /** A polynomial; on a logarithmic axis in pieces, without what is not above zero. */
  private static List<Line> curve(
      String name,
      int colour,
      Stroke stroke,
      PathFit of,
      PolynomialFit polynomial,
      boolean positiveOnly) {
    double[] shifts = of.path().shifts();
    double end = shifts[shifts.length - 1];
    double[] x = new double[CURVE_POINTS];
    Arrays.setAll(x, i -> end * (2.0 * i / (CURVE_POINTS - 1) - 1));
    double[] y = Arrays.stream(x).map(polynomial::at).toArray();
    List<Line> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= y.length; i++) {
      if (i == y.length || (positiveOnly && !(y[i] > 0))) {
        if (i > from) {
          double[] across = Arrays.copyOfRange(x, from, i);
          String legend = pieces.isEmpty() ? name : "";
          pieces.add(new Line(legend, colour, stroke, across, Arrays.copyOfRange(y, from, i)));
        }
        from = i + 1;
      }
    }
    return pieces;
  }
}
