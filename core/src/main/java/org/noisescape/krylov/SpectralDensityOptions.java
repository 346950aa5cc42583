package org.noisescape.krylov;

import org.noisescape.linop.LinearOperator;

/**
 * How finely a spectral density is estimated.
 *
 * @param vectors n ≥ 2, random vectors; the standard errors come from their spread
 * @param steps s, Lanczos steps of each, products a vector; at most P are taken
 * @param concurrent vectors that are worked on at once, with (s + 1) vectors of memory each
 * @param law distribution of the random vectors
 * @param seed of these
 */
public record SpectralDensityOptions(
    int vectors, int steps, int concurrent, VectorLaw law, long seed) {
  /**
   * Ghorbani, Krishnan and Xiao (2019), section 3.2: 10 vectors of 80 steps suffice for networks.
   */
  private static final int VECTORS = 10;

  private static final int STEPS = 80;

  /** Checks the ranges. */
  public SpectralDensityOptions {
    if (vectors < 2) {
      throw new IllegalArgumentException(
          "vectors must be >= 2, for standard errors, got " + vectors);
    }
    if (steps < 1 || concurrent < 1) {
      throw new IllegalArgumentException(
          "steps and concurrent must be >= 1, got " + steps + " and " + concurrent);
    }
  }

  /** Defaults: ten vectors of random signs, 80 steps, one vector at a time. */
  public static SpectralDensityOptions defaults(long seed) {
    return new SpectralDensityOptions(VECTORS, STEPS, 1, VectorLaw.SIGNS, seed);
  }

  /** The same with as many vectors at once as the operator's block. */
  public static SpectralDensityOptions of(LinearOperator operator, long seed) {
    return defaults(seed).withConcurrent(Math.clamp(operator.block(), 1, VECTORS));
  }

  /** Another number of vectors and steps. */
  public SpectralDensityOptions with(int newVectors, int newSteps) {
    return new SpectralDensityOptions(newVectors, newSteps, concurrent, law, seed);
  }

  /** Another number of vectors at once, for memory. */
  public SpectralDensityOptions withConcurrent(int newConcurrent) {
    return new SpectralDensityOptions(vectors, steps, newConcurrent, law, seed);
  }
}
