package org.noisescape.objective;

import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * A data set cut into chunks of one size, the last padded with samples of weight zero, alike for
 * all R replicas.
 */
final class ChunkPlan {
  private final int samples;
  private final int chunk;
  private final Tensor indices;
  private final Tensor[] chunkIndices;
  private final Tensor scale;

  ChunkPlan(int samples, int chunk, int replicas, Arena arena) {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk must be >= 1, got " + chunk);
    }
    this.samples = samples;
    this.chunk = Math.min(chunk, samples);
    int count = (samples + this.chunk - 1) / this.chunk;
    String remedy = "choose smaller chunks or fewer replicas";
    int row = Sizes.product("samples of a chunk", remedy, replicas, this.chunk);
    Sizes.product("samples of all chunks", remedy, count, row);
    this.indices = arena.reserve(DType.INT32, count, row);
    this.chunkIndices = new Tensor[count];
    for (int c = 0; c < count; c++) {
      chunkIndices[c] = indices.rows(c, 1).reshape(replicas, this.chunk);
    }
    this.scale = arena.reserve(DType.FLOAT64, replicas);
    arena.onCommit(this::fill);
  }

  /**
   * This, if batch statistics may be taken of its chunks.
   *
   * @throws IllegalArgumentException where padding would count as samples
   */
  ChunkPlan suiting(BatchStatistics statistics, Network network) {
    if (statistics.couplesSamples()
        && samples % chunk != 0
        && network.runningStatisticsCount() > 0) {
      int less = chunk;
      while (samples % less != 0) {
        less--;
      }
      throw new IllegalArgumentException(
          "statistics of batches of %d samples need a data set of whole batches, got %d samples: choose batches of %d"
              .formatted(chunk, samples, less));
    }
    return this;
  }

  private void fill() {
    int replicas = scale.dim(0);
    int[] rows = new int[Math.toIntExact(indices.size())];
    for (int i = 0; i < rows.length; i++) {
      int c = i / (replicas * chunk);
      rows[i] = Math.min(c * chunk + i % chunk, samples - 1);
    }
    indices.engine().memory().write(indices, rows);
    indices.engine().memory().fill(scale, 1.0 / samples);
  }

  /** N. */
  int samples() {
    return samples;
  }

  /** Samples of one pass. */
  int chunk() {
    return chunk;
  }

  /** Number of chunks. */
  int count() {
    return chunkIndices.length;
  }

  /** Samples of chunk c that are no padding. */
  int valid(int c) {
    return Math.min(chunk, samples - c * chunk);
  }

  /** Indices of chunk c, (R, chunk). */
  Tensor indices(int c) {
    return chunkIndices[c];
  }

  /** 1/N, (R) float64. */
  Tensor scale() {
    return scale;
  }

  /** The first chunk overwrites a sum, the others add to it. */
  static Accumulation accumulation(int c) {
    return c == 0 ? Accumulation.OVERWRITE : Accumulation.ADD;
  }
}
