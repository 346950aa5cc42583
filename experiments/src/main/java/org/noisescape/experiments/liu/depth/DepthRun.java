package org.noisescape.experiments.liu.depth;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.Metrics;

/**
 * Networks of one depth trained at one rate, looked at where their training loss first meets a
 * target.
 *
 * @param depth hidden layers
 * @param rate η
 * @param errors test error of each seed, NaN where the target was not met
 * @param times η·steps of each seed when it was met
 */
record DepthRun(int depth, double rate, double[] errors, double[] times) {
  /** Reads a training; between two measurements both change linearly in log loss. */
  static DepthRun of(int depth, double rate, double target, List<Metrics> seeds) {
    double[] errors = new double[seeds.size()];
    double[] times = new double[seeds.size()];
    for (int s = 0; s < errors.length; s++) {
      errors[s] = Double.NaN;
      times[s] = Double.NaN;
      Map<String, Double> before = null;
      for (Map<String, Double> row : seeds.get(s).rows()) {
        if (!row.containsKey("train_loss")) {
          continue;
        }
        if (row.get("train_loss") <= target) {
          double share = before == null ? 1 : share(before, row, target);
          errors[s] = 1 - between(before, row, share, "test_accuracy");
          times[s] = rate * between(before, row, share, "step");
          break;
        }
        before = row;
      }
    }
    return new DepthRun(depth, rate, errors, times);
  }

  /** Whether every seed met the target. */
  boolean reached() {
    return Arrays.stream(errors).noneMatch(Double::isNaN);
  }

  SeedMean error() {
    return SeedMean.of(errors);
  }

  /** Difference from another rate, seed by seed: they begin with the same weights. */
  SeedMean minus(DepthRun other) {
    return SeedMean.of(
        IntStream.range(0, errors.length).mapToDouble(s -> errors[s] - other.errors[s]).toArray());
  }

  private static double share(Map<String, Double> before, Map<String, Double> row, double target) {
    double high = Math.log(before.get("train_loss"));
    double low = Math.log(Math.max(row.get("train_loss"), 1e-300));
    return (high - Math.log(target)) / (high - low);
  }

  private static double between(
      Map<String, Double> before, Map<String, Double> row, double share, String name) {
    double after = row.getOrDefault(name, Double.NaN);
    return share == 1 || before == null
        ? after
        : (1 - share) * before.getOrDefault(name, Double.NaN) + share * after;
  }
}
