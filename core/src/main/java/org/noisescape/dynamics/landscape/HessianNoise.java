package org.noisescape.dynamics.landscape;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;

/**
 * g = ∇L(θ) + ξ, ξ ~ N(0, s H₊(θ)), H₊ the Hessian with its negative eigenvalues set to zero.
 *
 * <p>ξ = V √(s Λ₊) z with H = V Λ Vᵀ. Decomposed anew at every step, so for a handful of
 * parameters; unlike other noises it allocates. Where H is not finite, neither is g.
 *
 * @param strength s ≥ 0
 */
public record HessianNoise(double strength) implements LandscapeNoise {
  /** Checks s. */
  public HessianNoise {
    DiagonalNoise.requireVariance("noise aligned with the Hessian", strength);
  }

  @Override
  public Source bind(Landscape landscape) {
    int size = landscape.dimension();
    double[] flat = new double[size * size];
    double[][] rows = new double[size][size];
    return (theta, draws, into) -> {
      landscape.gradient(theta, into);
      landscape.hessian(theta, flat);
      boolean finite = true;
      for (int i = 0; i < size; i++) {
        System.arraycopy(flat, i * size, rows[i], 0, size);
        for (double element : rows[i]) {
          finite &= Double.isFinite(element);
        }
      }
      if (!finite) {
        java.util.Arrays.fill(into, Double.NaN);
        return;
      }
      EigenDecompositionSymmetric eigen =
          new EigenDecompositionSymmetric(new Array2DRowRealMatrix(rows, false));
      RandomStream normals = draws.of(Purpose.GRADIENT_NOISE);
      for (int k = 0; k < size; k++) {
        double variance = strength * Math.max(0, eigen.getEigenvalue(k));
        double amount = Math.sqrt(variance) * normals.nextGaussian();
        for (int i = 0; i < size; i++) {
          into[i] += amount * eigen.getV().getEntry(i, k);
        }
      }
    };
  }
}
