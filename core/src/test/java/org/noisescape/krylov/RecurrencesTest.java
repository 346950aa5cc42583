package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.EigenDecomposition;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.Vectors;

/** Tridiagonal matrices by their moments e₁ᵀTᵏe₁ = vᵀAᵏv, and pairs of dense matrices. */
class RecurrencesTest {
  private static final Engine ENGINE = EngineUnderTest.HOST.engine();
  private static final double[] VALUES = {1, 2, 4, -1, 3};

  private static DenseOperator diagonal(int block, double... values) {
    double[][] matrix = new double[values.length][values.length];
    for (int i = 0; i < values.length; i++) {
      matrix[i][i] = values[i];
    }
    return new DenseOperator(ENGINE, DType.FLOAT64, block, matrix);
  }

  /** Five vectors in groups of two, the last of one; s steps know 2s moments. */
  @ParameterizedTest
  @EnumSource(VectorLaw.class)
  void momentsAreThoseOfTheDrawnVectors(VectorLaw law) {
    try (DenseOperator operator = diagonal(2, VALUES);
        Recurrences recurrences =
            new Recurrences(operator, new SpectralDensityOptions(5, 3, 2, law, 7))) {
      double[][][] found = recurrences.run();
      assertThat(found.length).isEqualTo(5);
      assertThat(recurrences.products()).isEqualTo(15);
      double[][] drawn = drawn(law, 5);
      for (int j = 0; j < 5; j++) {
        assertThat(found[j][0]).hasSize(3);
        assertThat(found[j][1]).hasSize(2);
        for (int power = 0; power < 6; power++) {
          close("moment " + power, moment(found[j], power), moment(drawn[j], power), 2e-12);
        }
      }
    }
  }

  private static double[][] drawn(VectorLaw law, int count) {
    try (Arena arena = ENGINE.arena()) {
      Tensor x = arena.reserve(DType.FLOAT64, count, VALUES.length);
      RandomVectors random = new RandomVectors(arena, count, 7, RandomVectors.Use.PROBE);
      arena.commit();
      if (law == VectorLaw.SIGNS) {
        random.rademacher(x, 0);
      } else {
        random.normal(x, 0);
      }
      return LanczosTest.rows(x);
    }
  }

  /** Σ λᵏ v²/Σ v². */
  private static double moment(double[] v, int power) {
    double sum = 0;
    double norm = 0;
    for (int i = 0; i < v.length; i++) {
      sum += Math.pow(VALUES[i], power) * v[i] * v[i];
      norm += v[i] * v[i];
    }
    return sum / norm;
  }

