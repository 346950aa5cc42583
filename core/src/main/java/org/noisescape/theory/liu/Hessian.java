package org.noisescape.theory.liu;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.Precision;

/**
 * The Hessian K of L = ½wᵀKw, symmetric and positive definite, with its eigenvectors.
 *
 * <p>Shape (D, D). Source: Liu et al. (2021), Eq. 5.
 */
public final class Hessian {
  /** Asymmetry tolerated, relative to the largest entry: what products of doubles leave. */
  static final double SYMMETRY = 1e-10;

  private final RealMatrix matrix;
  private final RealMatrix basis;
  private final double[] values;

  private Hessian(RealMatrix matrix) {
    this.matrix = matrix;
    var eigen = new EigenDecompositionSymmetric(matrix, Precision.EPSILON, true);
    basis = eigen.getV();
    values = eigen.getEigenvalues();
    double smallest = Arrays.stream(values).min().orElseThrow();
    if (!(smallest > 0)) {
      throw new IllegalArgumentException(
          "the Hessian must be positive definite, its smallest eigenvalue is " + smallest);
    }
  }

  /**
   * From its entries, rows first.
   *
   * @throws IllegalArgumentException unless square, finite, symmetric and positive definite
   */
  public static Hessian of(double[][] entries) {
    return new Hessian(symmetric("the Hessian", entries));
  }

  /** With these eigenvalues along the axes. */
  public static Hessian diagonal(double... eigenvalues) {
    return of(MatrixUtils.createRealDiagonalMatrix(eigenvalues).getData());
  }

  /** A copy of the entries. */
  public double[][] entries() {
    return matrix.getData();
  }

  /** D. */
  public int dimension() {
    return values.length;
  }

  /** Eigenvalues, descending. */
  public double[] eigenvalues() {
    return values.clone();
  }

  /** k*. */
  public double largest() {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** Tr K. */
  public double trace() {
    return matrix.getTrace();
  }

  /** f(K). */
  RealMatrix function(DoubleUnaryOperator f) {
    double[] mapped = Arrays.stream(values).map(f).toArray();
    return basis.multiply(MatrixUtils.createRealDiagonalMatrix(mapped)).multiplyTransposed(basis);
  }

  /** Tr[f(K) C], for which only the diagonal of C in the eigenbasis of K counts. */
  double trace(DoubleUnaryOperator f, GradientNoiseCovariance noise) {
    double[] along = along(noise);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += f.applyAsDouble(values[i]) * along[i];
    }
    return sum;
  }

  /** v·Cv of each eigenvector v; no work for entries of C that are 0. */
  private double[] along(GradientNoiseCovariance noise) {
    requireDimension(noise);
    double[] along = new double[values.length];
    double[][] rows = basis.getData();
    double[][] covariance = noise.matrix().getData();
    for (int j = 0; j < values.length; j++) {
      for (int k = 0; k < values.length; k++) {
        double entry = covariance[j][k];
        if (entry != 0) {
          for (int i = 0; i < values.length; i++) {
            along[i] += rows[j][i] * entry * rows[k][i];
          }
        }
      }
    }
    return along;
  }

  /** The matrix with entries f(k_i, k_j) C_ij in the eigenbasis of K, in the original basis. */
  RealMatrix entrywise(GradientNoiseCovariance noise, DoubleBinaryOperator f) {
    RealMatrix rotated = rotated(noise);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        rotated.multiplyEntry(i, j, f.applyAsDouble(values[i], values[j]));
      }
    }
    return basis.multiply(rotated).multiplyTransposed(basis);
  }

  RealMatrix matrix() {
    return matrix;
  }

  private RealMatrix rotated(GradientNoiseCovariance noise) {
    requireDimension(noise);
    return basis.transposeMultiply(noise.matrix()).multiply(basis);
  }

  private void requireDimension(GradientNoiseCovariance noise) {
    if (noise.dimension() != values.length) {
      throw new IllegalArgumentException(
          "the noise has "
              + noise.dimension()
              + " components, the Hessian "
              + values.length
              + ": give both one dimension");
    }
  }

  /** Checks and symmetrises. */
  static RealMatrix symmetric(String what, double[][] entries) {
    int size = entries.length;
    double scale = 0;
    for (double[] row : entries) {
      if (row.length != size) {
        throw new IllegalArgumentException(
            what + " must be square, got a row of " + row.length + " in " + size + " rows");
      }
      for (double entry : row) {
        if (!Double.isFinite(entry)) {
          throw new IllegalArgumentException(what + " must be finite, got " + entry);
        }
        scale = Math.max(scale, Math.abs(entry));
      }
    }
    if (size == 0) {
      throw new IllegalArgumentException(what + " must have at least one row, got none");
    }
    RealMatrix matrix = MatrixUtils.createRealMatrix(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (Math.abs(entries[i][j] - entries[j][i]) > SYMMETRY * scale) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s must be symmetric, got %s at (%d, %d) and %s at (%d, %d)",
                  what,
                  entries[i][j],
                  i,
                  j,
                  entries[j][i],
                  j,
                  i));
        }
        matrix.setEntry(i, j, 0.5 * (entries[i][j] + entries[j][i]));
      }
    }
    return matrix;
  }
}
