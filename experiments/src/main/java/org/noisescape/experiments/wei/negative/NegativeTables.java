package org.noisescape.experiments.wei.negative;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.frame.CsvTable;

/** {@code states.csv}, {@code runs.csv} and {@code lines.csv} of a run folder. */
final class NegativeTables {
  private NegativeTables() {}

  static void write(
      Path run,
      List<RunSpectrum> minima,
      List<RunSpectrum> runs,
      List<SeedLine> lines,
      double floor)
      throws IOException {
    CsvTable states = states();
    CsvTable means = means();
    minima.forEach(minimum -> rows(states, means, "descent", minimum, floor));
    runs.forEach(r -> rows(states, means, "sgd", r, floor));
    states.write(run);
    means.write(run);
    lines(lines).write(run);
  }

  private static CsvTable states() {
    return new CsvTable(
        "states",
        "stage",
        "batch",
        "learning_rate",
        "seed",
        "epoch",
        "loss",
        "excess_loss",
        "gradient_norm_squared",
        "negative_sum",
        "negative_sum_error_bound",
        "negative_count",
        "smallest",
        "largest",
        "trace",
        "active_parameters");
  }

  private static CsvTable means() {
    return new CsvTable(
        "runs",
        "stage",
        "batch",
        "learning_rate",
        "seed",
        "states",
        "excess_loss",
        "excess_loss_standard_error",
        "negative_sum",
        "negative_sum_standard_error",
        "negative_sum_of_mean_hessian");
  }

  private static void rows(
      CsvTable states, CsvTable means, String stage, RunSpectrum run, double floor) {
    for (StateSpectrum state : run.states()) {
      NegativePart negative = state.negative();
      states.row(
          stage,
          run.batch(),
          run.learningRate(),
          run.seed(),
          state.epoch(),
          state.loss(),
          state.loss() - floor,
          state.gradientNormSquared(),
          negative.sum(),
          negative.sumError(),
          negative.count(),
          negative.smallest(),
          negative.largest(),
          negative.trace(),
          negative.active());
    }
    means.row(
        stage,
        run.batch(),
        run.learningRate(),
        run.seed(),
        run.states().size(),
        run.loss().mean() - floor,
        run.loss().standardError(),
        run.negativeSum().mean(),
        run.negativeSum().standardError(),
        run.ofMeanHessian().sum());
  }

  private static CsvTable lines(List<SeedLine> lines) {
    CsvTable table =
        new CsvTable(
            "lines",
            "seed",
            "runs",
            "slope",
            "slope_standard_error",
            "intercept",
            "intercept_standard_error",
            "r_squared",
            "reverse_slope",
            "exponent",
            "largest_sum",
            "loss_ratio");
    for (SeedLine line : lines) {
      table.row(
          line.seed(),
          line.runs(),
          line.slope(),
          line.slopeError(),
          line.intercept(),
          line.interceptError(),
          line.rSquared(),
          line.reverseSlope(),
          line.exponent(),
          line.largest(),
          line.ratio());
    }
    return table;
  }
}
