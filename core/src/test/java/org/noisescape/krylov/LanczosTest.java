package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.linop.Counting;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class LanczosTest {
  private static final long SEED = 5;

  static Stream<SpectrumCase> spectra() {
    return SpectrumCase.all();
  }

  /** Blocks of three: no planted multiplicity but those of identity and zero is larger. */
  @ParameterizedTest
  @MethodSource("spectra")
  void extremePairsAreThoseOfTheMatrix(SpectrumCase spectrum) {
    for (End end : End.values()) {
      for (int pairs : new int[] {1, 4, spectrum.values().length}) {
        if (pairs <= spectrum.values().length) {
          check(spectrum, end, pairs, 3);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("spectra")
  void singleVectorsFindAllPairs(SpectrumCase spectrum) {
    check(spectrum, End.LARGEST, spectrum.values().length, 1);
    check(spectrum, End.SMALLEST, 1, 1);
  }

  private static void check(SpectrumCase spectrum, End end, int pairs, int block) {
    try (DenseOperator dense = spectrum.operator(block)) {
      Counting operator = new Counting(dense);
      LanczosOptions options = LanczosOptions.of(operator, pairs, end, SEED).withBlock(block);
      if (end == End.SMALLEST) {
        // the small ends of decaying spectra are clusters: no restarts
        options = options.withBasis(operator.dimension());
      }
      try (RitzPairs found = Lanczos.solve(operator, options)) {
        double bound = options.tolerance() * found.scale() + spectrum.rounding() * spectrum.norm();
        double[] expected = Spectra.descending(spectrum.values());
        if (end == End.SMALLEST) {
          expected = Arrays.stream(spectrum.values()).sorted().toArray();
        }
        assertThat(found.allConverged())
            .as("%s %s %d, %s", spectrum, end, pairs, Arrays.toString(found.residuals()))
            .isTrue();
        assertThat(found.products()).isEqualTo(operator.products());
        for (int i = 0; i < pairs; i++) {
          close("value " + i, found.values()[i], expected[i], bound);
        }
        assertOrdered(found.values(), end);
        assertOrthonormal(found.vectors());
        assertResiduals(spectrum, found);
      }
    }
  }

  private static void assertOrdered(double[] values, End end) {
    for (int i = 1; i < values.length; i++) {
      assertThat(end == End.LARGEST ? values[i] <= values[i - 1] : values[i] >= values[i - 1])
          .as("order of %s", Arrays.toString(values))
          .isTrue();
    }
  }

  /** Rows after two passes: roundings of sums of P terms, at every restart. */
  private static void assertOrthonormal(Tensor vectors) {
    double bound = 40 * Basis.epsilon(vectors.dtype()) * Math.sqrt(vectors.dim(1));
    double[][] rows = rows(vectors);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        close("⟨v" + i + ", v" + j + "⟩", Vectors.dot(rows[i], rows[j]), i == j ? 1 : 0, bound);
      }
    }
  }

  /** Recomputed in float64 from the matrix itself. */
  private static void assertResiduals(SpectrumCase spectrum, RitzPairs found) {
    double[][] matrix = spectrum.matrix();
    double[][] rows = rows(found.vectors());
    for (int i = 0; i < rows.length; i++) {
      double[] residual = new double[matrix.length];
      for (int j = 0; j < matrix.length; j++) {
        residual[j] = Vectors.dot(matrix[j], rows[i]) - found.values()[i] * rows[i][j];
      }
      close(
          "residual " + i,
          found.residuals()[i],
          Vectors.norm(residual),
          spectrum.rounding() * spectrum.norm());
    }
  }

  static double[][] rows(Tensor vectors) {
    double[] all = vectors.engine().memory().readDoubles(vectors);
    int width = vectors.dim(1);
    double[][] rows = new double[vectors.dim(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Vectors.part(all, i * width, width);
    }
    return rows;
  }

  @Test
  void restartsReachPairsThatASmallBasisMisses() {
    double[] values = Spectra.values(211, i -> 1 + 0.01 * i);
    try (DenseOperator operator = dense(2, Spectra.matrix(3, values))) {
      LanczosOptions options =
          LanczosOptions.of(operator, 3, End.LARGEST, SEED).withBasis(12).withTolerance(1e-10);
      try (RitzPairs found = Lanczos.solve(operator, options)) {
        assertThat(found.restarts()).isGreaterThan(3);
        assertThat(found.allConverged()).isTrue();
        close("values", found.values(), new double[] {3.1, 3.09, 3.08}, 1e-9);
        assertOrthonormal(found.vectors());
      }
    }
  }

  /**
   * Five and three copies, among values as near as a tenth: one in a Krylov space of one vector.
   */
  @ParameterizedTest
  @EnumSource(End.class)
  void singleVectorsFindAllCopies(End end) {
    double[] values = Spectra.values(300, i -> Math.max(0.2, 2.5 - 0.1 * Math.max(i, 9)));
    Arrays.fill(values, 0, 5, 3);
    Arrays.fill(values, 5, 8, 2);
    values[8] = 1.9;
    if (end == End.SMALLEST) {
      Arrays.setAll(values, i -> -values[i]);
    }
    double[] expected = {3, 3, 3, 3, 3, 2, 2, 2, 1.9};
    try (DenseOperator operator = dense(1, Spectra.matrix(3, values))) {
      for (int pairs : new int[] {1, 2, 5, 6, 8, 9}) {
        LanczosOptions options = LanczosOptions.of(operator, pairs, end, SEED).withTolerance(1e-8);
        try (RitzPairs found = Lanczos.solve(operator, options)) {
          assertThat(found.allConverged()).as("%d pairs", pairs).isTrue();
          if (pairs > 6 || pairs == 5) {
            // else there are more copies of the last one, which lie where it does
            assertThat(found.unseen()).as("%d pairs", pairs).isLessThanOrEqualTo(1e-3);
          }
          double[] sizes = Arrays.stream(found.values()).map(Math::abs).toArray();
          close("values", sizes, Arrays.copyOf(expected, pairs), 1e-12);
          assertOrthonormal(found.vectors());
        }
      }
    }
  }

  @Test
  void valuesDoNotDependOnTheBlock() {
    double[] values = Spectra.values(97, i -> Math.pow(0.8, i));
    for (int block : new int[] {1, 2, 5, 8}) {
      try (DenseOperator operator = dense(block, Spectra.matrix(3, values));
          RitzPairs found =
              Lanczos.solve(
                  operator, LanczosOptions.of(operator, 5, End.LARGEST, SEED).withBlock(block))) {
        // errors of values are squares of residuals over gaps
        close("values", found.values(), Arrays.copyOf(values, 5), 1e-13);
      }
    }
  }

  @Test
  void aBudgetThatIsTooSmallIsFlagged() {
    double[] values = Spectra.values(211, i -> 1 + 0.01 * i);
    try (DenseOperator operator = dense(1, Spectra.matrix(3, values))) {
      LanczosOptions options =
          LanczosOptions.of(operator, 3, End.LARGEST, SEED).withBasis(10).withMaxProducts(20);
      try (RitzPairs found = Lanczos.solve(operator, options)) {
        assertThat(found.products()).isLessThanOrEqualTo(20);
        assertThat(found.converged()).containsOnly(false);
        assertThat(found.residuals()[0]).isGreaterThan(options.tolerance() * 3.1);
      }
    }
  }

  @Test
  void sameSeedSameBitsOtherSeedOtherBits() {
    double[] values = Spectra.values(53, i -> Math.pow(0.7, i));
    try (DenseOperator operator = dense(2, Spectra.matrix(3, values))) {
      LanczosOptions options = LanczosOptions.of(operator, 2, End.LARGEST, SEED);
      LanczosOptions other = LanczosOptions.of(operator, 2, End.LARGEST, SEED + 1);
      try (RitzPairs first = Lanczos.solve(operator, options);
          RitzPairs second = Lanczos.solve(operator, options);
          RitzPairs third = Lanczos.solve(operator, other)) {
        assertThat(rows(second.vectors())).isDeepEqualTo(rows(first.vectors()));
        assertThat(rows(third.vectors())[0]).isNotEqualTo(rows(first.vectors())[0]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void memoryIsWhatTheFormulaSays(DType dtype) {
    Engine engine = EngineUnderTest.HOST.engine();
    for (int dimension : new int[] {1, 2, 7, 97, 40_009}) {
      for (int block : new int[] {1, 3}) {
        try (DenseOperator small = new DenseOperator(engine, dtype, block, new double[1][1])) {
          var operator = new Resized(small, dimension);
          int pairs = Math.min(4, dimension);
          LanczosOptions options =
              LanczosOptions.of(operator, pairs, End.LARGEST, SEED)
                  .withBlock(Math.min(block, dimension));
          try (Lanczos lanczos = new Lanczos(operator, options)) {
            assertThat(lanczos.bytes())
                .isEqualTo(Lanczos.bytes(dimension, pairs, block, options.basis(), dtype));
          }
        }
      }
    }
  }

  @Test
  void badArgumentsAreNamed() {
    try (DenseOperator operator = dense(1, Spectra.matrix(3, 1, 2, 3))) {
      assertThatThrownBy(
              () -> Lanczos.solve(operator, LanczosOptions.of(operator, 4, End.LARGEST, SEED)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("dense: 4 eigenpairs of a matrix of dimension 3: ask for at most 3");
      assertThatThrownBy(
              () ->
                  Lanczos.solve(
                      operator, LanczosOptions.of(operator, 1, End.LARGEST, SEED).withBasis(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a basis of 2 vectors is too small")
          .hasMessageContaining("at least 3");
      assertThatThrownBy(
              () ->
                  Lanczos.solve(
                      operator,
                      LanczosOptions.of(operator, 1, End.LARGEST, SEED).withMaxProducts(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("allow at least 5");
      assertThatThrownBy(() -> LanczosOptions.of(operator, 0, End.LARGEST, SEED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("pairs must be >= 1, got 0");
    }
  }

  @ParameterizedTest
  @MethodSource("notFinite")
  void aProductThatIsNotFiniteStopsTheSearch(double wrong) {
    double[][] matrix = Spectra.matrix(3, Spectra.values(30, i -> i));
    matrix[7][7] = wrong;
    try (DenseOperator operator = dense(2, matrix)) {
      assertThatThrownBy(
              () -> Lanczos.solve(operator, LanczosOptions.of(operator, 2, End.LARGEST, SEED)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("dense: the product with vector 1 is not finite: is θ finite?");
    }
  }

  static double[] notFinite() {
    return new double[] {Double.NaN, Double.POSITIVE_INFINITY};
  }

  @Test
  void aSearchRunsOnce() {
    try (DenseOperator operator = dense(1, Spectra.matrix(3, 1, 2, 3));
        Lanczos lanczos =
            new Lanczos(operator, LanczosOptions.of(operator, 1, End.LARGEST, SEED))) {
      lanczos.run().close();
      assertThatThrownBy(lanczos::run).isInstanceOf(IllegalStateException.class);
    }
  }

  private static DenseOperator dense(int block, double[][] matrix) {
    return new DenseOperator(EngineUnderTest.HOST.engine(), DType.FLOAT64, block, matrix);
  }
}
