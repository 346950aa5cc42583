package org.noisescape.experiments.mori.critical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/**
 * {@code tables/critical_learning_rate.csv}, {@code jumps.csv} and {@code ramps.csv} of a run
 * folder.
 */
final class CriticalTables {
  private CriticalTables() {}

  static void write(Path run, List<CriticalPoint> points) throws IOException {
    CsvTable table =
        new CsvTable(
            "critical_learning_rate",
            "initial_learning_rate",
            "initial_batch",
            "batch",
            "seed",
            "loss",
            "largest",
            "effective_dimension",
            "critical_learning_rate",
            "standard_error",
            "replicas",
            "censored",
            "theory_slides",
            "theory_corrected",
            "stability_limit");
    CsvTable jumps =
        new CsvTable(
            "jumps",
            "initial_learning_rate",
            "initial_batch",
            "seed",
            "hold",
            "replica",
            "factor",
            "critical_learning_rate");
    CsvTable ramps =
        new CsvTable(
            "ramps",
            "initial_learning_rate",
            "initial_batch",
            "seed",
            "hold",
            "replica",
            "learning_rate",
            "loss");
    for (CriticalPoint p : points) {
      CriticalMinimum m = p.minimum();
      table.row(
          m.learningRate(),
          m.batch(),
          p.batch(),
          m.seed(),
          m.loss(),
          m.largest(),
          m.effectiveDimension(),
          p.critical(),
          p.standardError(),
          p.ramp().replicas(),
          p.censored(),
          p.predicted(Prediction.SLIDES),
          p.predicted(Prediction.CORRECTED),
          p.predicted(Prediction.STABILITY));
      for (CriticalRamp ramp : List.of(p.ramp(), p.slow())) {
        rows(m, ramp, jumps, ramps);
      }
    }
    table.write(run);
    jumps.write(run);
    ramps.write(run);
  }

  private static void rows(CriticalMinimum m, CriticalRamp ramp, CsvTable jumps, CsvTable ramps) {
    long hold = ramp.rates().hold();
    for (int r = 0; r < ramp.replicas(); r++) {
      for (int c = 0; c < ramp.factors().length; c++) {
        jumps.row(
            m.learningRate(),
            m.batch(),
            m.seed(),
            hold,
            r,
            ramp.factors()[c],
            ramp.critical()[c][r]);
      }
      double[] eta = ramp.rates(r);
      for (int i = 0; i < eta.length; i++) {
        ramps.row(m.learningRate(), m.batch(), m.seed(), hold, r, eta[i], ramp.losses()[r][i]);
      }
    }
  }
}
