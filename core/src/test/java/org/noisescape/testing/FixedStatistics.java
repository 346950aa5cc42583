package org.noisescape.testing;

import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;

/** Running statistics of awkward values: means and variances around 1. */
public final class FixedStatistics {
  private FixedStatistics() {}

  /** Statistics of a kind; memory is reserved. */
  public static BatchStatistics of(Kind kind, Network network, Arena arena, int replicas) {
    if (kind == Kind.NONE) {
      return BatchStatistics.none();
    }
    return kind == Kind.BATCH
        ? BatchStatistics.ofBatch()
        : new BatchStatistics(
            kind, arena.reserve(DType.FLOAT64, replicas, network.runningStatisticsCount()));
  }

  /** Writes them once the memory is there. */
  public static void write(BatchStatistics statistics) {
    if (statistics.running() == null) {
      return;
    }
    int replicas = statistics.running().dim(0);
    int count = statistics.running().dim(1);
    double[] normals = Vectors.normals(17, count);
    double[] values = new double[replicas * count];
    for (int i = 0; i < values.length; i++) {
      // means and variances alike, for variances must be positive; every replica the same
      values[i] = Math.exp(0.4 * normals[i % count]);
    }
    statistics.running().engine().memory().write(statistics.running(), values);
  }
}
