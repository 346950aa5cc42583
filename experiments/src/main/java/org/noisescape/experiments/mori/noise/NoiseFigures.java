package org.noisescape.experiments.mori.noise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.NumberText;

/** The figures of the text, from the measured points, with the theory over them. */
final class NoiseFigures {
  private static final Stroke[] RIVALS = {Stroke.THIN, Stroke.THIN_DASHED, Stroke.THIN_DOTTED};

  private static final int LOSS = 0;
  private static final int NOISE = 1;

  private NoiseFigures() {}

  static List<Figure> of(
      Map<Panel, List<List<NoisePoint>>> runs,
      List<WindowFit> fits,
      Map<String, Map<WindowRule, Double>> rivals) {
    List<Figure> figures = new ArrayList<>();
    runs.forEach(
        (panel, seeds) -> {
          List<WindowFit> own = fits.stream().filter(fit -> fit.panel().equals(panel)).toList();
          if (seeds.stream().anyMatch(seed -> !seed.isEmpty())) {
            figures.add(againstEpoch(panel, seeds, own.getFirst()));
            figures.add(againstLoss(panel, seeds, own, rivals.values()));
          }
        });
    return figures;
  }

  /** Fig. 2 left and middle, Fig. 5 a and b. */
  private static Figure againstEpoch(
      Panel panel, List<List<NoisePoint>> seeds, WindowFit scaledIn) {
    double factor = scale(seeds, scaledIn);
    ToDoubleFunction<NoisePoint> noise = point -> factor * point.noise();
    FigureBuilder figure =
        Figure.titled(panel.name() + "-training", panel.title() + ": loss and noise strength")
            .x("Epoch")
            .logY("Loss L, scaled noise strength 𝒩");
    // replicas are measured at the same steps: these points all seeds have
    int common = seeds.stream().mapToInt(List::size).min().orElse(0);
    double[] epochs =
        seeds.getFirst().stream().limit(common).mapToDouble(NoisePoint::epoch).toArray();
    double[][] losses = columns(seeds, common, NoisePoint::loss);
    double[][] noises = columns(seeds, common, noise);
    if (seeds.size() > 1) {
      figure
          .band("", LOSS, epochs, logarithmic(losses, -1), logarithmic(losses, 1))
          .band("", NOISE, epochs, logarithmic(noises, -1), logarithmic(noises, 1));
    }
    String band =
        seeds.size() > 1
            ? " Lines: geometric mean of " + seeds.size() + " replicas; bands: its standard error."
            : "";
    return figure
        .line("loss L", LOSS, epochs, logarithmic(losses, 0))
        .line("noise strength 𝒩 × %.3g".formatted(factor), NOISE, epochs, logarithmic(noises, 0))
        .captioned(
            panel.description()
                + ". Training loss and noise strength over the whole training set, the noise scaled to"
                + " lie on the loss in the "
                + scaledIn.rule().label
                + " window."
                + band);
  }

  /** Fig. 2 right, Fig. 5 c and d. */
  private static Figure againstLoss(
      Panel panel,
      List<List<NoisePoint>> seeds,
      List<WindowFit> fits,
      Collection<Map<WindowRule, Double>> rivals) {
    FigureBuilder figure =
        Figure.titled(
                panel.name() + "-noise-vs-loss", panel.title() + ": noise strength against loss")
            .logX("Training loss L")
            .logY("Noise strength 𝒩");
    StringBuilder found = new StringBuilder();
    int colour = Math.max(2, seeds.size());
    for (WindowFit fit : fits) {
      double[] range = range(fit);
      if (range[0] < range[1]) {
        figure.span("fit window: " + fit.rule().label, colour++, range[0], range[1]);
      }
    }
    for (int seed = 0; seed < seeds.size(); seed++) {
      String name = seeds.size() == 1 ? "measured" : "replica " + seed;
      figure.points(
          name, seed, seeds.get(seed), NoisePoint::loss, NoisePoint::noise, NoisePoint::noiseError);
    }
    Map<Double, Stroke> others = new LinkedHashMap<>();
    for (WindowFit fit : fits) {
      if (fit.estimate().runs() > 0) {
        double[] range = range(fit);
        theory(figure, fit, range);
        rivals.stream()
            .mapToDouble(law -> law.get(fit.rule()))
            .filter(power -> power != fit.criterion().theory())
            .distinct()
            .forEach(power -> rival(figure, others, fit, power, range));
        found.append(
            " Slope in the %s window: %.3f ± %.3f (theory %.0f)."
                .formatted(
                    fit.rule().label,
                    fit.estimate().slope(),
                    fit.estimate().standardError(),
                    fit.criterion().theory()));
      }
    }
    return figure.captioned(
        panel.description()
            + ". Each point is one time of the training, with its sampling error; dashed, the slope of the theory through"
            + " the middle of the fitted points; thin, those of its rivals."
            + found);
  }

