package org.noisescape.experiments.mori.stationary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.hipparchus.special.Beta;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
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
    shapes(points, description).ifPresent(figures::add);
    return figures;
  }

  private static Figure exponents(List<StationaryPoint> points, String description) {
    Collection<List<StationaryPoint>> rates =
        points.stream()
            .collect(
                Collectors.groupingBy(
                    StationaryPoint::learningRate, LinkedHashMap::new, Collectors.toList()))
            .values();
    FigureBuilder figure =
        Figure.titled("exponents", "(a) Exponent of the stationary distribution")
            .logX("Mini-batch size B")
            .logY("Exponent φ of the power law");
    int colour = 0;
    for (List<StationaryPoint> own : rates) {
      theory(figure, colour, Stroke.DASHED, own, LogLandscape::stationaryExponent);
      theory(figure, colour++, Stroke.SOLID, own, LogLandscape::correctedStationaryExponent);
    }
    figure.entry("1 + B/(ηh), the text", Stroke.DASHED).entry("with finite steps", Stroke.SOLID);
    colour = 0;
    for (List<StationaryPoint> own : rates) {
      figure.points(
          "η = " + NumberText.exact(own.getFirst().learningRate()),
          colour++,
          own,
          StationaryPoint::batch,
          StationaryPoint::exponent,
          StationaryPoint::standardError);
    }
    return figure.captioned(
        description
            + ". Symbols: maximum likelihood, error bars one standard error (smaller than most"
            + " symbols). Dashed: 1 + B/(ηh). Solid: 1 + (B/(ηh))(1 − ηh/2), with steps of finite"
            + " size.");
  }

  private static Optional<Figure> shapes(List<StationaryPoint> points, String description) {
    List<StationaryPoint> used =
        points.stream()
            .filter(p -> !p.diverged() && StationaryCriterion.hasShape(p.theory()))
            .toList();
    if (used.isEmpty()) {
      return Optional.empty();
    }
    FigureBuilder figure =
        Figure.titled("kurtosis", "(c) Excess kurtosis of the stationary distribution")
            .logX("Mini-batch size B")
            .y("Excess kurtosis of θ")
            .entry("power of the loss", Stroke.SOLID)
            .entry("Gaussian inputs, exactly", Stroke.DOTTED);
    List<Double> rates = used.stream().map(StationaryPoint::learningRate).distinct().toList();
    IntSummaryStatistics sizes = used.stream().mapToInt(StationaryPoint::batch).summaryStatistics();
    double[] ends = {sizes.getMin(), sizes.getMax()};
    figure.line("Gaussian", Figure.INK, Stroke.THIN, ends, new double[] {0, 0});
    for (int i = 0; i < rates.size(); i++) {
      double rate = rates.get(i);
      List<StationaryPoint> own = used.stream().filter(p -> p.learningRate() == rate).toList();
      theory(figure, i, Stroke.SOLID, own, StationaryLaw.POWER::kurtosis);
      theory(figure, i, Stroke.DOTTED, own, StationaryLaw::exactKurtosis);
      figure.points(
          "η = " + NumberText.exact(rate),
          i,
          own,
          StationaryPoint::batch,
          p -> p.kurtosis().value(),
          p -> p.kurtosis().standardError());
    }
    return Optional.of(
        figure.captioned(
            description
                + ". Symbols: ⟨δ⁴⟩/⟨δ²⟩² − 3 of δ = θ − θ*, error bars by the jackknife over replicas,"
                + " where L^−φ has the eight moments they need. Solid: 6/(2φ − 5) of L^−φ, φ = 1 +"
                + " (B/(ηh))(1 − ηh/2). Dotted: exactly, for Gaussian inputs and labels. Thin: a"
                + " Gaussian."));
  }

  private static Figure distribution(
      StationaryPoint point,
      StationaryHistogram histogram,
      RegressionData data,
      String description) {
    double reach = histogram.edges()[histogram.edges().length - 1];
    double[] theta = Abscissas.even(-reach, reach, CURVE);
    double scale = Math.sqrt(data.curvature() / (2 * data.minimumLoss()));
    // a curve far below a single sample would only stretch the axis
    double points = point.fit().points();
    double least = 0.2 / (points * (histogram.edges()[1] - histogram.edges()[0]));
    double[] filled = new double[BINS];
    // a logarithmic axis has no place for an empty bin, nor for the error bar of a single sample
    Arrays.setAll(
        filled, k -> histogram.counts()[k] < FEWEST_IN_A_BIN ? Double.NaN : histogram.density()[k]);
    double text = point.theory().stationaryExponent();
    return Figure.titled("histogram", "(b) The distribution itself")
        .x("θ − θ*")
        .logY("Density")
        .line("the text, 1 + B/(ηh)", Figure.INK, Stroke.DASHED, theta, density(text, scale, least))
        .line("fit", 1, Stroke.SOLID, theta, density(point.exponent(), scale, least))
        .line("Gaussian", Figure.INK, Stroke.THIN, theta, gaussian(variance(point), least))
        .points("sampled", 0, histogram.centres(), filled, histogram.standardErrors())
        .captioned(
            "%s, η = %s, B = %d: density of θ − θ*. Fit: L^−φ with φ = %.2f ± %.2f (text %.2f, with finite steps %.2f); Kolmogorov-Smirnov distance %.4f over %.0f independent samples. Thin: a Gaussian of the variance that was measured. Bins with a single sample are left out."
                .formatted(
                    description,
                    NumberText.exact(point.learningRate()),
                    point.batch(),
                    point.exponent(),
                    point.standardError(),
                    text,
                    point.theory().correctedStationaryExponent(),
                    point.fit().distance(),
                    point.fit().effectiveSamples()));
  }

  /** √(h/2L*) (1 + q)^−φ/B(½, φ − ½), q = hδ²/(2L*), where it is not below the least. */
  private static DoubleUnaryOperator density(double exponent, double scale, double least) {
    double norm = Math.log(scale) - Beta.logBeta(0.5, exponent - 0.5);
    return t -> {
      double p = Math.exp(norm - exponent * Math.log1p(scale * scale * t * t));
      return p < least ? Double.NaN : p;
    };
  }

  private static double variance(StationaryPoint point) {
    return Arrays.stream(point.series())
        .flatMapToDouble(Arrays::stream)
        .map(t -> t * t)
        .average()
        .orElseThrow();
  }

  private static DoubleUnaryOperator gaussian(double variance, double least) {
    return t -> {
      double p = Math.exp(-t * t / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
      return p < least ? Double.NaN : p;
    };
  }

  /** A theory at all batches from the least to the largest. */
  private static void theory(
      FigureBuilder into,
      int colour,
      Stroke stroke,
      List<StationaryPoint> points,
      ToDoubleFunction<LogLandscape> exponent) {
    LogLandscape any = points.getFirst().theory();
    IntSummaryStatistics sizes =
        points.stream().mapToInt(StationaryPoint::batch).summaryStatistics();
    double[] batches =
        Arrays.stream(Abscissas.geometric(sizes.getMin(), sizes.getMax(), CURVE))
            .map(Math::round)
            .distinct()
            .toArray();
    into.line(
        "",
        colour,
        stroke,
        batches,
        b ->
            exponent.applyAsDouble(new LogLandscape(any.learningRate(), (int) b, any.curvature())));
  }
}
