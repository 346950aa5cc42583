package org.noisescape.theory.liu;

import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.util.Precision;

/**
 * z_t = Fz_{t−1} + Gη with Cov η = C₀ + 𝓛[Σ], where Σ is the covariance of the first D components.
 *
 * <p>The covariance P of z obeys P = FPFᵀ + G(C₀ + 𝓛[Σ])Gᵀ, linear in P: one equation for each
 * entry of the lower triangle, solved by LU. Cost O(n⁶) for n components.
 *
 * @param transition F, shape (n, n)
 * @param input G, shape (n, D)
 */
record LinearRecursion(RealMatrix transition, RealMatrix input) {
  /** Rounding of the solution relative to its largest eigenvalue. */
  private static final double ROUNDING = 1e-9;

  /** Heavy ball on (w, m): m ← μm + Kw + η, w ← w − λm. */
  static LinearRecursion heavyBall(HeavyBallSgd rule, RealMatrix hessian) {
    int d = hessian.getRowDimension();
    double rate = rule.learningRate();
    double mu = rule.momentum();
    RealMatrix identity = MatrixUtils.createRealIdentityMatrix(d);
    RealMatrix decay = identity.subtract(hessian.scalarMultiply(rate));
    if (mu == 0) {
      return new LinearRecursion(decay, identity.scalarMultiply(-rate));
    }
    RealMatrix transition = MatrixUtils.createRealMatrix(2 * d, 2 * d);
    transition.setSubMatrix(decay.getData(), 0, 0);
    transition.setSubMatrix(identity.scalarMultiply(-rate * mu).getData(), 0, d);
    transition.setSubMatrix(hessian.getData(), d, 0);
    transition.setSubMatrix(identity.scalarMultiply(mu).getData(), d, d);
    RealMatrix input = MatrixUtils.createRealMatrix(2 * d, d);
    input.setSubMatrix(identity.scalarMultiply(-rate).getData(), 0, 0);
    input.setSubMatrix(identity.getData(), d, 0);
    return new LinearRecursion(transition, input);
  }

  /**
   * The stationary Σ, or empty where the second moment grows without bound.
   *
   * <p>P ↦ FPFᵀ + G𝓛[Σ]Gᵀ maps covariances to covariances, so with C₀ = I, which shakes every
   * direction, a fixed point that is a covariance exists if and only if second moments stay finite:
   * a solution with a negative eigenvalue says that they do not. That is asked first, since a C₀ of
   * lower rank may leave the growing direction alone.
   */
  Optional<double[][]> stationary(AffineNoise noise) {
    int d = input.getColumnDimension();
    RealMatrix bounded;
    RealMatrix wanted;
    try {
      DecompositionSolver solver = new LUDecomposition(system(noise)).getSolver();
      RealMatrix identity = MatrixUtils.createRealIdentityMatrix(d);
      bounded = symmetric(solver.solve(lowerTriangle(injected(identity))));
      wanted = symmetric(solver.solve(lowerTriangle(injected(noise.constantPart()))));
    } catch (MathIllegalArgumentException e) {
      return Optional.empty(); // singular: exactly at the edge of stability
    }
    double[] values =
        new EigenDecompositionSymmetric(bounded, Precision.EPSILON, true).getEigenvalues();
    double smallest = Arrays.stream(values).min().orElseThrow();
    double largest = Arrays.stream(values).max().orElseThrow();
    if (!(smallest >= -ROUNDING * Math.abs(largest))) {
      return Optional.empty();
    }
    return Optional.of(wanted.getSubMatrix(0, d - 1, 0, d - 1).getData());
  }

  /** The matrix of P ↦ P − FPFᵀ − G𝓛[Σ]Gᵀ on lower triangles. */
  private RealMatrix system(AffineNoise noise) {
    int n = transition.getRowDimension();
    int d = input.getColumnDimension();
    int unknowns = n * (n + 1) / 2;
    RealMatrix system = MatrixUtils.createRealMatrix(unknowns, unknowns);
    int column = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        RealMatrix unit = MatrixUtils.createRealMatrix(n, n);
        unit.setEntry(i, j, 1);
        unit.setEntry(j, i, 1);
        RealMatrix image = transition.multiply(unit).multiplyTransposed(transition);
        if (i < d) {
          RealMatrix block = unit.getSubMatrix(0, d - 1, 0, d - 1);
          image = image.add(injected(noise.linearPart(block)));
        }
        system.setColumnVector(column++, lowerTriangle(unit.subtract(image)));
      }
    }
    return system;
  }

  private RealMatrix symmetric(RealVector triangle) {
    int n = transition.getRowDimension();
    RealMatrix matrix = MatrixUtils.createRealMatrix(n, n);
    int index = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double entry = triangle.getEntry(index++);
        matrix.setEntry(i, j, entry);
        matrix.setEntry(j, i, entry);
      }
    }
    return matrix;
  }

  private RealMatrix injected(RealMatrix covariance) {
    return input.multiply(covariance).multiplyTransposed(input);
  }

  private static RealVector lowerTriangle(RealMatrix matrix) {
    int n = matrix.getRowDimension();
    RealVector entries = new ArrayRealVector(n * (n + 1) / 2);
    int index = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        entries.setEntry(index++, matrix.getEntry(i, j));
      }
    }
    return entries;
  }
}
