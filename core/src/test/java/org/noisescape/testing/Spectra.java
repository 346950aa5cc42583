package org.noisescape.testing;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/** Symmetric matrices of known eigenvalues, and eigenvalues by a library. */
public final class Spectra {
  private Spectra() {}

  /** Q diag(values) Qᵀ with a random orthogonal Q, symmetric to the last bit. */
  public static double[][] matrix(long seed, double... values) {
    int size = values.length;
    RealMatrix q = new QRDecomposition(normals(seed, size, size)).getQ();
    double[][] product = q.multiply(new DiagonalMatrix(values)).multiplyTransposed(q).getData();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        product[i][j] = product[j][i];
      }
    }
    return product;
  }

  /** Independent standard normal entries. */
  public static RealMatrix normals(long seed, int rows, int columns) {
    double[] entries = Vectors.normals(seed, rows * columns);
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = Vectors.part(entries, i * columns, columns);
    }
    return new Array2DRowRealMatrix(matrix, false);
  }

  /** Eigenvalues, descending. */
  public static double[] eigenvalues(double[][] matrix) {
    return new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix), 1e-14, true)
        .getEigenvalues();
  }

  /** Values in descending order. */
  public static double[] descending(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return IntStream.range(0, sorted.length)
        .mapToDouble(i -> sorted[sorted.length - 1 - i])
        .toArray();
  }

  /** The entry of a function at 0, …, size − 1. */
  public static double[] values(int size, java.util.function.IntToDoubleFunction function) {
    return IntStream.range(0, size).mapToDouble(function).toArray();
  }
}