  private static void theory(FigureBuilder into, WindowFit fit, double[] range) {
    double power = fit.criterion().theory();
    String entry = power == 1 ? "theory: 𝒩 ∝ L" : "theory: 𝒩 ∝ L²";
    line(into, entry, power == 1 ? Stroke.DASHED : Stroke.DOTTED, fit, power, range);
  }

  /** Every power of the rivals has an entry and a stroke of its own, alike in all windows. */
  private static void rival(
      FigureBuilder into, Map<Double, Stroke> others, WindowFit fit, double power, double[] range) {
    boolean named = others.containsKey(power);
    Stroke stroke = others.computeIfAbsent(power, p -> RIVALS[others.size() % RIVALS.length]);
    line(into, named ? "" : rivalName(power), stroke, fit, power, range);
  }

  private static String rivalName(double power) {
    if (power == 0) {
      return "rival: 𝒩 constant";
    }
    return power == 0.5 ? "rival: 𝒩 ∝ √L" : "rival: 𝒩 ∝ L^{%s}".formatted(NumberText.of(power));
  }

  /** A slope through the mean of log L and log 𝒩 in a window, a little beyond it. */
  private static void line(
      FigureBuilder into,
      String entry,
      Stroke stroke,
      WindowFit fit,
      double power,
      double[] range) {
    double offset = 0;
    int count = 0;
    for (int i = 0; i < fit.fits().size(); i++) {
      if (fit.fits().get(i) != null) {
        for (NoisePoint point : fit.windows().get(i)) {
          offset += Math.log(point.noise()) - power * Math.log(point.loss());
          count++;
        }
      }
    }
    double prefactor = Math.exp(offset / count);
    into.line(
        entry,
        Figure.INK,
        stroke,
        new double[] {range[0] / 1.6, range[1] * 1.6},
        loss -> prefactor * Math.pow(loss, power));
  }

  /** Factor that puts 𝒩 on L in a window; over all points where nothing was fitted. */
  private static double scale(List<List<NoisePoint>> seeds, WindowFit fit) {
    List<List<NoisePoint>> over = fit.estimate().runs() > 0 ? fit.windows() : seeds;
    return Math.exp(
        over.stream()
            .flatMap(List::stream)
            .mapToDouble(point -> Math.log(point.loss() / point.noise()))
            .average()
            .orElse(0));
  }

  private static double[] range(WindowFit fit) {
    double[] losses =
        fit.windows().stream().flatMap(List::stream).mapToDouble(NoisePoint::loss).toArray();
    return new double[] {
      Arrays.stream(losses).min().orElse(Double.NaN), Arrays.stream(losses).max().orElse(Double.NaN)
    };
  }

  /** A quantity of all seeds (times, seeds). */
  private static double[][] columns(
      List<List<NoisePoint>> seeds, int times, ToDoubleFunction<NoisePoint> quantity) {
    return IntStream.range(0, times)
        .mapToObj(i -> Column.of(seeds, seed -> quantity.applyAsDouble(seed.get(i))))
        .toArray(double[][]::new);
  }

  /** Geometric means of rows, so many of their standard errors away. */
  private static double[] logarithmic(double[][] rows, int errors) {
    return Arrays.stream(rows)
        .map(row -> SeedMean.of(Arrays.stream(row).map(Math::log).toArray()))
        .mapToDouble(log -> Math.exp(log.mean() + (errors == 0 ? 0 : errors * log.standardError())))
        .toArray();
  }
}
