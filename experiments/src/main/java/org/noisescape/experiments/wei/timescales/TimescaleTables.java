package org.noisescape.experiments.wei.timescales;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.report.Metrics;

/**
 * {@code tables/stationarity.csv} a line a measurement of a seed, and {@code curves.csv}, the
 * means.
 */
final class TimescaleTables {
  private static final List<String> OF_A_SPACE =
      List.of(
          "left",
          "right",
          "deviation",
          "deviation_standard_error",
          "half_left",
          "half_right",
          "half_deviation",
          "half_deviation_standard_error");

  private TimescaleTables() {}

  /** A measurement of a seed, by the names of its quantities. */
  private record Row(int seed, Map<String, Double> quantities) {
    Double of(String name) {
      return quantities.get(name);
    }
  }

  /** A point of a curve. */
  private record Mean(String space, StationarityCurve.Point point) {}

  static Findings add(Findings findings, TimescaleResult result) {
    List<Row> rows = new ArrayList<>();
    for (Metrics seed : result.seeds()) {
      seed.rows().forEach(row -> rows.add(new Row(seed.replica(), row)));
    }
    List<Mean> means = new ArrayList<>();
    result.full().points().forEach(point -> means.add(new Mean("full", point)));
    result.top().points().forEach(point -> means.add(new Mean("top", point)));
    Csv<Row> stationarity =
        Csv.of("stationarity", rows)
            .column("seed", Row::seed)
            .column("step", r -> r.of("step").longValue())
            .column("epoch", r -> r.of("epoch"))
            .column("train_loss", r -> r.of("train_loss"));
    for (String name : OF_A_SPACE) {
      stationarity.column("full_" + name, r -> r.of("fdr_" + name));
    }
    for (String name : OF_A_SPACE) {
      stationarity.column("top_" + name, r -> r.of(result.prefix() + name));
    }
    stationarity
        .column("top_eigenvalue", r -> r.of(result.prefix() + "eigenvalue"))
        .column("top_overlap", r -> r.of(result.prefix() + "overlap"));
    return findings
        .table(stationarity)
        .table(
            Csv.of("curves", means)
                .column("space", Mean::space)
                .column("epoch", m -> m.point().epoch())
                .column("half_deviation", m -> m.point().half())
                .column("half_deviation_standard_error", m -> m.point().halfError())
                .column("deviation", m -> m.point().window()));
  }
}
