package org.noisescape.krylov;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.Precision;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, to a rounding of its norm.
 *
 * @param values ascending
 * @param vectors row i belongs to value i
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SmallEigen(double[] values, double[][] vectors) {
  /** Householder and QL. The leading part of a matrix; only the lower triangle counts. */
  static SmallEigen of(double[][] matrix, int size) {
    double[][] symmetric = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        symmetric[i][j] = matrix[i][j];
        symmetric[j][i] = matrix[i][j];
      }
    }
    return guarded(symmetric);
  }

  /** The leading part of a tridiagonal matrix. */
  static SmallEigen tridiagonal(double[] diagonal, double[] off, int size) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = diagonal[i];
      if (i > 0) {
        matrix[i][i - 1] = off[i - 1];
        matrix[i - 1][i] = off[i - 1];
      }
    }
    return guarded(matrix);
  }

  /** Largest absolute value. */
  double norm() {
    return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
  }

  /** At most count values of one end, the outermost first. */
  double[] values(End end, int count) {
    double[] chosen = new double[Math.min(count, values.length)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = values[index(end, i)];
    }
    return chosen;
  }

  /** The vectors of these. */
  double[][] vectors(End end, int count) {
    double[][] chosen = new double[Math.min(count, values.length)][];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = vectors[index(end, i)];
    }
    return chosen;
  }

  private int index(End end, int i) {
    return end == End.SMALLEST ? i : values.length - 1 - i;
  }

  /**
   * QL stops by comparing an off-diagonal entry with its two neighbours on the diagonal, which
   * among many zero eigenvalues never ends; a shift by twice the norm makes neighbours as large as
   * the norm.
   */
  private static SmallEigen guarded(double[][] matrix) {
    try {
      return decompose(matrix, 0);
    } catch (MathIllegalStateException e) {
      double norm = 0;
      for (double[] row : matrix) {
        double sum = 0;
        for (double entry : row) {
          sum += Math.abs(entry);
        }
        norm = Math.max(norm, sum);
      }
      return decompose(matrix, 2 * norm);
    }
  }

  private static SmallEigen decompose(double[][] matrix, double shift) {
    int size = matrix.length;
    RealMatrix shifted = new Array2DRowRealMatrix(matrix);
    for (int i = 0; i < size; i++) {
      shifted.addToEntry(i, i, shift);
    }
    // the epsilon is for the check of symmetry only
    var eigen = new EigenDecompositionSymmetric(shifted, Precision.EPSILON, false);
    double[] values = eigen.getEigenvalues();
    double[][] vectors = new double[size][];
    for (int i = 0; i < size; i++) {
      values[i] -= shift;
      vectors[i] = eigen.getEigenvector(i).toArray();
    }
    return new SmallEigen(values, vectors);
  }
}
