package org.noisescape.objective;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Data of one replica cut into chunks of one size, the last padded with samples of weight zero. */
final class ChunkPlan {
  private final int samples;
  private final int chunk;
  private final Tensor indices;
  private final Tensor[] chunkIndices;
  private final Tensor scale;

  ChunkPlan(int samples, int chunk, Arena arena) {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk must be >= 1, got " + chunk);
    }
    this.samples = samples;
    this.chunk = Math.min(chunk, samples);
    int count = (samples + this.chunk - 1) / this.chunk;
    this.indices = arena.reserve(DType.INT32, count, this.chunk);
    this.chunkIndices = new Tensor[count];
    for (int c = 0; c < count; c++) {
      chunkIndices[c] = indices.rows(c, 1);
    }
    this.scale = arena.reserve(DType.FLOAT64, 1);
  }

  /** Fills the tables once memory is there. */
  void prepare() {
    int[] rows = new int[Math.toIntExact(indices.size())];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Math.min(i, samples - 1);
    }
    indices.engine().memory().write(indices, rows);
    indices.engine().memory().write(scale, 1.0 / samples);
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

  /** Indices of chunk c, (1, chunk). */
  Tensor indices(int c) {
    return chunkIndices[c];
  }

  /** 1/N, (1) float64. */
  Tensor scale() {
    return scale;
  }

  /** The first chunk overwrites a sum, the others add to it. */
  static Accumulation accumulation(int c) {
    return c == 0 ? Accumulation.OVERWRITE : Accumulation.ADD;
  }
}
