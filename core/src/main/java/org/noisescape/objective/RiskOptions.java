package org.noisescape.objective;

import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Network.Backward;

/**
 * How an {@link EmpiricalRisk} is computed.
 *
 * @param replicas R, parameter vectors of a pass, ≥ 1
 * @param chunk samples of one pass, at most N, or 0 for a size that keeps activations near 128 MiB
 * @param backward whether gradients will be asked for
 * @param statistics where batch normalisations take mean and variance from; with {@link
 *     BatchStatistics#ofBatch} the risk is the mean over chunks, each normalised by its own
 *     statistics: a function of θ and the size of the chunks, which must divide N
 */
public record RiskOptions(int replicas, int chunk, Backward backward, BatchStatistics statistics) {
  /** Checks the numbers. */
  public RiskOptions {
    if (replicas < 1) {
      throw new IllegalArgumentException("the number of replicas must be >= 1, got " + replicas);
    }
    if (chunk < 0) {
      throw new IllegalArgumentException("chunk must be >= 1, or 0 for automatic, got " + chunk);
    }
  }

  /** Values only, of one replica, by chunks of the automatic size. */
  public static RiskOptions values() {
    return new RiskOptions(1, 0, Backward.NO, BatchStatistics.none());
  }

  /** The same with gradients. */
  public static RiskOptions gradients() {
    return values().with(Backward.YES);
  }

  /** The same with or without gradients. */
  public RiskOptions with(Backward other) {
    return new RiskOptions(replicas, chunk, other, statistics);
  }

  /** The same of so many replicas. */
  public RiskOptions withReplicas(int count) {
    return new RiskOptions(count, chunk, backward, statistics);
  }

  /** The same by chunks of so many samples. */
  public RiskOptions withChunk(int samples) {
    return new RiskOptions(replicas, samples, backward, statistics);
  }

  /** The same with mean and variance of batch normalisations from there. */
  public RiskOptions withStatistics(BatchStatistics from) {
    return new RiskOptions(replicas, chunk, backward, from);
  }
}
