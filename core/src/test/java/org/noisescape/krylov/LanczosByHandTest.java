package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;

/** When a search ends, beside Rayleigh-Ritz on the same Krylov space in plain Java. */
class LanczosByHandTest {
  private static final long SEED = 5;
  private static final Engine ENGINE = EngineUnderTest.HOST.engine();

  /**
   * Convergence is first looked at at the default size, then an eighth of the basis or a block
   * later; the search ends where all residuals are half the tolerance. A random vector is followed
   * then until it has missed no eigenvalue beyond the last pair but with a probability of 10⁻³, and
   * a product a pair taken for the residuals that are reported.
   */
  @ParameterizedTest
  @CsvSource({
    // a gap that the first look finds
    "1, 1, 1e-6, 0.5",
    "2, 2, 1e-6, 0.5",
    // a spectrum that takes many looks
    "1, 1, 1e-3, 0.97",
    "1, 2, 1e-5, 0.97",
    "2, 3, 1e-4, 0.97",
    "3, 2, 1e-6, 0.97",
    "3, 4, 1e-2, 0.99"
  })
  void aSearchEndsWithResidualsOfHalfTheToleranceAndNothingUnseen(
      int block, int pairs, double tolerance, double ratio) {
    double[][] matrix = Spectra.matrix(7, Spectra.values(120, i -> Math.pow(ratio, i)));
    List<RealVector> basis = basisAtWhichItEnds(matrix, block, pairs, tolerance);
    int looked = productsOfTheLook(matrix, basis, Math.pow(ratio, pairs - 1) + tolerance, block);
    try (DenseOperator operator = new DenseOperator(ENGINE, DType.FLOAT64, block, matrix)) {
      LanczosOptions options =
          LanczosOptions.of(operator, pairs, End.LARGEST, SEED)
              .withBlock(block)
              .withBasis(120)
              .withTolerance(tolerance);
      try (RitzPairs found = Lanczos.solve(operator, options)) {
        assertThat(found.restarts()).isZero();
        assertThat(found.allConverged()).isTrue();
        assertThat(found.size()).isEqualTo(pairs);
        assertThat(found.products()).isEqualTo(basis.size() + looked + pairs);
        assertThat(found.unseen()).isPositive().isLessThanOrEqualTo(1e-3);
      }
    }
  }

  /** By q_j(t) = det(t − T_j) / (β_1 ⋯ β_j) of the matrix projected on the vectors so far. */
  private static int productsOfTheLook(
      double[][] entries, List<RealVector> held, double t, int next) {
    RealMatrix matrix = new Array2DRowRealMatrix(entries);
    List<RealVector> all = new ArrayList<>(held);
    append(all, new ArrayRealVector(starts(next + 1, entries.length)[next]));
    double lengths = 1;
    double missed = 1;
    int products = 0;
    while (missed > 1e-3) {
      RealVector last = all.getLast();
      products++;
      append(all, matrix.operate(last));
      lengths *= all.getLast().dotProduct(matrix.operate(last));
      RealMatrix q = columns(all.subList(held.size(), all.size() - 1));
      RealMatrix product = q.transposeMultiply(matrix.multiply(q));
      RealMatrix shifted = product.add(product.transpose()).scalarMultiply(-0.5);
      for (int i = 0; i < products; i++) {
        shifted.addToEntry(i, i, t);
      }
      double determinant = new LUDecomposition(shifted).getDeterminant();
      boolean beyond =
          new EigenDecompositionSymmetric(shifted, 1e-12, true).getEigenvalue(products - 1) > 0;
      missed = beyond ? Math.sqrt(2 * entries.length / Math.PI) * lengths / determinant : 1;
    }
    return products;
  }

  private static List<RealVector> basisAtWhichItEnds(
      double[][] entries, int block, int pairs, double tolerance) {
    RealMatrix matrix = new Array2DRowRealMatrix(entries);
    List<RealVector> basis = new ArrayList<>();
    for (double[] row : starts(block, entries.length)) {
      append(basis, new ArrayRealVector(row));
    }
    int check = LanczosOptions.defaultBasis(pairs, block, entries.length);
    while (true) {
      int size = basis.size();
      if (size >= check) {
        if (largestResidual(matrix, basis, pairs) <= 0.5 * tolerance) {
          return basis;
        }
        check = size + Math.max(block, size / 8);
      }
      for (int b = 0; b < block; b++) {
        append(basis, matrix.operate(basis.get(size - block + b)));
      }
    }
  }

