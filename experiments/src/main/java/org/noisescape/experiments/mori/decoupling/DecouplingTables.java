package org.noisescape.experiments.mori.decoupling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.frame.CsvTable;

/** {@code tables/decoupling.csv}, {@code comparisons.csv} and {@code spectra.csv}. */
final class DecouplingTables {
  private static final double[] CUTS = {1e-1, 1e-2, DecouplingCriterion.CUT, 1e-4, 1e-5};

  private DecouplingTables() {}

  static void write(Path run, List<DecouplingPoint> points) throws IOException {
    summary(points).write(run);
    comparisons(points).write(run);
    spectra(points).write(run);
  }

  private static CsvTable summary(List<DecouplingPoint> points) {
    CsvTable table =
        new CsvTable(
            "decoupling",
            "epoch",
            "seed",
            "loss",
            "noise_strength",
            "noise_from_exact",
            "noise_from_decoupled",
            "gradient_norm_squared",
            "trace_ratio",
            "correlation",
            "participation",
            "cosine",
            "cosine_shuffled",
            "cosine_shuffled_deviation",
            "eigenvalue_error");
    for (DecouplingPoint p : points) {
      table.row(
          p.epoch(),
          p.seed(),
          p.loss(),
          p.noiseStrength(),
          p.exactNoise(),
          p.decoupledNoise(),
          p.gradientNormSquared(),
          p.traceRatio(),
          p.correlation(),
          p.participation(),
          p.cosine(),
          p.shuffledCosine(),
          p.shuffledDeviation(),
          p.error());
    }
    return table;
  }

  private static CsvTable comparisons(List<DecouplingPoint> points) {
    CsvTable table =
        new CsvTable(
            "comparisons",
            "epoch",
            "seed",
            "losses",
            "cut",
            "eigenvalues",
            "median_log10_ratio",
            "maximum_log10_ratio");
    for (DecouplingPoint p : points) {
      for (double cut : CUTS) {
        row(table, p, "own", SpectrumComparison.of(p.exact(), p.decoupled(), cut));
        row(table, p, "shuffled", SpectrumComparison.of(p.shuffled(), p.decoupled(), cut));
      }
    }
    return table;
  }

  private static void row(CsvTable table, DecouplingPoint p, String losses, SpectrumComparison c) {
    table.row(p.epoch(), p.seed(), losses, c.cut(), c.count(), c.median(), c.maximum());
  }

  private static CsvTable spectra(List<DecouplingPoint> points) {
    CsvTable table =
        new CsvTable("spectra", "epoch", "seed", "rank", "exact", "decoupled", "shuffled");
    for (DecouplingPoint p : points) {
      for (int i = 0; i < p.exact().length; i++) {
        table.row(p.epoch(), p.seed(), i + 1, p.exact()[i], p.decoupled()[i], p.shuffled()[i]);
      }
    }
    return table;
  }
}
