package org.noisescape.dl4j;

import org.noisescape.tensor.DType;

/**
 * How a {@link NoiseListener} measures.
 *
 * @param every iterations from one measurement to the next
 * @param eigenvalues how many of the Hessian's largest, from 0 on
 * @param dtype element type; null for that of DL4J's network
 * @param threads of the engine
 * @param residual of an eigenpair over the largest |eigenvalue|
 * @param products with vectors that the search may use, unless that does not fill its basis once
 * @param seed of the search's first vectors
 */
public record ListenerSettings(
    int every,
    int eigenvalues,
    DType dtype,
    int threads,
    double residual,
    int products,
    long seed) {
  /** As probes of the command line take where nothing is said. */
  private static final double RESIDUAL = 1e-4;

  private static final int PRODUCTS = 4000;

  /** Checks the numbers. */
  public ListenerSettings {
    if (every < 1) {
      throw new IllegalArgumentException("every must be >= 1 iteration, got " + every);
    }
    if (eigenvalues < 0) {
      throw new IllegalArgumentException("eigenvalues must be >= 0, got " + eigenvalues);
    }
    if (dtype == DType.INT32) {
      throw new IllegalArgumentException("measure in float32 or float64, got int32");
    }
  }

  /** Every so many iterations, with the 3 largest eigenvalues, on all processors. */
  public static ListenerSettings every(int iterations) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new ListenerSettings(iterations, 3, null, processors, RESIDUAL, PRODUCTS, 1);
  }

  /** The same with so many eigenvalues. */
  public ListenerSettings withEigenvalues(int count) {
    return new ListenerSettings(every, count, dtype, threads, residual, products, seed);
  }

  /** The same in this element type. */
  public ListenerSettings in(DType type) {
    return new ListenerSettings(every, eigenvalues, type, threads, residual, products, seed);
  }

  /** The same on so many threads. */
  public ListenerSettings withThreads(int count) {
    return new ListenerSettings(every, eigenvalues, dtype, count, residual, products, seed);
  }

  /** The same with eigenpairs to this residual, from at most so many products. */
  public ListenerSettings withResidual(double relative, int most) {
    return new ListenerSettings(every, eigenvalues, dtype, threads, relative, most, seed);
  }
}
