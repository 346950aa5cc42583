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
public record NoiseSettings(
    int every, int eigenvalues, DType dtype, int threads, double residual, int products, long seed) {
  /** As probes of the command line take where nothing is said. */
  private static final double RESIDUAL = 1e-4;

  private static final int PRODUCTS = 4000;

  /** Checks the numbers. */
  public NoiseSettings {
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
  public static NoiseSettings every(int iterations) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new NoiseSettings(iterations, 3, null, processors, RESIDUAL, PRODUCTS, 1);
  }

  /** The same with so many eigenvalues. */
  public NoiseSettings withEigenvalues(int count) {
    return new NoiseSettings(every, count, dtype, threads, residual, products, seed);
  }

  /** The same in this element type. */
  public NoiseSettings in(DType type) {
    return new NoiseSettings(every, eigenvalues, type, threads, residual, products, seed);
  }

  /** The same on so many threads. */
  public NoiseSettings withThreads(int count) {
    return new NoiseSettings(every, eigenvalues, dtype, count, residual, products, seed);
  }

  /** The same with eigenpairs to this residual, from at most so many products. */
  public NoiseSettings withResidual(double relative, int most) {
    return new NoiseSettings(every, eigenvalues, dtype, threads, relative, most, seed);
  }
}
