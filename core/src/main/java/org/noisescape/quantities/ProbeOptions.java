package org.noisescape.quantities;

import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.tensor.DType;

/**
 * How quantities are measured.
 *
 * @param block vectors of one product ≥ 1
 * @param seed of the random vectors
 * @param residual of an eigenpair over the largest |eigenvalue|, reached where a result counts as
 *     converged
 * @param relativeError standard error of a random estimate over its size, likewise
 * @param products products with vectors that one quantity may use
 * @param bytes memory for activations kept between products, and for each dense matrix
 * @param threads of dense eigenvalue problems
 */
public record ProbeOptions(
    int block,
    long seed,
    double residual,
    double relativeError,
    int products,
    long bytes,
    int threads) {
  /** Fewer say nothing about anything. */
  private static final int LEAST_PRODUCTS = 10;

  /** More vectors at once cost memory and save nothing. */
  private static final int MOST_BLOCK = 1024;

  /** Checks the ranges. */
  public ProbeOptions {
    if (block < 1 || block > MOST_BLOCK) {
      throw new IllegalArgumentException(
          "the block must be 1 to %d, got %d".formatted(MOST_BLOCK, block));
    }
    if (products < LEAST_PRODUCTS) {
      throw new IllegalArgumentException(
          "max-products must be >= %d, got %d".formatted(LEAST_PRODUCTS, products));
    }
    requireTolerance(residual);
    requireTolerance(relativeError);
    if (bytes < 0) {
      throw new IllegalArgumentException("the memory must be >= 0 GiB, got " + gibibytes(bytes));
    }
  }

  /** What a checkpoint is measured with unless users say otherwise. */
  public static ProbeOptions defaults(int threads) {
    return usual(ProbeDefaults.SEED, ProbeDefaults.PRODUCTS, threads);
  }

  /** What a run is measured with. */
  public static ProbeOptions training(long seed, int threads) {
    return usual(seed, ProbeDefaults.TRAINING_PRODUCTS, threads);
  }

  private static ProbeOptions usual(long seed, int products, int threads) {
    return new ProbeOptions(
        ProbeDefaults.BLOCK,
        seed,
        ProbeDefaults.RESIDUAL,
        ProbeDefaults.RELATIVE_ERROR,
        products,
        bytes(ProbeDefaults.MEMORY),
        threads);
  }

  /** The same with products of so many vectors at once. */
  public ProbeOptions withBlock(int vectors) {
    return new ProbeOptions(vectors, seed, residual, relativeError, products, bytes, threads);
  }

  /** The same with other random vectors. */
  public ProbeOptions withSeed(long other) {
    return new ProbeOptions(block, other, residual, relativeError, products, bytes, threads);
  }

  /**
   * The same with other tolerances.
   *
   * @param ofPairs residual of an eigenpair over the largest |eigenvalue|
   * @param ofEstimates standard error of a random estimate over its size
   */
  public ProbeOptions withTolerances(double ofPairs, double ofEstimates) {
    return new ProbeOptions(block, seed, ofPairs, ofEstimates, products, bytes, threads);
  }

  /** The same with so many products for one quantity. */
  public ProbeOptions withProducts(int most) {
    return new ProbeOptions(block, seed, residual, relativeError, most, bytes, threads);
  }

  /** The same with so much memory for activations, and for each dense matrix. */
  public ProbeOptions withMemory(double gibibytes) {
    return new ProbeOptions(
        block, seed, residual, relativeError, products, bytes(gibibytes), threads);
  }

  /** How curvature is computed. */
  public CurvatureOptions curvature(DType dtype) {
    return new CurvatureOptions(dtype, block, 0, bytes);
  }

  /** Bytes of a number of GiB. */
  public static long bytes(double gibibytes) {
    if (!(gibibytes >= 0 && gibibytes < 1 << 20)) {
      throw new IllegalArgumentException(
          "the memory must be from 0 to 1048575 GiB, got " + gibibytes);
    }
    return (long) (gibibytes * (1L << 30));
  }

  static String gibibytes(double bytes) {
    return String.format(java.util.Locale.ROOT, "%.3g GiB", bytes / (1L << 30));
  }

  private static void requireTolerance(double tolerance) {
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("the tolerance must lie in (0, 1), got " + tolerance);
    }
  }
}