  /** e₁ᵀTᵏe₁ by k products. */
  private static double moment(double[][] recurrence, int power) {
    double[] a = recurrence[0];
    double[] b = recurrence[1];
    double[] x = new double[a.length];
    x[0] = 1;
    for (int k = 0; k < power; k++) {
      double[] y = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        y[i] = a[i] * x[i];
        y[i] += i > 0 ? b[i - 1] * x[i - 1] : 0;
        y[i] += i + 1 < a.length ? b[i] * x[i + 1] : 0;
      }
      x = y;
    }
    return x[0];
  }

  /** Signs on diag(1, 2, 4): a = 7/3, b² = 7 − 49/9; T has the eigenvalues of A, however long. */
  @Test
  void aRecurrenceEndsWithItsInvariantSubspace() {
    try (DenseOperator operator = diagonal(1, 1, 2, 4);
        Recurrences recurrences =
            new Recurrences(operator, new SpectralDensityOptions(2, 9, 1, VectorLaw.SIGNS, 7))) {
      double[][][] found = recurrences.run();
      for (double[][] one : found) {
        close("a", one[0][0], 7.0 / 3, 1e-14);
        close("b", one[1][0], Math.sqrt(14) / 3, 1e-14);
        double[] values = SmallEigen.tridiagonal(one[0], one[1], 3).values();
        close("eigenvalues", values, new double[] {1, 2, 4}, 1e-13);
      }
    }
    // two of two eigenvalues, and the one of a multiple of the identity
    try (DenseOperator operator = diagonal(2, 5, 1, 5, 1, 5, 1);
        Recurrences recurrences =
            new Recurrences(operator, new SpectralDensityOptions(3, 6, 2, VectorLaw.SIGNS, 7))) {
      for (double[][] one : recurrences.run()) {
        close("a", one[0], new double[] {3, 3}, 1e-14);
        close("b", one[1], new double[] {2}, 1e-14);
      }
      assertThat(recurrences.products()).as("both groups end after two steps").isEqualTo(6);
    }
    try (DenseOperator operator = diagonal(2, 5, 5, 5);
        Recurrences recurrences =
            new Recurrences(operator, new SpectralDensityOptions(2, 3, 2, VectorLaw.NORMAL, 7))) {
      for (double[][] one : recurrences.run()) {
        close("a", one[0], new double[] {5}, 1e-14);
        assertThat(one[1]).isEmpty();
      }
    }
  }

  @Test
  void memoryIsWhatTheFormulaSays() {
    for (int concurrent : new int[] {1, 3, 8}) {
      var options = new SpectralDensityOptions(5, 40, concurrent, VectorLaw.SIGNS, 7);
      for (int dimension : new int[] {2, 70}) {
        try (DenseOperator operator = diagonal(1, new double[dimension]);
            Recurrences recurrences = new Recurrences(operator, options)) {
          assertThat(recurrences.bytes())
              .isEqualTo(Recurrences.bytes(dimension, options, DType.FLOAT64))
              .isGreaterThan(8L * Math.min(5, concurrent) * dimension);
        }
      }
    }
  }

  private static boolean converged(
      DenseOperator operator,
      EigenDecomposition found,
      DenseMaterialization dense,
      double tolerance) {
    try (RitzPairs pairs = RitzPairs.of(operator, found, dense.matrix(), End.LARGEST, tolerance)) {
      return pairs.allConverged();
    }
  }

  /** A dense matrix beside its own eigenvalues; a vector is rounded to the element type. */
  @Test
  void pairsOfADenseMatrixAreThoseOfTheEnd() {
    double[] values = {4, -3, 2.5, 0.5, 1};
    double[][] matrix = Spectra.matrix(3, values);
    try (DenseOperator operator = new DenseOperator(ENGINE, DType.FLOAT32, 2, matrix);
        DenseMaterialization dense = DenseMaterialization.of(operator)) {
      for (End end : End.values()) {
        SymmetricEigen solver = new SymmetricEigen(1);
        try (EigenDecomposition found =
                end == End.LARGEST
                    ? solver.largest(dense.matrix(), 2)
                    : solver.smallest(dense.matrix(), 2);
            RitzPairs pairs = RitzPairs.of(operator, found, dense.matrix(), end, 1e-4)) {
          double[] expected = end == End.LARGEST ? new double[] {4, 2.5} : new double[] {-3, 0.5};
          close("values", pairs.values(), expected, 1e-6);
          assertThat(pairs.size()).isEqualTo(2);
          assertThat(pairs.allConverged()).isTrue();
          assertThat(pairs.scale()).isEqualTo(found.eigenvalues().norm()).isBetween(4.0, 8.0);
          double[][] rows = LanczosTest.rows(pairs.vectors());
          for (int i = 0; i < 2; i++) {
            assertThat(pairs.residuals()[i]).isBetween(pairs.scale() * 0x1p-23, 8 * 0x1p-22);
            close("length", Vectors.norm(rows[i]), 1, 1e-6);
            for (int j = 0; j < 5; j++) {
              double product = 0;
              for (int k = 0; k < 5; k++) {
                product += matrix[j][k] * rows[i][k];
              }
              close("A v", product, expected[i] * rows[i][j], 1e-5);
            }
          }
          assertThat(pairs.products()).isEqualTo(5);
        }
      }
      try (EigenDecomposition found = new SymmetricEigen(1).largest(dense.matrix(), 2)) {
        assertThat(converged(operator, found, dense, 0x1p-24)).as("rounding alone").isFalse();
        double norm = found.eigenvalues().norm();
        // both errors: a residual in float64, and one rounding of the norm
        double[] residuals = found.residuals(dense.matrix());
        double error = Math.max(residuals[0], residuals[1]) + 0x1p-23 * norm;
        assertThat(converged(operator, found, dense, Math.nextUp(error / norm))).isTrue();
        assertThat(converged(operator, found, dense, 0.999 * error / norm)).isFalse();
      }
    }
  }

  /** Five vectors through an operator that takes two at once, and the number of a wrong one. */
  @Test
  void productsComeInTheBlocksOfTheOperator() {
    try (DenseOperator operator = diagonal(2, 1, 2, Double.MAX_VALUE);
        Arena arena = ENGINE.arena()) {
      Products products = new Products(operator, arena, 5);
      Tensor x = arena.reserve(DType.FLOAT64, 5, 3);
      Tensor y = arena.reserve(DType.FLOAT64, 5, 3);
      arena.commit();
      double[] rows = new double[15];
      for (int r = 0; r < 5; r++) {
        rows[3 * r] = r + 1;
        rows[3 * r + 1] = 2;
      }
      ENGINE.memory().write(x, rows);
      double[] norms = products.apply(x, y);
      for (int r = 0; r < 5; r++) {
        close("norm " + r, norms[r], Math.hypot(r + 1, 4), 1e-14);
      }
      assertThat(products.count()).isEqualTo(5);
      rows[3 * 3 + 2] = 2;
      ENGINE.memory().write(x, rows);
      assertThatThrownBy(() -> products.apply(x, y))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("the product with vector 9 is not finite");
    }
  }

  @Test
  void samplesHaveTheirMeanHoweverMany() {
    Samples samples = new Samples();
    for (int i = 0; i < 65; i++) {
      samples.put(i, i);
    }
    assertThat(samples.count()).isEqualTo(65);
    assertThat(samples.mean()).isEqualTo(32);
    samples.put(2, 4, 6);
    assertThat(samples.toArray()).containsExactly(0, 1, 4, 6);
  }
}
