package org.noisescape.experiments.mori.noise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SlopeFit;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;
import org.noisescape.report.Figure.Stroke;

/** The figures of the text, from the measured points, with the theory over them. */
final class NoiseFigures {
  private static final int LOSS = 0;
  private static final int NOISE = 1;

  private NoiseFigures() {}

  static List<Figure> of(Map<Panel, List<List<NoisePoint>>> runs, List<WindowFit> fits) {
    List<Figure> figures = new ArrayList<>();
    runs.forEach(
        (panel, seeds) -> {
          List<WindowFit> own = fits.stream().filter(fit -> fit.panel().equals(panel)).toList();
          if (seeds.stream().anyMatch(seed -> !seed.isEmpty())) {
            figures.add(againstEpoch(panel, seeds, own.getFirst()));
            figures.add(againstLoss(panel, seeds, own));
          }
        });
    return figures;
  }

  /** Fig. 2 left and middle, Fig. 5 a and b. */
  private static Figure againstEpoch(
      Panel panel, List<List<NoisePoint>> seeds, WindowFit scaledIn) {
    double factor = scale(seeds, scaledIn);
    List<Mark> marks = new ArrayList<>();
    if (seeds.size() > 1) {
      marks.add(band(seeds, LOSS, NoisePoint::loss));
      marks.add(band(seeds, NOISE, point -> factor * point.noise()));
    }
    marks.add(mean("loss L", LOSS, seeds, NoisePoint::loss));
    String times = String.format(Locale.ROOT, "noise strength N × %.3g", factor);
    marks.add(mean(times, NOISE, seeds, point -> factor * point.noise()));
    String band =
        seeds.size() > 1
            ? " Lines: geometric mean of " + seeds.size() + " seeds; bands: their range."
            : "";
    return new Figure(
        panel.name() + "-training",
        panel.title() + ": loss and noise strength",
        panel.description()
            + ". Training loss and noise strength over the whole training set, the noise scaled to"
            + " lie on the loss in the "
            + scaledIn.rule().label()
            + " window."
            + band,
        new Axis("Epoch", Scale.LINEAR),
        new Axis("Loss L,  scaled noise strength N", Scale.LOG),
        marks);
  }

  /** Fig. 2 right, Fig. 5 c and d. */
  private static Figure againstLoss(
      Panel panel, List<List<NoisePoint>> seeds, List<WindowFit> fits) {
    List<Mark> marks = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    int colour = 2;
    for (WindowFit fit : fits) {
      double[] range = range(fit);
      if (range[0] < range[1]) {
        marks.add(new Span("fit window: " + fit.rule().label(), colour++, range[0], range[1]));
      }
    }
    for (int seed = 0; seed < seeds.size(); seed++) {
      marks.add(
          new Points(
              seeds.size() == 1 ? "measured" : "seed " + seed,
              seed % 2,
              Column.of(seeds.get(seed), NoisePoint::loss),
              Column.of(seeds.get(seed), NoisePoint::noise)));
    }
    for (WindowFit fit : fits) {
      double[] range = range(fit);
      if (fit.estimate().runs() > 0) {
        marks.add(theory(fit, range));
        found.append(
            String.format(
                Locale.ROOT,
                " Slope in the %s window: %.3f ± %.3f (theory %.0f).",
                fit.rule().label(),
                fit.estimate().slope(),
                fit.estimate().standardError(),
                fit.criterion().theory()));
      }
    }
    return new Figure(
        panel.name() + "-noise-vs-loss",
        panel.title() + ": noise strength against loss",
        panel.description()
            + ". Each point is one time of the training; dashed, the slope of the theory through"
            + " the middle of the fitted points."
            + found,
        new Axis("Training loss L", Scale.LOG),
        new Axis("Noise strength N", Scale.LOG),
        marks);
  }

  /** The theory's slope through the mean of log L and log 𝒩 in a window, a little beyond it. */
  private static Mark theory(WindowFit fit, double[] range) {
    double power = fit.criterion().theory();
    double offset = 0;
    int count = 0;
    for (int i = 0; i < fit.fits().size(); i++) {
      SlopeFit slope = fit.fits().get(i);
      if (slope != null) {
        for (NoisePoint point : fit.windows().get(i)) {
          offset += Math.log(point.noise()) - power * Math.log(point.loss());
          count++;
        }
      }
    }
    double prefactor = Math.exp(offset / count);
    double[] x = {range[0] / 1.6, range[1] * 1.6};
    double[] y = Arrays.stream(x).map(loss -> prefactor * Math.pow(loss, power)).toArray();
    String name = power == 1 ? "theory: N ∝ L" : "theory: N ∝ L²";
    return new Line(name, Figure.INK, power == 1 ? Stroke.DASHED : Stroke.DOTTED, x, y);
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

  private static Mark mean(
      String name, int colour, List<List<NoisePoint>> seeds, ToDoubleFunction<NoisePoint> y) {
    double[] means = new double[common(seeds)];
    for (int i = 0; i < means.length; i++) {
      int at = i;
      means[i] =
          Math.exp(
              seeds.stream()
                  .mapToDouble(seed -> Math.log(y.applyAsDouble(seed.get(at))))
                  .average()
                  .orElseThrow());
    }
    return new Line(name, colour, Stroke.SOLID, epochs(seeds), means);
  }

  private static Mark band(
      List<List<NoisePoint>> seeds, int colour, ToDoubleFunction<NoisePoint> y) {
    double[] lower = new double[common(seeds)];
    double[] upper = new double[lower.length];
    for (int i = 0; i < lower.length; i++) {
      int at = i;
      double[] values = seeds.stream().mapToDouble(seed -> y.applyAsDouble(seed.get(at))).toArray();
      lower[i] = Arrays.stream(values).min().orElseThrow();
      upper[i] = Arrays.stream(values).max().orElseThrow();
    }
    return new Band("", colour, epochs(seeds), lower, upper);
  }

  /** Points that all seeds have: replicas are measured at the same steps. */
  private static int common(List<List<NoisePoint>> seeds) {
    return seeds.stream().mapToInt(List::size).min().orElse(0);
  }

  private static double[] epochs(List<List<NoisePoint>> seeds) {
    return Arrays.copyOf(Column.of(seeds.getFirst(), NoisePoint::epoch), common(seeds));
  }
}
