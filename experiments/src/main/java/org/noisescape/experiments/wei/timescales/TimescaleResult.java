package org.noisescape.experiments.wei.timescales;

import java.util.List;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;

/**
 * What was measured.
 *
 * @param training how
 * @param prefix of the quantities of the top eigenspace
 * @param seeds all measurements of each seed
 * @param full all of parameter space, averaged over seeds
 * @param top the top eigenspace, averaged over seeds
 * @param curves both of each seed
 */
record TimescaleResult(
    TrainConfiguration training,
    String prefix,
    List<Metrics> seeds,
    StationarityCurve full,
    StationarityCurve top,
    List<Seed> curves) {
  /**
   * The curves of one seed.
   *
   * @param full all of parameter space
   * @param top the top eigenspace
   */
  record Seed(StationarityCurve full, StationarityCurve top) {}

  /** Copies the lists. */
  TimescaleResult {
    seeds = List.copyOf(seeds);
    curves = List.copyOf(curves);
  }

  private static final String FULL = "fdr_";

  /** The curves of both spaces. */
  static TimescaleResult of(TrainConfiguration training, String prefix, List<Metrics> seeds) {
    return new TimescaleResult(
        training,
        prefix,
        seeds,
        StationarityCurve.of(seeds, FULL),
        StationarityCurve.of(seeds, prefix),
        seeds.stream()
            .map(
                seed ->
                    new Seed(
                        StationarityCurve.of(List.of(seed), FULL),
                        StationarityCurve.of(List.of(seed), prefix)))
            .toList());
  }

  /** Network, data and optimizer in a few words. */
  String description() {
    String samples = training.subset() == null ? "" : " (" + training.subset() + " samples)";
    return "%s on %s%s, %s, %s, learning rate %s, batch %d"
        .formatted(
            training.model(),
            training.dataset(),
            samples,
            training.loss(),
            training.optimizer(),
            training.learningRate(),
            training.batch());
  }
}