  private static double[][] starts(int block, int dimension) {
    try (Arena arena = ENGINE.arena()) {
      Tensor drawn = arena.reserve(DType.FLOAT64, block, dimension);
      RandomVectors random = new RandomVectors(arena, block, SEED, RandomVectors.Use.START);
      arena.commit();
      random.normal(drawn, 0);
      return LanczosTest.rows(drawn);
    }
  }

  private static void append(List<RealVector> basis, RealVector next) {
    RealVector rest = next;
    for (int pass = 0; pass < 2; pass++) {
      for (RealVector q : basis) {
        rest = rest.subtract(q.mapMultiply(q.dotProduct(rest)));
      }
    }
    basis.add(rest.mapDivide(rest.getNorm()));
  }

  /** Of the best Ritz pairs, over the largest Ritz value, which is their norm. */
  private static double largestResidual(RealMatrix matrix, List<RealVector> basis, int pairs) {
    RealMatrix q = columns(basis);
    RealMatrix projected = q.transposeMultiply(matrix.multiply(q));
    var eigen =
        new EigenDecompositionSymmetric(
            projected.add(projected.transpose()).scalarMultiply(0.5), 1e-14, true);
    double largest = 0;
    for (int k = 0; k < pairs; k++) {
      RealVector x = q.operate(eigen.getEigenvector(k));
      double value = eigen.getEigenvalue(k);
      RealVector residual = matrix.operate(x).subtract(x.mapMultiply(value));
      largest = Math.max(largest, residual.getNorm());
    }
    return largest / eigen.getEigenvalue(0);
  }

  private static RealMatrix columns(List<RealVector> vectors) {
    RealMatrix q = new Array2DRowRealMatrix(vectors.getFirst().getDimension(), vectors.size());
    for (int i = 0; i < vectors.size(); i++) {
      q.setColumnVector(i, vectors.get(i));
    }
    return q;
  }

  @Test
  void aBudgetIsUsedToItsLastProduct() {
    double[][] matrix = Spectra.matrix(3, Spectra.values(211, i -> 1 + 0.01 * i));
    try (DenseOperator operator = new DenseOperator(ENGINE, DType.FLOAT64, 1, matrix)) {
      LanczosOptions options =
          LanczosOptions.of(operator, 3, End.LARGEST, SEED).withBasis(10).withMaxProducts(20);
      try (RitzPairs found = Lanczos.solve(operator, options)) {
        assertThat(found.products()).isEqualTo(20);
      }
    }
  }

  /** Two basis sizes that are one too small and just large enough, and the same of products. */
  @Test
  void theLeastThatIsAllowedIsAllowed() {
    try (DenseOperator operator =
        new DenseOperator(
            ENGINE, DType.FLOAT64, 2, Spectra.matrix(3, Spectra.values(30, i -> i)))) {
      LanczosOptions options = LanczosOptions.of(operator, 3, End.LARGEST, SEED).withBlock(2);
      assertThat(options.withBasis(7).fittedTo(operator).basis()).isEqualTo(7);
      assertThatThrownBy(() -> options.withBasis(6).fittedTo(operator))
          .hasMessageEndingWith(
              "6 vectors is too small for 3 pairs in blocks of 2: take at least 7");
      assertThat(options.withBasis(7).withMaxProducts(12).fittedTo(operator).maxProducts())
          .isEqualTo(12);
      assertThatThrownBy(() -> options.withBasis(7).withMaxProducts(11).fittedTo(operator))
          .hasMessageEndingWith(
              "11 products do not fill a basis of 7 vectors once: allow at least 12");
    }
  }

