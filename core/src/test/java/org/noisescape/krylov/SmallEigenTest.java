package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.Vectors;

/** The library's eigenvalues are good to roundings of the norm, in the spectra met here. */
class SmallEigenTest {
  static double[][] spectra() {
    return new double[][] {
      {3},
      {1, 1},
      {0, 0, 0},
      Spectra.values(40, i -> i < 3 ? 1 : 0),
      Spectra.values(60, i -> Math.pow(10, -0.5 * i)),
      Spectra.values(120, i -> Math.pow(-0.5, i)),
      Spectra.values(200, i -> i < 100 ? 1 + 1e-12 * i : 1e-9 * i),
    };
  }

  @ParameterizedTest
  @MethodSource("spectra")
  void pairsAreGoodToRoundingsOfTheNorm(double[] planted) {
    double[][] matrix = Spectra.matrix(8, planted);
    int size = planted.length;
    SmallEigen eigen = SmallEigen.of(matrix, size);
    double bound = 40 * 0x1p-52 * Math.sqrt(size) * (eigen.norm() + Double.MIN_NORMAL);
    double[] expected = Spectra.descending(planted);
    for (int i = 0; i < size; i++) {
      double[] v = eigen.vectors()[i];
      close("value " + i, eigen.values()[i], expected[size - 1 - i], bound);
      double[] residual = new double[size];
      for (int j = 0; j < size; j++) {
        residual[j] = Vectors.dot(matrix[j], v) - eigen.values()[i] * v[j];
        close(i + " on " + j, Vectors.dot(v, eigen.vectors()[j]), i == j ? 1 : 0, 1e-14 * size);
      }
      close("residual " + i, Vectors.norm(residual), 0, bound);
    }
  }

  /**
   * Low rank beside noise near a rounding of the norm, as projections of low-rank operators are:
   * the library alone gives up on some of these.
   */
  @Test
  void noisyLowRankMatricesAreDecomposed() {
    int size = 50;
    int refused = 0;
    for (int seed = 0; seed < 400; seed++) {
      double[] v = Vectors.normals(seed, size);
      double[] noise = Vectors.normals(1000 + seed, size * size);
      double scale = Math.pow(10, -14 - 0.5 * (seed % 10));
      double[][] matrix = new double[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          matrix[i][j] = v[i] * v[j] / size + scale * noise[i * size + j];
          matrix[j][i] = matrix[i][j];
        }
      }
      try {
        var unused =
            new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix), 1e-15, false);
      } catch (MathIllegalStateException e) {
        refused++;
      }
      double norm = Vectors.dot(v, v) / size;
      double[] values = SmallEigen.of(matrix, size).values();
      close("largest", values[size - 1], norm, 1e-12 * norm);
      close("smallest", values[0], 0, 1e-12 * norm);
    }
    assertThat(refused).isPositive();
  }

  /** Zeros beside couplings just above a rounding of the norm. */
  @ParameterizedTest
  @MethodSource("tails")
  void tridiagonalMatricesWithVanishingTailsAreDecomposed(double coupling) {
    int size = 80;
    double[] diagonal = Spectra.values(size, i -> i == 0 ? 1 : coupling * Math.sin(i));
    double[] off = Spectra.values(size - 1, i -> coupling * (1 + 0.5 * Math.cos(3 * i)));
    SmallEigen eigen = SmallEigen.tridiagonal(diagonal, off, size);
    close("largest", eigen.values()[size - 1], 1, 4 * (coupling + 0x1p-50));
    double weights = 0;
    for (double[] vector : eigen.vectors()) {
      weights += vector[0] * vector[0];
    }
    close("weights", weights, 1, 1e-14 * size);
  }

  static double[] tails() {
    return new double[] {0, 1e-300, 1e-20, 3e-17, 2e-16, 5e-16, 1e-8, 1};
  }
}
