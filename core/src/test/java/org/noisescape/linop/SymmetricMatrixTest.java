package org.noisescape.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricMatrixTest {
  private static final double EPSILON = Math.ulp(1.0);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 97})
  void blocksOfAnySizeGiveTheMatrixThatElementsGive(int n) {
    double[][] a = DenseOracle.normal(n, 1);
    for (int size : new int[] {1, 3, 8, n}) {
      try (SymmetricMatrix lower = SymmetricMatrix.zeros(n);
          SymmetricMatrix upper = SymmetricMatrix.zeros(n)) {
        for (int i = 0; i < n; i += size) {
          for (int j = 0; j <= i; j += size) {
            int rows = Math.min(size, n - i);
            int columns = Math.min(size, n - j);
            lower.set(i, j, rows, columns, block(a, i, j, rows, columns));
            upper.add(j, i, columns, rows, block(a, j, i, columns, rows));
          }
        }
        assertThat(DenseOracle.elements(lower)).isDeepEqualTo(a);
        assertThat(DenseOracle.elements(upper)).isDeepEqualTo(a);
      }
    }
  }

  @Test
  void addingABlockAddsItAndItsMirrorImageOnce() {
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(4)) {
      matrix.set(0, 0, 4, 4, new double[16]);
      // rows 1, 2 and columns 0, 1, 2: (1, 1), (2, 2) lie on the diagonal, (1, 2) yields to (2, 1)
      double[] block = {10, 11, 12, 20, 21, 22};
      matrix.add(1, 0, 2, 3, block);
      matrix.add(1, 0, 2, 3, block);
      assertThat(DenseOracle.elements(matrix))
          .isDeepEqualTo(
              new double[][] {{0, 20, 40, 0}, {20, 22, 42, 0}, {40, 42, 44, 0}, {0, 0, 0, 0}});
    }
  }

  @Test
  void theLowerTriangleCountsInABlockOnTheDiagonal() {
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(2)) {
      matrix.set(0, 0, 2, 2, new double[] {1, 99, 2, 3});
      assertThat(DenseOracle.elements(matrix)).isDeepEqualTo(new double[][] {{1, 2}, {2, 3}});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 97})
  void scalingAndCenteringAreThoseOfPlainLoops(int n) {
    double[][] a = DenseOracle.normal(n, 2);
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = i - 1.5;
    }
    try (SymmetricMatrix matrix = DenseOracle.matrix(a)) {
      matrix.scale(w);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] = a[i][j] * (w[i] * w[j]);
        }
      }
      assertThat(DenseOracle.elements(matrix)).isDeepEqualTo(a);
      matrix.center();
      double[][] expected = centered(a);
      double[][] actual = DenseOracle.elements(matrix);
      double largest =
          Arrays.stream(a).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertThat(actual[i][j]).isCloseTo(expected[i][j], within(4 * n * EPSILON * largest));
          assertThat(actual[i][j]).isEqualTo(actual[j][i]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 97})
  void sumsAndProductsAreThoseOfPlainLoops(int n) {
    double[][] a = DenseOracle.normal(n, 3);
    double[][] b = DenseOracle.normal(n, 4);
    double[] x = DenseOracle.normal(n, 5)[0];
    double trace = 0;
    double square = 0;
    double inner = 0;
    for (int i = 0; i < n; i++) {
      trace += a[i][i];
      for (int j = 0; j < n; j++) {
        square += a[i][j] * a[i][j];
        inner += a[i][j] * b[j][i];
      }
    }
    double[] y = new double[n];
    try (SymmetricMatrix first = DenseOracle.matrix(a);
        SymmetricMatrix second = DenseOracle.matrix(b)) {
      assertThat(first.trace()).isEqualTo(trace);
      assertThat(first.frobeniusNorm())
          .isCloseTo(Math.sqrt(square), within(n * n * EPSILON * Math.sqrt(square)));
      assertThat(first.inner(second)).isCloseTo(inner, within(n * n * EPSILON * square));
      first.multiply(x, y);
    }
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += a[i][j] * x[j];
      }
      assertThat(y[i]).isCloseTo(sum, within(n * EPSILON * Math.sqrt(square)));
    }
  }

  @Test
  void theFrobeniusNormNeitherOverflowsNorUnderflows() {
    try (SymmetricMatrix matrix = DenseOracle.matrix(new double[][] {{3e200, 0}, {0, 4e200}})) {
      assertThat(matrix.frobeniusNorm()).isCloseTo(5e200, within(4 * EPSILON * 5e200));
    }
    try (SymmetricMatrix matrix = DenseOracle.matrix(new double[][] {{3e-200, 0}, {0, 4e-200}})) {
      assertThat(matrix.frobeniusNorm()).isCloseTo(5e-200, within(4 * EPSILON * 5e-200));
    }
  }

  @Test
  void aCopyHasItsOwnMemory() {
    try (SymmetricMatrix matrix = DenseOracle.matrix(new double[][] {{1, 2}, {2, 3}});
        SymmetricMatrix copy = matrix.copy()) {
      matrix.set(0, 0, 1, 1, new double[] {7});
      assertThat(copy.get(0, 0)).isEqualTo(1);
      assertThat(copy.get(1, 0)).isEqualTo(2);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeItIsTaken() {
    NativeMemory memory = new NativeMemory(3 << 20, 1 << 20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricMatrix.zeros(1000, memory))
        .withMessage(
            "dense symmetric matrix of dimension 1000: needs 7.6 MiB, but of the machine's 3.0 MiB"
                + " only 2.0 MiB are left beside the Java heap (up to 1.0 MiB) and other matrices"
                + " (0 B): a matrix of dimension up to 512 would fit");
    SymmetricMatrix held = SymmetricMatrix.zeros(512, memory);
    assertThat(memory.available()).isZero();
    assertThatIllegalArgumentException().isThrownBy(held::copy).withMessageContaining("2.0 MiB)");
    held.close();
    held.close();
    assertThat(memory.available()).isEqualTo(2 << 20);
    SymmetricMatrix.zeros(512, memory).close();
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricMatrix.zeros(0))
        .withMessageContaining("1 to 46340, got 0");
    assertThatIllegalArgumentException().isThrownBy(() -> SymmetricMatrix.bytes(46_341));
    assertThat(SymmetricMatrix.bytes(10_000)).isEqualTo(800_000_000);
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(3)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> matrix.set(2, 0, 2, 1, new double[2]))
          .withMessage("block of 2 x 1 at (2, 0) leaves the matrix of dimension 3");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> matrix.add(0, 0, 2, 2, new double[3]))
          .withMessageContaining("got 3");
      assertThatIllegalArgumentException().isThrownBy(() -> matrix.scale(new double[2]));
    }
  }

  private static double[] block(double[][] a, int i, int j, int rows, int columns) {
    double[] block = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(a[i + r], j, block, r * columns, columns);
    }
    return block;
  }

  private static double[][] centered(double[][] a) {
    int n = a.length;
    double[][] j = new double[n][n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        j[r][c] = (r == c ? 1 : 0) - 1.0 / n;
      }
    }
    return product(product(j, a), j);
  }

  private static double[][] product(double[][] a, double[][] b) {
    int n = a.length;
    double[][] c = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  @Test
  void aBlockMayFillTheMatrixAndNotLeaveIt() {
    assertThat(SymmetricMatrix.bytes(1)).isEqualTo(8);
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(2)) {
      matrix.set(0, 0, 2, 2, new double[] {1, 2, 2, 3});
      matrix.set(0, 0, 0, 2, new double[0]);
      matrix.add(1, 0, 1, 0, new double[0]);
      assertThat(matrix.get(1, 1)).isEqualTo(3);
      int[][] wrong = {
        {-1, 0, 1, 1}, {0, -1, 1, 1}, {0, 0, 3, 1}, {0, 0, 1, 3}, {1, 0, 2, 1}, {0, 1, 1, 2}
      };
      for (int[] block : wrong) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> matrix.set(block[0], block[1], block[2], block[3], new double[9]))
            .withMessageContaining("(%d, %d) leaves the matrix", block[0], block[1]);
      }
      assertThatIllegalArgumentException().isThrownBy(() -> matrix.get(2, 0));
      assertThatIllegalArgumentException().isThrownBy(() -> matrix.row(2, new double[2]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> matrix.multiply(new double[2], new double[3]))
          .withMessageContaining("y");
    }
  }
}
