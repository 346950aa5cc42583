package org.noisescape.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  private static final double EPSILON = Math.ulp(1.0);

  private final SymmetricEigen eigen = new SymmetricEigen(2);

  @Test
  void diagonalAndTwoByTwoMatricesHaveTheirKnownValues() {
    expect(new double[][] {{5}}, 5);
    expect(new double[][] {{0}}, 0);
    expect(new double[][] {{3, 0, 0}, {0, -1, 0}, {0, 0, 2}}, -1, 2, 3);
    expect(new double[][] {{2, 1}, {1, 2}}, 1, 3);
    expect(new double[][] {{1, 2}, {2, -2}}, -3, 2);
    expect(new double[7][7], new double[7]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 97, 300})
  void theSecondDifferenceHasItsKnownValues(int n) {
    double[][] a = new double[n][n];
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      a[i][i] = 2;
      if (i > 0) {
        a[i][i - 1] = -1;
        a[i - 1][i] = -1;
      }
      values[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (n + 1));
    }
    expect(a, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 97, 300})
  void identityPlusRankOneHasOneValueApart(int n) {
    double[][] a = new double[n][n];
    double square = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = (i == j ? 1 : 0) + (i + 1.0) * (j + 1.0) / n;
      }
      square += (i + 1.0) * (i + 1.0) / n;
    }
    double[] values = new double[n];
    Arrays.fill(values, 1);
    values[n - 1] = 1 + square;
    expect(a, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 97, 300})
  void aPrescribedSpectrumIsFound(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      // over twelve decades, of both signs, with a cluster at zero
      values[i] = i % 5 == 0 ? 0 : (i % 3 == 0 ? -1 : 1) * Math.pow(10, -12.0 * i / n);
    }
    double[][] a = DenseOracle.withSpectrum(values, 6);
    Arrays.sort(values);
    try (SymmetricMatrix matrix = DenseOracle.matrix(a);
        EigenDecomposition all = eigen.all(matrix)) {
      double[] found = eigen.values(matrix).values();
      // the n reflections add about n roundings of their own
      double tolerance = 4 * n * EPSILON;
      assertThat(found).containsExactly(values, within(tolerance));
      assertThat(all.eigenvalues().values()).containsExactly(values, within(tolerance));
    }
  }

  /**
   * Trefethen and Bau (1997): ‖H‖₂ of the Hilbert matrix is below π, and its trace is Σ 1/(2i−1).
   */
  @Test
  void theHilbertMatrixIsSolvedToAbsolutePrecision() {
    int n = 12;
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = 1.0 / (i + j + 1);
      }
    }
    try (SymmetricMatrix matrix = DenseOracle.matrix(a)) {
      Eigenvalues found = eigen.values(matrix);
      assertThat(found.values()[n - 1]).isBetween(1.7, Math.PI);
      // the smallest is 2.6e-17, below the error bound
      assertThat(found.values()[0]).isBetween(-found.error(), found.error());
      assertThat(found.error()).isEqualTo(50 * EPSILON * found.norm());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 97, 300})
  void eigenvectorsAreOrthonormalAndSolveTheEquation(int n) {
    try (SymmetricMatrix matrix = DenseOracle.matrix(DenseOracle.normal(n, 7));
        EigenDecomposition all = eigen.all(matrix)) {
      Eigenvalues values = eigen.values(matrix);
      orthonormalAndResidualSmall(matrix, all, values.error());
      assertThat(all.eigenvalues().complete()).isTrue();
      assertThat(all.eigenvalues().values())
          .containsExactly(values.values(), within(2 * values.error()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 97, 300})
  void theLargestAndTheSmallestPairsAreThoseOfAll(int n) {
    int k = Math.max(1, n / 7);
    try (SymmetricMatrix matrix = DenseOracle.matrix(DenseOracle.normal(n, 8));
        EigenDecomposition largest = eigen.largest(matrix, k);
        EigenDecomposition smallest = eigen.smallest(matrix, k)) {
      Eigenvalues all = eigen.values(matrix);
      double tolerance = 2 * all.error();
      assertThat(largest.eigenvalues().values())
          .containsExactly(Arrays.copyOfRange(all.values(), n - k, n), within(tolerance));
      assertThat(smallest.eigenvalues().values())
          .containsExactly(Arrays.copyOf(all.values(), k), within(tolerance));
      orthonormalAndResidualSmall(matrix, largest, all.error());
      orthonormalAndResidualSmall(matrix, smallest, all.error());
      assertThat(largest.eigenvalues().norm()).isGreaterThanOrEqualTo(all.norm());
      assertThat(largest.eigenvalues().complete()).isEqualTo(n == k);
    }
  }

  @Test
  void someOfManyEqualEigenvaluesHaveOrthonormalVectors() {
    int n = 150;
    double[] values = new double[n];
    Arrays.fill(values, 0, n / 2, 1);
    try (SymmetricMatrix matrix = DenseOracle.matrix(DenseOracle.withSpectrum(values, 9));
        EigenDecomposition largest = eigen.largest(matrix, 30);
        EigenDecomposition smallest = eigen.smallest(matrix, 30)) {
      orthonormalAndResidualSmall(matrix, largest, n * EPSILON);
      orthonormalAndResidualSmall(matrix, smallest, n * EPSILON);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 97, 300})
  void theMatrixIsAfterwardsWhatItWas(int n) {
    double[][] a = DenseOracle.normal(n, 10);
    try (SymmetricMatrix matrix = DenseOracle.matrix(a)) {
      eigen.values(matrix);
      assertThat(DenseOracle.elements(matrix)).isDeepEqualTo(a);
      eigen.all(matrix).close();
      assertThat(DenseOracle.elements(matrix)).isDeepEqualTo(a);
      eigen.smallest(matrix, 1).close();
      assertThat(DenseOracle.elements(matrix)).isDeepEqualTo(a);
    }
  }

  @Test
  void hugeAndTinyMatricesAreScaled() {
    for (double scale : new double[] {1e-200, 1e200}) {
      expect(
          new double[][] {{2 * scale, scale, 0}, {scale, 2 * scale, 0}, {0, 0, -scale}},
          -scale,
          scale,
          3 * scale);
    }
  }

  @Test
  void elementsThatAreNotFiniteAreRefused() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[][] a = DenseOracle.normal(9, 11);
      a[8][3] = bad;
      a[3][8] = bad;
      try (SymmetricMatrix matrix = DenseOracle.matrix(a)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> eigen.values(matrix))
            .withMessageContaining("not finite");
        assertThatIllegalArgumentException().isThrownBy(() -> eigen.largest(matrix, 1));
      }
    }
  }

  @Test
  void valuesThatMissTheTraceOrTheNormAreRefused() {
    try (SymmetricMatrix matrix = DenseOracle.matrix(DenseOracle.normal(40, 14))) {
      double[] right = eigen.values(matrix).values();
      double[] trace = right.clone();
      trace[3] += 1e-9;
      double[] norm = right.clone();
      norm[0] -= 1e-9;
      norm[39] += 1e-9;
      for (double[] wrong : new double[][] {trace, norm}) {
        assertThatIllegalStateException()
            .isThrownBy(() -> SymmetricEigen.complete(matrix, wrong))
            .withMessageContaining("OPENBLAS_CORETYPE=Haswell");
      }
    }
  }

  @Test
  void eigenvectorsThatDoNotFitAreRefused() {
    NativeMemory memory = new NativeMemory(40_000, 0);
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(60, memory)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> eigen.all(matrix))
          .withMessageStartingWith("60 eigenvectors in 60 dimensions: needs 28.1 KiB");
      eigen.largest(matrix, 2).close();
      assertThat(memory.available()).isEqualTo(40_000 - SymmetricMatrix.bytes(60));
    }
  }

  @Test
  void workSpaceThatDoesNotFitIsRefusedAndTheVectorsAreGivenBack() {
    NativeMemory memory = new NativeMemory(3 * SymmetricMatrix.bytes(60), 0);
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(60, memory)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> eigen.all(matrix))
          .withMessageStartingWith("work space for 60 eigenvectors: needs");
      assertThat(memory.available()).isEqualTo(2 * SymmetricMatrix.bytes(60));
    }
  }

  @Test
  void aWrongNumberOfEigenvectorsIsNamed() {
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(3)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> eigen.largest(matrix, 4))
          .withMessage("the number of eigenvectors must be 1 to 3, got 4");
      assertThatIllegalArgumentException().isThrownBy(() -> eigen.smallest(matrix, 0));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new SymmetricEigen(0));
    assertThat(SymmetricEigen.bytes(10_000, 10)).isEqualTo(800_000);
    assertThat(SymmetricEigen.bytes(10_000, 10_000)).isEqualTo(2_400_000_000L);
  }

  @Test
  void openBlasKeepsItsNumberOfThreads() {
    int before = Lapack.threads();
    try (SymmetricMatrix matrix = DenseOracle.matrix(DenseOracle.normal(50, 12))) {
      Lapack.threads(1);
      eigen.values(matrix);
      assertThat(Lapack.threads()).isEqualTo(1);
    } finally {
      Lapack.threads(before);
    }
  }

  @Test
  void oneThreadGivesTheValuesOfTwo() {
    try (SymmetricMatrix matrix = DenseOracle.matrix(DenseOracle.normal(300, 13))) {
      Eigenvalues two = eigen.values(matrix);
      Eigenvalues one = new SymmetricEigen(1).values(matrix);
      assertThat(one.values()).containsExactly(two.values(), within(2 * two.error()));
    }
  }

  private void expect(double[][] a, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    try (SymmetricMatrix matrix = DenseOracle.matrix(a);
        EigenDecomposition all = eigen.all(matrix)) {
      Eigenvalues found = eigen.values(matrix);
      assertThat(found.values()).containsExactly(sorted, within(found.error()));
      assertThat(all.eigenvalues().values()).containsExactly(sorted, within(found.error()));
      orthonormalAndResidualSmall(matrix, all, found.error());
    }
  }

  private static void orthonormalAndResidualSmall(
      SymmetricMatrix matrix, EigenDecomposition pairs, double error) {
    int n = matrix.dimension();
    double[][] vectors = new double[pairs.count()][n];
    double[] image = new double[n];
    double[] residuals = pairs.residuals(matrix);
    for (int i = 0; i < vectors.length; i++) {
      pairs.vector(i, vectors[i]);
      matrix.multiply(vectors[i], image);
      double largest = 0;
      for (int j = 0; j < n; j++) {
        double difference = image[j] - pairs.eigenvalues().values()[i] * vectors[i][j];
        largest = Math.max(largest, Math.abs(difference));
      }
      assertThat(residuals[i]).isLessThanOrEqualTo(error);
      assertThat(largest).isLessThanOrEqualTo(error);
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int l = 0; l < n; l++) {
          product += vectors[i][l] * vectors[j][l];
        }
        assertThat(product)
            .as("v%d v%d", i, j)
            .isCloseTo(i == j ? 1 : 0, within(Math.max(n, 50) * EPSILON));
      }
    }
  }

  /** ‖(A + cI)v − λv‖ = |c| for every eigenvector of A, beyond one group of 64. */
  @Test
  void residualsAreWhatAShiftLeaves() {
    int n = 70;
    double[] diagonal = new double[n];
    Arrays.setAll(diagonal, i -> i - 20);
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(n);
        SymmetricMatrix shifted = SymmetricMatrix.zeros(n)) {
      for (int i = 0; i < n; i++) {
        matrix.set(i, i, 1, 1, new double[] {diagonal[i]});
        shifted.set(i, i, 1, 1, new double[] {diagonal[i] - 0.5});
      }
      try (EigenDecomposition found = new SymmetricEigen(1).all(matrix)) {
        assertThat(found.count()).isEqualTo(n);
        assertThat(found.residuals(shifted)).containsOnly(new double[] {0.5}, within(1e-12));
        assertThat(found.residuals(matrix)).containsOnly(new double[] {0}, within(1e-12));
      }
      try (SymmetricMatrix zero = SymmetricMatrix.zeros(2);
          EigenDecomposition found = new SymmetricEigen(1).all(zero)) {
        assertThat(found.residuals(zero)).containsExactly(0, 0);
      }
    }
  }

  @Test
  void theKernelsOfThisMachineAreRight() {
    assertThat(KernelCheck.right()).isTrue();
    KernelCheck.require();
    assertThat(SymmetricEigen.onAllProcessors()).isNotNull();
  }
}
