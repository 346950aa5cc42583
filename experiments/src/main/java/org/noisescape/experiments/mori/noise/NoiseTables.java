package org.noisescape.experiments.mori.noise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.noisescape.experiments.fit.SlopeFit;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;

/** {@code tables/fits.csv} and {@code tables/noise_vs_loss.csv} of a run folder. */
final class NoiseTables {
  private NoiseTables() {}

  /** A window of one seed, or of all seeds together, where there is none. */
  private record Fitted(WindowFit of, Integer seed) {
    double slope() {
      return seed == null ? of.estimate().slope() : fit(SlopeFit::slope);
    }

    double error() {
      return seed == null ? of.estimate().standardError() : fit(SlopeFit::standardError);
    }

    int points() {
      return seed == null ? of.estimate().points() : of.windows().get(seed).size();
    }

    Object window(Function<List<NoisePoint>, ?> quantity) {
      return seed == null ? null : quantity.apply(of.windows().get(seed));
    }

    /** Of a seed that had enough points, else NaN. */
    double fit(ToDoubleFunction<SlopeFit> quantity) {
      SlopeFit fit = fit();
      return fit == null ? Double.NaN : quantity.applyAsDouble(fit);
    }

    SlopeFit fit() {
      return seed == null ? null : of.fits().get(seed);
    }
  }

  private record Measured(Panel panel, int seed, NoisePoint point) {}

  static Findings add(
      Findings findings, Map<Panel, List<List<NoisePoint>>> runs, List<WindowFit> windows) {
    List<Fitted> fits = new ArrayList<>();
    for (WindowFit window : windows) {
      for (int seed = 0; seed < window.windows().size(); seed++) {
        fits.add(new Fitted(window, seed));
      }
      fits.add(new Fitted(window, null));
    }
    List<Measured> points = new ArrayList<>();
    runs.forEach(
        (panel, seeds) -> {
          for (int seed = 0; seed < seeds.size(); seed++) {
            for (NoisePoint point : seeds.get(seed)) {
              points.add(new Measured(panel, seed, point));
            }
          }
        });
    return findings
        .table(
            Csv.of("fits", fits)
                .column("panel", f -> f.of().panel().name())
                .column("window", f -> f.of().rule().label())
                .column("seed", f -> f.seed() == null ? "all" : f.seed())
                .column("slope", Fitted::slope)
                .column("standard_error", Fitted::error)
                .column("theory", f -> f.of().criterion().theory())
                .column("verdict", f -> f.seed() == null ? f.of().verdict() : null)
                .column("points", Fitted::points)
                .column("decades", f -> f.window(WindowFit::decades))
                .column("loss_from", f -> f.window(w -> losses(w).max().orElse(Double.NaN)))
                .column("loss_to", f -> f.window(w -> losses(w).min().orElse(Double.NaN)))
                .column("correlation_time", f -> f.fit(SlopeFit::correlationTime))
                .column("block", f -> f.fit() == null ? null : f.fit().block()))
        .table(
            Csv.of("noise_vs_loss", points)
                .column("panel", m -> m.panel().name())
                .column("seed", Measured::seed)
                .column("epoch", m -> m.point().epoch())
                .column("step", m -> m.point().step())
                .column("train_loss", m -> m.point().loss())
                .column("train_loss_standard_error", m -> m.point().lossError())
                .column("noise_strength", m -> m.point().noise())
                .column("noise_strength_standard_error", m -> m.point().noiseError())
                .column("gradient_norm_squared", m -> m.point().gradientNormSquared())
                .column("train_accuracy", m -> m.point().trainAccuracy())
                .column("test_accuracy", m -> m.point().testAccuracy()));
  }

  private static DoubleStream losses(List<NoisePoint> window) {
    return window.stream().mapToDouble(NoisePoint::loss);
  }
}
