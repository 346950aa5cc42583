package org.noisescape.experiments.mori.stationary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.special.Beta;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.NumberText;
import org.noisescape.theory.mori.LogLandscape;

/** Fig. 3a of the text, and one distribution beside its fit. */
final class StationaryFigures {
  private static final int BINS = 41;
  private static final int CURVE = 200;
  private static final int FEWEST_IN_A_BIN = 2;

  private StationaryFigures() {}

  /** The point whose distribution is drawn: of the heaviest tail among those that are judged. */
  static Optional<StationaryPoint> shown(List<StationaryPoint> points) {
    List<StationaryPoint> fitted =
        points.stream().filter(p -> !p.diverged() && Double.isFinite(p.exponent())).toList();
    Comparator<StationaryPoint> tail =
        Comparator.comparing((StationaryPoint p) -> !StationaryCriterion.mayDecouple(p.theory()))
            .thenComparingDouble(p -> p.theory().correctedStationaryExponent());
    return fitted.stream().min(tail);
  }

  /** Density of θ − θ* within the reach of the samples. */
  static StationaryHistogram histogram(StationaryPoint point) {
    double reach =
        Arrays.stream(point.series())
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .max()
            .orElseThrow();
    // the last bin holds its upper edge
    double edge = reach * (1 + 1e-9);
    return StationaryHistogram.linear(point.series(), -edge, edge, BINS);
  }

  static List<Figure> of(List<StationaryPoint> points, RegressionData data, String description) {
    List<Figure> figures = new ArrayList<>();
    figures.add(exponents(points, description));
    shown(points)
        .ifPresent(point -> figures.add(distribution(point, histogram(point), data, description)));
    return figures;
  }

  private static Figure exponents(List<StationaryPoint> points, String description) {
    List<Double> rates = points.stream().map(StationaryPoint::learningRate).distinct().toList();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      double rate = rates.get(i);
      List<StationaryPoint> own = points.stream().filter(p -> p.learningRate() == rate).toList();
      marks.add(theory(i, Stroke.DASHED, own, LogLandscape::stationaryExponent));
      marks.add(theory(i, Stroke.SOLID, own, LogLandscape::correctedStationaryExponent));
    }
    double[] none = {};
    marks.add(new Line("1 + B/(ηh), the text", Figure.INK, Stroke.DASHED, none, none));
    marks.add(new Line("with finite steps", Figure.INK, Stroke.SOLID, none, none));
    for (int i = 0; i < rates.size(); i++) {
      double rate = rates.get(i);
      List<StationaryPoint> own = points.stream().filter(p -> p.learningRate() == rate).toList();
      marks.add(
          new Points(
              String.format(Locale.ROOT, "η = %s", NumberText.exact(rate)),
              i,
              Column.of(own, StationaryPoint::batch),
              Column.of(own, StationaryPoint::exponent),
              Column.of(own, StationaryPoint::standardError)));
    }
    return new Figure(
        "exponents",
        "(a) Exponent of the stationary distribution",
        description
            + ". Symbols: maximum likelihood, error bars one standard error (smaller than most"
            + " symbols). Dashed: 1 + B/(ηh). Solid: 1 + (B/(ηh))(1 − ηh/2), with steps of finite"
            + " size.",
        new Axis("Mini-batch size B", Scale.LOG),
        new Axis("Exponent φ of the power law", Scale.LOG),
        marks);
  }

  private static Figure distribution(
      StationaryPoint point,
      StationaryHistogram histogram,
      RegressionData data,
      String description) {
    List<Mark> marks = new ArrayList<>();
    double reach = histogram.edges()[histogram.edges().length - 1];
    double[] theta = new double[CURVE + 1];
    Arrays.setAll(theta, i -> reach * (2.0 * i / CURVE - 1));
    double scale = Math.sqrt(data.curvature() / (2 * data.minimumLoss()));
    // a curve far below a single sample would only stretch the axis
    double points = point.fit().points();
    double least = 0.2 / (points * (histogram.edges()[1] - histogram.edges()[0]));
    double[] filled = new double[BINS];
    // a logarithmic axis has no place for an empty bin, nor for the error bar of a single sample
    Arrays.setAll(
        filled, k -> histogram.counts()[k] < FEWEST_IN_A_BIN ? Double.NaN : histogram.density()[k]);
    marks.add(
        curve(
            "the text, 1 + B/(ηh)",
            point.theory().stationaryExponent(),
            Stroke.DASHED,
            theta,
            scale,
            least));
    marks.add(curve("fit", point.exponent(), Stroke.SOLID, theta, scale, least));
    marks.add(new Points("sampled", 0, histogram.centres(), filled, histogram.standardErrors()));
    return new Figure(
        "histogram",
        "(b) The distribution itself",
        String.format(
            Locale.ROOT,
            "%s, η = %s, B = %d: density of θ − θ*. Fit: L^−φ with φ = %.2f ± %.2f (text %.2f, with finite steps %.2f); Kolmogorov-Smirnov distance %.4f over %.0f independent samples. Bins with a single sample are left out.",
            description,
            NumberText.exact(point.learningRate()),
            point.batch(),
            point.exponent(),
            point.standardError(),
            point.theory().stationaryExponent(),
            point.theory().correctedStationaryExponent(),
            point.fit().distance(),
            point.fit().effectiveSamples()),
        new Axis("θ − θ*", Scale.LINEAR),
        new Axis("Density", Scale.LOG),
        marks);
  }

  /** √(h/2L*) (1 + q)^−φ/B(½, φ − ½), q = hδ²/(2L*). */
  private static Mark curve(
      String name, double exponent, Stroke stroke, double[] theta, double scale, double least) {
    double norm = Math.log(scale) - Beta.logBeta(0.5, exponent - 0.5);
    double[] density =
        Arrays.stream(theta)
            .map(t -> Math.exp(norm - exponent * Math.log1p(scale * scale * t * t)))
            .map(p -> p < least ? Double.NaN : p)
            .toArray();
    return new Line(name, stroke == Stroke.SOLID ? 1 : Figure.INK, stroke, theta, density);
  }

  /** A theory at all batches from the least to the largest. */
  private static Mark theory(
      int colour,
      Stroke stroke,
      List<StationaryPoint> points,
      ToDoubleFunction<LogLandscape> exponent) {
    LogLandscape any = points.getFirst().theory();
    int low = points.stream().mapToInt(StationaryPoint::batch).min().orElseThrow();
    int high = points.stream().mapToInt(StationaryPoint::batch).max().orElseThrow();
    int[] batches =
        IntStream.rangeClosed(0, CURVE)
            .map(i -> (int) Math.round(low * Math.pow((double) high / low, (double) i / CURVE)))
            .distinct()
            .toArray();
    double[] phi =
        Arrays.stream(batches)
            .mapToObj(b -> new LogLandscape(any.learningRate(), b, any.curvature()))
            .mapToDouble(exponent)
            .toArray();
    return new Line("", colour, stroke, Arrays.stream(batches).asDoubleStream().toArray(), phi);
  }
}
