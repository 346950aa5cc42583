package org.noisescape.experiments.mori.stationary;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;

/** {@code tables/stationary.csv}, {@code fits.csv} and {@code histogram.csv} of a run folder. */
final class StationaryTables {
  private StationaryTables() {}

  /**
   * Adds them.
   *
   * @param histogram none where no distribution is shown
   */
  static Findings add(
      Findings findings, List<StationaryPoint> points, Optional<StationaryHistogram> histogram) {
    Findings both =
        findings
            .table(
                Csv.of("stationary", points)
                    .column("learning_rate", StationaryPoint::learningRate)
                    .column("batch", StationaryPoint::batch)
                    .column("phi", StationaryPoint::exponent)
                    .column("standard_error", StationaryPoint::standardError)
                    .column("phi_paper", p -> p.theory().stationaryExponent())
                    .column("phi_corrected", p -> p.theory().correctedStationaryExponent()))
            .table(
                Csv.of("fits", points)
                    .column("learning_rate", StationaryPoint::learningRate)
                    .column("batch", StationaryPoint::batch)
                    .column("phi", StationaryPoint::exponent)
                    .column("phi_second_moment", StationaryPoint::secondMomentExponent)
                    .column("sandwich_error", p -> fitted(p, PowerLawFit::sandwichError))
                    .column("ks_distance", p -> fitted(p, PowerLawFit::distance))
                    .column("ks_scaled", p -> fitted(p, PowerLawFit::scaledDistance))
                    .column("samples", p -> p.diverged() ? 0 : p.fit().points())
                    .column("effective_samples", p -> p.diverged() ? 0 : p.fit().effectiveSamples())
                    .column("burn_in_samples", p -> p.burnIn().start())
                    .column(
                        "judged",
                        p -> StationaryCriterion.mayDecouple(p.theory()) ? "corrected" : "apart")
                    .column(
                        "verdict",
                        p -> StationaryCriterion.exponent(p).judge(p.estimate()).verdict())
                    .column("excess_kurtosis", p -> p.kurtosis().value())
                    .column("excess_kurtosis_error", p -> p.kurtosis().standardError())
                    .column(
                        "excess_kurtosis_power_law", p -> StationaryLaw.POWER.kurtosis(p.theory()))
                    .column("excess_kurtosis_exact", p -> StationaryLaw.exactKurtosis(p.theory())));
    return histogram.map(bins -> both.table(bins(bins))).orElse(both);
  }

  private static double fitted(StationaryPoint point, ToDoubleFunction<PowerLawFit> quantity) {
    return point.diverged() ? Double.NaN : quantity.applyAsDouble(point.fit());
  }

  private static Csv<Integer> bins(StationaryHistogram histogram) {
    return Csv.of("histogram", IntStream.range(0, histogram.counts().length).boxed().toList())
        .column("from", k -> histogram.edges()[k])
        .column("to", k -> histogram.edges()[k + 1])
        .column("count", k -> histogram.counts()[k])
        .column("density", k -> histogram.density()[k])
        .column("standard_error", k -> histogram.standardErrors()[k]);
  }
}
