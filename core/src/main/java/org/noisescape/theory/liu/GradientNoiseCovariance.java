package org.noisescape.theory.liu;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.Precision;

/**
 * The covariance C of the noise of a gradient, symmetric and positive semidefinite.
 *
 * <p>Shape (D, D). Source: Liu et al. (2021), section 4.3.
 */
public final class GradientNoiseCovariance {
  private final RealMatrix matrix;

  private GradientNoiseCovariance(RealMatrix matrix) {
    this.matrix = matrix;
    double[] values =
        new EigenDecompositionSymmetric(matrix, Precision.EPSILON, true).getEigenvalues();
    double smallest = Arrays.stream(values).min().orElseThrow();
    double largest = Arrays.stream(values).max().orElseThrow();
    if (smallest < -Hessian.SYMMETRY * Math.max(largest, 0) || largest < 0) {
      throw new IllegalArgumentException(
          "a noise covariance has no negative variance, its smallest eigenvalue is " + smallest);
    }
  }

  /**
   * From its entries, rows first.
   *
   * @throws IllegalArgumentException unless square, finite, symmetric and positive semidefinite
   */
  public static GradientNoiseCovariance of(double[][] entries) {
    return new GradientNoiseCovariance(Hessian.symmetric("the noise covariance", entries));
  }

  /** White noise: C = σ²I. */
  public static GradientNoiseCovariance isotropic(double variance, int dimension) {
    double[] diagonal = new double[dimension];
    Arrays.fill(diagonal, variance);
    return of(MatrixUtils.createRealDiagonalMatrix(diagonal).getData());
  }

  /** C = aK, Eq. 23 with a = 1/S. */
  public static GradientNoiseCovariance proportional(double factor, Hessian hessian) {
    return of(hessian.matrix().scalarMultiply(factor).getData());
  }

  /** The isotropic covariance of the same trace, Tr[C]/D · I, below Eq. 42. */
  public GradientNoiseCovariance isotropicEquivalent() {
    return isotropic(trace() / dimension(), dimension());
  }

  /** A copy of the entries. */
  public double[][] entries() {
    return matrix.getData();
  }

  /** D. */
  public int dimension() {
    return matrix.getRowDimension();
  }

  /** Tr C. */
  public double trace() {
    return matrix.getTrace();
  }

  RealMatrix matrix() {
    return matrix;
  }
}
