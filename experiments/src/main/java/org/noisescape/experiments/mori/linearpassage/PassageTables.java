package org.noisescape.experiments.mori.linearpassage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.theory.mori.LogLandscape;

/**
 * {@code tables/first_passage.csv}, {@code slopes.csv}, {@code tails.csv} and {@code passages.csv}
 * of a run folder.
 */
final class PassageTables {
  private PassageTables() {}

  static void write(Path run, List<PassageEnsemble> ensembles) throws IOException {
    means(ensembles).write(run);
    slopes(ensembles).write(run);
    CsvTable curves =
        new CsvTable(
            "data_sets",
            "d",
            "data_set",
            "c",
            "mean_time",
            "standard_error",
            "lower",
            "upper",
            "censored",
            "method",
            "reliable",
            "equation_14_time",
            "tail_delay",
            "tail_rate",
            "tail_rate_error",
            "tail_p",
            "tail_exponential");
    CsvTable passages = new CsvTable("passages", "d", "data_set", "c", "replica", "time", "passed");
    for (PassageEnsemble ensemble : ensembles) {
      for (int i = 0; i < ensemble.curves().size(); i++) {
        PassageCurve curve = ensemble.curves().get(i);
        for (PassagePoint p : curve.points()) {
          double equation = curve.equation().meanTime(p.level()).value();
          row(curves, ensemble.dimension(), i, p, equation);
          for (int r = 0; r < p.times().replicas(); r++) {
            passages.row(
                ensemble.dimension(),
                i,
                p.level(),
                r,
                p.times().times()[r],
                p.times().observed()[r]);
          }
        }
      }
    }
    curves.write(run);
    passages.write(run);
  }

  private static CsvTable means(List<PassageEnsemble> ensembles) {
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
    for (PassageEnsemble ensemble : ensembles) {
      LogLandscape theory = ensemble.curves().getFirst().theory();
      for (int c = 0; c < ensemble.thresholds(); c++) {
        table.row(
            ensemble.dimension(),
            theory.learningRate(),
            theory.batch(),
            ensemble.level(c),
            ensemble.time(c).mean(),
            ensemble.timeError(c),
            ensemble.replicas(),
            ensemble.censored(c),
            ensemble.theorySlope());
      }
    }
    return table;
  }

  private static CsvTable slopes(List<PassageEnsemble> ensembles) {
    CsvTable table =
        new CsvTable(
            "slopes",
            "d",
            "slope",
            "standard_error",
            "data_sets",
            "theory_slope",
            "corrected_slope",
            "equation_14_slope",
            "c_from",
            "c_to",
            "thresholds",
            "verdict");
    for (PassageEnsemble ensemble : ensembles) {
      int[] window = ensemble.window();
      boolean empty = window.length == 0;
      table.row(
          ensemble.dimension(),
          ensemble.slope(),
          ensemble.standardError(),
          ensemble.curves().size(),
          ensemble.theorySlope(),
          ensemble.correctedSlope(),
          ensemble.equationSlope(),
          empty ? Double.NaN : ensemble.level(window[0]),
          empty ? Double.NaN : ensemble.level(window[window.length - 1]),
          window.length,
          PassageCriterion.judge(ensemble));
    }
    return table;
  }

  private static void row(
      CsvTable table, int dimension, int dataSet, PassagePoint p, double equation) {
    MeanPassageTime mean = p.mean();
    ExponentialTail tail = ExponentialTail.of(p.times());
    table.row(
        dimension,
        dataSet,
        p.level(),
        mean.value(),
        mean.standardError(),
        mean.lower(),
        mean.upper(),
        mean.censored(),
        mean.method(),
        mean.reliable(),
        equation,
        tail.delay(),
        tail.rate(),
        tail.standardError(),
        tail.pValue(),
        tail.exponential());
  }
}
