package org.noisescape.experiments.mori;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.CsvTable;

/**
 * {@code tables/first_passage.csv}, {@code slopes.csv}, {@code tails.csv} and {@code passages.csv}
 * of a run folder.
 */
final class PassageTables {
  private PassageTables() {}

  static void write(Path run, List<PassageCurve> curves) throws IOException {
    CsvTable table =
        new CsvTable(
            "first_passage",
            "d",
            "learning_rate",
            "batch",
            "c",
            "mean_time",
            "standard_error",
            "replicas",
            "censored",
            "theory_slope");
    CsvTable slopes =
        new CsvTable(
            "slopes",
            "d",
            "slope",
            "standard_error",
            "theory_slope",
            "equation_14_slope",
            "corrected_slope",
            "c_from",
            "c_to",
            "thresholds",
            "verdict");
    CsvTable tails =
        new CsvTable(
            "tails",
            "d",
            "c",
            "lower",
            "upper",
            "method",
            "reliable",
            "equation_14_time",
            "tail_delay",
            "tail_rate",
            "tail_rate_error",
            "tail_p",
            "tail_exponential");
    CsvTable passages = new CsvTable("passages", "d", "c", "replica", "time", "observed");
    for (PassageCurve curve : curves) {
      for (PassagePoint p : curve.points()) {
        MeanPassageTime mean = p.mean();
        table.row(
            curve.dimension(),
            curve.theory().learningRate(),
            curve.theory().batch(),
            p.level(),
            mean.value(),
            mean.standardError(),
            mean.replicas(),
            mean.censored(),
            curve.theorySlope());
        ExponentialTail tail = ExponentialTail.of(p.times());
        tails.row(
            curve.dimension(),
            p.level(),
            mean.lower(),
            mean.upper(),
            mean.method(),
            mean.reliable(),
            curve.equation().meanTime(p.level()).value(),
            tail.delay(),
            tail.rate(),
            tail.standardError(),
            tail.pValue(),
            tail.exponential());
        for (int r = 0; r < mean.replicas(); r++) {
          passages.row(
              curve.dimension(), p.level(), r, p.times().times()[r], p.times().observed()[r]);
        }
      }
      List<PassagePoint> window = curve.window();
      slopes.row(
          curve.dimension(),
          curve.slope(),
          curve.standardError(),
          curve.theorySlope(),
          curve.equationSlope(),
          curve.theory().correctedPassageSlope(curve.dimension()),
          window.isEmpty() ? Double.NaN : window.getFirst().level(),
          window.isEmpty() ? Double.NaN : window.getLast().level(),
          window.size(),
          PassageCriterion.judge(curve));
    }
    table.write(run);
    slopes.write(run);
    tails.write(run);
    passages.write(run);
  }
}
