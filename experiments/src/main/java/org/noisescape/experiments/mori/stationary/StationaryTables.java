package org.noisescape.experiments.mori.stationary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.theory.mori.LogLandscape;

/** {@code tables/stationary.csv}, {@code fits.csv} and {@code histogram.csv} of a run folder. */
final class StationaryTables {
  private StationaryTables() {}

  static void write(Path run, List<StationaryPoint> points, StationaryHistogram histogram)
      throws IOException {
    CsvTable table =
        new CsvTable(
            "stationary",
            "learning_rate",
            "batch",
            "phi",
            "standard_error",
            "phi_paper",
            "phi_corrected");
    CsvTable fits =
        new CsvTable(
            "fits",
            "learning_rate",
            "batch",
            "phi",
            "phi_second_moment",
            "sandwich_error",
            "ks_distance",
            "ks_scaled",
            "samples",
            "effective_samples",
            "burn_in_samples",
            "judged",
            "verdict");
    for (StationaryPoint p : points) {
      LogLandscape theory = p.theory();
      table.row(
          p.learningRate(),
          p.batch(),
          p.exponent(),
          p.standardError(),
          theory.stationaryExponent(),
          theory.correctedStationaryExponent());
      boolean fitted = !p.diverged();
      fits.row(
          p.learningRate(),
          p.batch(),
          p.exponent(),
          p.secondMomentExponent(),
          fitted ? p.fit().sandwichError() : Double.NaN,
          fitted ? p.fit().distance() : Double.NaN,
          fitted ? p.fit().scaledDistance() : Double.NaN,
          fitted ? p.fit().points() : 0,
          fitted ? p.fit().effectiveSamples() : 0,
          p.burnIn().start(),
          StationaryCriterion.mayDecouple(theory) ? "corrected" : "apart",
          StationaryCriterion.judge(p));
    }
    table.write(run);
    fits.write(run);
    if (histogram != null) {
      CsvTable bins = new CsvTable("histogram", "from", "to", "count", "density", "standard_error");
      for (int k = 0; k < histogram.counts().length; k++) {
        bins.row(
            histogram.edges()[k],
            histogram.edges()[k + 1],
            histogram.counts()[k],
            histogram.density()[k],
            histogram.standardErrors()[k]);
      }
      bins.write(run);
    }
  }
}
