package org.noisescape.objective;

import org.noisescape.nn.BatchStatistics;

/**
 * How a {@link LinearizedRisk} is computed.
 *
 * @param directions K, vectors that are applied at once, ≥ 1
 * @param chunk samples of one pass, at most N, or 0 for a size that keeps activations near 128 MiB
 * @param retention whether the state at θ stays in memory
 * @param statistics where batch normalisations take mean and variance from, as in {@link
 *     RiskOptions}
 */
public record LinearizedOptions(
    int directions, int chunk, LinearizedRisk.Retention retention, BatchStatistics statistics) {
  /** Checks the numbers. */
  public LinearizedOptions {
    if (directions < 1) {
      throw new IllegalArgumentException("directions must be >= 1, got " + directions);
    }
    if (chunk < 0) {
      throw new IllegalArgumentException("chunk must be >= 1, or 0 for automatic, got " + chunk);
    }
  }

  /** So many directions at once, chunks of the automatic size, the state computed again. */
  public static LinearizedOptions of(int directions) {
    return new LinearizedOptions(
        directions, 0, LinearizedRisk.Retention.RECOMPUTED, BatchStatistics.none());
  }

  /** The same by chunks of so many samples. */
  public LinearizedOptions withChunk(int samples) {
    return new LinearizedOptions(directions, samples, retention, statistics);
  }

  /** The same with or without the state kept. */
  public LinearizedOptions with(LinearizedRisk.Retention other) {
    return new LinearizedOptions(directions, chunk, other, statistics);
  }

  /** The same with mean and variance of batch normalisations from there. */
  public LinearizedOptions withStatistics(BatchStatistics from) {
    return new LinearizedOptions(directions, chunk, retention, from);
  }
}
