package org.noisescape.experiments.mori.networkpassage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;

/**
 * {@code tables/first_passage.csv}, {@code slopes.csv} and {@code passages.csv} of a run folder; d
 * is the number of parameters, theory_slope that with h* and n (Eq. 44) measured.
 */
final class NetworkPassageTables {
  private NetworkPassageTables() {}

  static void write(
      Path run, List<NetworkPassageCurve> curves, NetworkPassageFit fit, HessianPoint minimum)
      throws IOException {
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
            "learning_rate",
            "batch",
            "slope",
            "standard_error",
            "r_squared",
            "c_from",
            "c_to",
            "largest",
            "effective_dimension",
            "theory_slope",
            "fitted_dimension",
            "fitted_slope",
            "corrected_slope",
            "early_slope",
            "early_standard_error");
    CsvTable passages =
        new CsvTable("passages", "learning_rate", "c", "replica", "time", "observed");
    for (NetworkPassageCurve curve : curves) {
      double rate = curve.theory().learningRate();
      double n = minimum.effectiveDimension();
      for (PassagePoint p : curve.points()) {
        MeanPassageTime mean = p.mean();
        table.row(
            minimum.parameters(),
            rate,
            curve.theory().batch(),
            p.level(),
            mean.value(),
            mean.standardError(),
            mean.replicas(),
            mean.censored(),
            curve.theory().passageSlope(n));
        for (int r = 0; r < p.times().replicas(); r++) {
          passages.row(rate, p.level(), r, p.times().times()[r], p.times().observed()[r]);
        }
      }
      PassageSlope slope = curve.slope();
      boolean none = slope.window().isEmpty();
      slopes.row(
          rate,
          curve.theory().batch(),
          slope.slope(),
          slope.standardError(),
          slope.correlation(),
          none ? Double.NaN : slope.window().getFirst().level(),
          none ? Double.NaN : slope.window().getLast().level(),
          minimum.largest(),
          n,
          curve.theory().passageSlope(n),
          fit.dimension(),
          NetworkPassageCriterion.slopeOf(curve, fit),
          curve.theory().correctedPassageSlope(n),
          curve.early().slope(),
          curve.early().standardError());
    }
    table.write(run);
    slopes.write(run);
    passages.write(run);
  }
}
