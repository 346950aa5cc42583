package org.noisescape.experiments.mori.noise;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.noisescape.experiments.fit.SlopeFit;
import org.noisescape.files.WholeFile;

/** {@code tables/fits.csv} and {@code tables/noise_vs_loss.csv} of a run folder. */
final class NoiseTables {
  private NoiseTables() {}

  static void write(Path run, Map<Panel, List<List<NoisePoint>>> runs, List<WindowFit> fits)
      throws IOException {
    Path folder = WholeFile.folder(run.resolve("tables"));
    WholeFile.write(folder.resolve("fits.csv"), fits(fits));
    WholeFile.write(folder.resolve("noise_vs_loss.csv"), points(runs));
  }

  private static String fits(List<WindowFit> fits) {
    StringBuilder text =
        new StringBuilder(
            "panel,window,seed,slope,standard_error,theory,verdict,points,decades,loss_from,loss_to,correlation_time,block\n");
    for (WindowFit fit : fits) {
      for (int seed = 0; seed < fit.windows().size(); seed++) {
        List<NoisePoint> window = fit.windows().get(seed);
        SlopeFit slope = fit.fits().get(seed);
        row(
            text,
            fit.panel().name(),
            fit.rule().label(),
            seed,
            slope == null ? Double.NaN : slope.slope(),
            slope == null ? Double.NaN : slope.standardError(),
            fit.criterion().theory(),
            "",
            window.size(),
            WindowFit.decades(window),
            window.stream().mapToDouble(NoisePoint::loss).max().orElse(Double.NaN),
            window.stream().mapToDouble(NoisePoint::loss).min().orElse(Double.NaN),
            slope == null ? Double.NaN : slope.correlationTime(),
            slope == null ? "" : slope.block());
      }
      row(
          text,
          fit.panel().name(),
          fit.rule().label(),
          "all",
          fit.estimate().slope(),
          fit.estimate().standardError(),
          fit.criterion().theory(),
          fit.verdict(),
          fit.estimate().points(),
          "",
          "",
          "",
          "",
          "");
    }
    return text.toString();
  }

  private static String points(Map<Panel, List<List<NoisePoint>>> runs) {
    StringBuilder text =
        new StringBuilder(
            "panel,seed,epoch,step,train_loss,train_loss_standard_error,noise_strength,noise_strength_standard_error,gradient_norm_squared,train_accuracy,test_accuracy\n");
    runs.forEach(
        (panel, seeds) -> {
          for (int seed = 0; seed < seeds.size(); seed++) {
            for (NoisePoint p : seeds.get(seed)) {
              row(
                  text,
                  panel.name(),
                  seed,
                  p.epoch(),
                  p.step(),
                  p.loss(),
                  p.lossError(),
                  p.noise(),
                  p.noiseError(),
                  p.gradientNormSquared(),
                  p.trainAccuracy(),
                  p.testAccuracy());
            }
          }
        });
    return text.toString();
  }

  /** A line of cells, empty for NaN. */
  private static void row(StringBuilder text, Object... cells) {
    text.append(
            Stream.of(cells)
                .map(cell -> cell instanceof Double d && d.isNaN() ? "" : cell.toString())
                .collect(Collectors.joining(",")))
        .append('\n');
  }
}
