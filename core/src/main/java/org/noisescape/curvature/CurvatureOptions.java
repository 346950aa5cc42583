package org.noisescape.curvature;

import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.tensor.DType;

/**
 * How curvature is computed.
 *
 * @param dtype element type of the network and of vectors
 * @param block vectors that are applied at once, K ≥ 1
 * @param chunk samples of one pass, or 0 for a size that keeps activations near 128 MiB
 * @param retainedBytes memory up to which the state of all samples is kept between products, which
 *     saves a quarter of a Hessian-vector product or more
 * @param normalization RUNNING for batch normalisation in evaluation mode, BATCH for training mode
 *     with the chunks as batches
 */
public record CurvatureOptions(
    DType dtype, int block, int chunk, long retainedBytes, BatchStatistics.Kind normalization) {
  /**
   * Eight: copies of an eigenvalue that a block Lanczos run can tell apart, and vectors that share
   * the passes at θ where the state is recomputed.
   */
  public static final int BLOCK = 8;

  /** 2 GiB. */
  public static final long RETAINED_BYTES = 2L << 30;

  /** Checks the numbers. */
  public CurvatureOptions {
    if (block < 1) {
      throw new IllegalArgumentException("block must be >= 1, got " + block);
    }
    if (chunk < 0) {
      throw new IllegalArgumentException("chunk must be >= 1, or 0 for automatic, got " + chunk);
    }
    if (normalization != Kind.RUNNING && normalization != Kind.BATCH) {
      throw new IllegalArgumentException(
          "normalization must be RUNNING or BATCH, got " + normalization);
    }
    if (normalization == Kind.BATCH && chunk == 0) {
      throw new IllegalArgumentException(
          "statistics of batches need the size of the batches: give chunk");
    }
    if (retainedBytes < 0) {
      throw new IllegalArgumentException("retained bytes must be >= 0, got " + retainedBytes);
    }
  }

  /** Batch normalisation in evaluation mode. */
  public CurvatureOptions(DType dtype, int block, int chunk, long retainedBytes) {
    this(dtype, block, chunk, retainedBytes, Kind.RUNNING);
  }

  /** The defaults in an element type. */
  public static CurvatureOptions of(DType dtype) {
    return new CurvatureOptions(dtype, BLOCK, 0, RETAINED_BYTES);
  }

  /** The same with another block. */
  public CurvatureOptions withBlock(int vectors) {
    return new CurvatureOptions(dtype, vectors, chunk, retainedBytes, normalization);
  }

  /** The same with batch normalisation in training mode, by batches of so many samples. */
  public CurvatureOptions ofBatches(int samples) {
    return new CurvatureOptions(dtype, block, samples, retainedBytes, Kind.BATCH);
  }
}