  @Test
  void optionsAreThoseOfTheirRules() {
    // 3 + 10 blocks of 4; the products that fill such a basis once
    LanczosOptions small = new LanczosOptions(3, End.LARGEST, 1, 20, 0.5, 24, SEED);
    assertThat(small.withBlock(4))
        .isEqualTo(new LanczosOptions(3, End.LARGEST, 4, 43, 0.5, 50, SEED));
    assertThat(small.withBlock(1).basis()).isEqualTo(20);
    assertThat(new LanczosOptions(3, End.LARGEST, 1, 20, 0.5, 999, SEED).withBlock(4).maxProducts())
        .isEqualTo(999);
    // half of what is not wanted, or what leaves room for four blocks, but those that are wanted
    assertThat(LanczosOptions.kept(4, 1, 20)).isEqualTo(12);
    assertThat(LanczosOptions.kept(4, 3, 20)).isEqualTo(8);
    assertThat(LanczosOptions.kept(4, 5, 20)).isEqualTo(4);
    assertThat(LanczosOptions.kept(4, 1, 3)).isEqualTo(3);
    try (DenseOperator operator = new DenseOperator(ENGINE, DType.FLOAT32, 2, new double[60][60])) {
      assertThat(LanczosOptions.of(operator, 5, End.SMALLEST, 9))
          .isEqualTo(
              new LanczosOptions(5, End.SMALLEST, 1, 20, Math.sqrt(0x1p-23), 100L * 20 + 5 + 1, 9));
    }
    for (double wrong : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> small.withTolerance(wrong))
          .hasMessage("tolerance must be in (0, 1), got " + wrong);
    }
    assertThatThrownBy(() -> new LanczosOptions(3, End.LARGEST, 0, 20, 0.5, 24, SEED))
        .hasMessage("block must be >= 1, got 0");
    assertThatThrownBy(() -> new LanczosOptions(3, End.LARGEST, 1, 0, 0.5, 24, SEED))
        .hasMessage("basis must be >= 1, got 0");
  }

  /** diag(1, 1, 3): two dimensions of the second block are in the span of the first. */
  @Test
  void vectorsThatAreInTheSpanOfOthersAreGivenUp() {
    double[][] given = {{3, 0, 0, 0}, {1, 4, 0, 0}, {2, -8, 0, 0}, {1, 1, 0, 2}, {5, 5, 5, 5}};
    try (Arena arena = ENGINE.arena()) {
      Basis basis = new Basis(arena, DType.FLOAT64, 6, 4, 5, 0);
      arena.commit();
      for (int i = 0; i < given.length; i++) {
        ENGINE.memory().write(basis.vectors(1 + i, 1), given[i]);
      }
      ENGINE.memory().write(basis.vectors(0, 1), new double[] {0, 0, 1, 0});
      double[] lengths = {3, Math.sqrt(17), Math.sqrt(68), Math.sqrt(6), 10};
      assertThat(basis.append(1, 5, lengths)).isEqualTo(4);
      double[][] rows = LanczosTest.rows(basis.vectors(0, 4));
      double[][] expected = {{0, 0, 1, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}};
      for (int i = 0; i < 4; i++) {
        close("row " + i, rows[i], expected[i], 1e-15);
      }
    }
  }

  @Test
  void rowsAreTheirTriangleTimesTheOrthonormalOnes() {
    double[][] given = {{0, 3, 4, 0}, {0, 6, 8, 0}, {0, 1, 2, 2}, {0, 0, 1, 1}};
    try (Arena arena = ENGINE.arena()) {
      Basis basis = new Basis(arena, DType.FLOAT64, 5, 4, 4, 0);
      arena.commit();
      for (int i = 0; i < given.length; i++) {
        ENGINE.memory().write(basis.vectors(i, 1), given[i]);
      }
      double[][] triangle = basis.orthonormalise(0, 4, new double[] {5, 10, 3, Math.sqrt(2)}, 4);
      double[][] q = LanczosTest.rows(basis.vectors(0, triangle[0].length));
      assertThat(triangle[0]).hasSize(3);
      close("first", triangle[0], new double[] {5, 0, 0}, 1e-15);
      close("second, which is twice the first", triangle[1], new double[] {10, 0, 0}, 2e-15);
      for (int r = 0; r < given.length; r++) {
        double[] sum = new double[4];
        for (int c = 0; c < 3; c++) {
          for (int i = 0; i < 4; i++) {
            sum[i] += triangle[r][c] * q[c][i];
          }
        }
        close("row " + r, sum, given[r], 1e-14);
      }
      assertThat(basis.orthonormalise(0, 3, new double[] {1, 1, 1}, 2)[2]).hasSize(2);
    }
  }

  /** Directions beside those there are, as long as there are any, each of a number of its own. */
  @Test
  void randomDirectionsAreOrthonormalAndCounted() {
    try (Arena arena = ENGINE.arena()) {
      Basis basis = new Basis(arena, DType.FLOAT64, 4, 3, 1, 0);
      RandomVectors random = new RandomVectors(arena, 1, SEED, RandomVectors.Use.START);
      arena.commit();
      assertThat(basis.randomise(random, 4, 0, 1)).isEqualTo(5);
      assertThat(basis.randomise(random, 5, 1, 2)).isEqualTo(7);
      double[][] rows = LanczosTest.rows(basis.vectors(0, 3));
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double product = new ArrayRealVector(rows[i]).dotProduct(new ArrayRealVector(rows[j]));
          close("product", product, i == j ? 1 : 0, 1e-14);
        }
      }
      assertThatThrownBy(() -> basis.randomise(random, 7, 3, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no direction is left beside 3 orthonormal rows");
    }
  }
}
