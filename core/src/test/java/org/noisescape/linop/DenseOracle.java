package org.noisescape.linop;

import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Small dense matrices by plain loops. */
final class DenseOracle {
  private DenseOracle() {}

  /** A symmetric (n, n) of normal elements. */
  static double[][] normal(int n, int seed) {
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = stream.nextGaussian();
        a[j][i] = a[i][j];
      }
    }
    return a;
  }

  /** Q diag(values) Qᵀ with Q the product of n random reflections. */
  static double[][] withSpectrum(double[] values, int seed) {
    int n = values.length;
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 1).stream(0);
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i][i] = values[i];
    }
    double[] v = new double[n];
    double[] w = new double[n];
    for (int reflection = 0; reflection < n; reflection++) {
      double square = 0;
      for (int i = 0; i < n; i++) {
        v[i] = stream.nextGaussian();
        square += v[i] * v[i];
      }
      // (I − 2vvᵀ/v²) A (I − 2vvᵀ/v²) = A − vwᵀ − wvᵀ with w = (2/v²)(Av − v(vᵀAv)/v²)
      double vav = 0;
      for (int i = 0; i < n; i++) {
        w[i] = 0;
        for (int j = 0; j < n; j++) {
          w[i] += a[i][j] * v[j];
        }
        vav += v[i] * w[i];
      }
      for (int i = 0; i < n; i++) {
        w[i] = 2 / square * (w[i] - v[i] * vav / square);
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] -= v[i] * w[j] + w[i] * v[j];
        }
      }
    }
    return a;
  }

  /** The matrix with these elements. */
  static SymmetricMatrix matrix(double[][] elements) {
    int n = elements.length;
    SymmetricMatrix matrix = SymmetricMatrix.zeros(n);
    for (int i = 0; i < n; i++) {
      matrix.set(i, 0, 1, n, elements[i]);
    }
    return matrix;
  }

  /** All elements. */
  static double[][] elements(SymmetricMatrix matrix) {
    int n = matrix.dimension();
    double[][] elements = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix.row(i, elements[i]);
    }
    return elements;
  }
}
