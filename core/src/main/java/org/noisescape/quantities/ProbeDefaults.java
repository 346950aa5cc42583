package org.noisescape.quantities;

import org.noisescape.curvature.CurvatureOptions;

/** What a probe takes where the user says nothing; each value stands here only. */
public final class ProbeDefaults {
  /** Vectors of one product. */
  public static final int BLOCK = CurvatureOptions.BLOCK;

  /** Any number does; a fixed one makes probes repeatable. */
  public static final long SEED = 1;

  /** Residual of an eigenpair over the largest |eigenvalue|; within reach of float32. */
  public static final double RESIDUAL = 1e-4;

  /** Standard error of a random estimate over its size. */
  public static final double RELATIVE_ERROR = 0.01;

  /**
   * Products with vectors that one quantity may use at a checkpoint; a matrix of no larger
   * dimension is formed where that makes a number exact.
   */
  public static final int PRODUCTS = 4000;

  /** The same during training, where a probe comes again and again. */
  public static final int TRAINING_PRODUCTS = 400;

  /** GiB for activations that are kept between products, and for dense matrices. */
  public static final double MEMORY = 4;

  /**
   * Outputs up to which tr G is exact: a backward pass for each, where an estimate to a percent
   * takes some 90 products of about one gradient pass.
   */
  public static final int EXACT_TRACE_OUTPUTS = 256;

  /**
   * Vectors of a Krylov basis at most: the projected matrix is solved again and again in Java, in
   * cubic time.
   */
  public static final int LARGEST_BASIS = 1000;

  /** Rows of the sketch that holds the large eigenvalues when a trace is estimated. */
  public static final int SKETCH = 32;

  /** Largest eigenpairs that are taken exactly when a norm is estimated. */
  public static final int DEFLATED = 10;

  /** Smallest eigenpairs that bound the sum of the negative eigenvalues. */
  public static final int SMALLEST = 5;

  /** Eigenvalues at most this part of the largest count as degenerate in the determinant. */
  public static final double DEGENERATE = 1e-4;

  /**
   * Eigenvalues of at most so many roundings of the norm are zero as far as one can tell: products
   * of depth a few tens are that far off.
   */
  public static final int ROUNDINGS = 32;

  private ProbeDefaults() {}
}
