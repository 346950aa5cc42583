package org.noisescape.dynamics.landscape;

import java.util.function.DoubleUnaryOperator;

/** Noises of the curved directions of a {@link Valley}, zero in the degenerate ones. */
public final class ValleyNoise {
  private ValleyNoise() {}

  /**
   * C_ii = s λ_i(θ̂), aligned with the Hessian; s = (1/S)(1 − S/M). Source: Wei and Schwab, Eq. 10.
   */
  public static DiagonalNoise aligned(Valley valley, double strength) {
    DiagonalNoise.requireVariance("noise aligned with the Hessian", strength);
    int n = valley.curved();
    return new DiagonalNoise(
        (theta, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = i < n ? strength * valley.eigenvalue(i, theta) : 0;
          }
        });
  }

  /**
   * C_ii = s λ_i φ′(λ_i), which lowers f = Σ φ(λ_i). Source: Wei and Schwab, Eq. 12.
   *
   * @param slope φ′, not negative
   */
  public static DiagonalNoise designed(Valley valley, double strength, DoubleUnaryOperator slope) {
    DiagonalNoise.requireVariance("noise designed for a function of the spectrum", strength);
    int n = valley.curved();
    return new DiagonalNoise(
        (theta, into) -> {
          for (int i = 0; i < into.length; i++) {
            double lambda = i < n ? valley.eigenvalue(i, theta) : 0;
            into[i] = i < n ? strength * lambda * slope.applyAsDouble(lambda) : 0;
          }
        });
  }

  /** C_ii = σ². Source: Wei and Schwab, Corollary 2.1. */
  public static DiagonalNoise isotropic(Valley valley, double variance) {
    return DiagonalNoise.leading(valley.curved(), variance);
  }
}
