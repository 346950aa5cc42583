package org.noisescape.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

@Tag(TestedEngines.TAG)
class CompositesTest {
  private static final int SIZE = 7;
  private static final double[] DIAGONAL = {1, 0.5, -2, 0, 1.5, 0.25, 3};
  private static final RealMatrix A = matrix(1);
  private static final RealMatrix B = matrix(2);

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private static RealMatrix matrix(long seed) {
    return new Array2DRowRealMatrix(
        Spectra.matrix(seed, Spectra.values(SIZE, i -> Math.cos(i + seed))));
  }

  private static DenseOperator operator(EngineUnderTest engine, RealMatrix matrix, int block) {
    return new DenseOperator(engine.engine(), DType.FLOAT64, block, matrix.getData());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void compositesAreTheirMatrices(EngineUnderTest engine) {
    RealMatrix q =
        new QRDecomposition(Spectra.normals(4, SIZE, SIZE)).getQT().getSubMatrix(0, 2, 0, SIZE - 1);
    RealMatrix onto = q.transpose().multiply(q);
    RealMatrix beside = MatrixUtils.createRealIdentityMatrix(SIZE).subtract(onto);
    Tensor rows = engine.engine().tensor(DType.FLOAT64, 3, SIZE);
    engine.engine().memory().write(rows, flat(q));
    try (DenseOperator a = operator(engine, A, 2);
        DenseOperator b = operator(engine, B, 3);
        Sum sum = new Sum(a, b);
        SymmetricallyScaled scaled = new SymmetricallyScaled(a, DIAGONAL, () -> 0.5);
        Projected inside = new Projected(a, rows, Projected.Onto.SUBSPACE);
        Projected outside = new Projected(a, rows, Projected.Onto.COMPLEMENT)) {
      check(sum, A.add(B));
      check(new Scaled(a, -2.5), A.scalarMultiply(-2.5));
      check(new Scaled(a, 0), A.scalarMultiply(0));
      RealMatrix shift = MatrixUtils.createRealIdentityMatrix(SIZE).scalarMultiply(0.75);
      check(new Shifted(a, 0.75), A.add(shift));
      check(new Counting(a), A);
      RealMatrix d = MatrixUtils.createRealDiagonalMatrix(DIAGONAL);
      check(scaled, d.multiply(A).multiply(d));
      assertThat(scaled.cancellation()).isEqualTo(0.5);
      check(inside, onto.multiply(A).multiply(onto));
      check(outside, beside.multiply(A).multiply(beside));
    } finally {
      rows.arena().close();
    }
  }

  /** By blocks of unit vectors, and on five rows of a wider tensor, more than any block. */
  private static void check(LinearOperator operator, RealMatrix expected) {
    double bound = 1e-14 * SIZE;
    close(operator.name(), flat(Materialization.dense(operator)), flat(expected), bound);
    Engine engine = operator.engine();
    int count = 5;
    try (Arena arena = engine.arena()) {
      Tensor x = arena.reserve(DType.FLOAT64, count, SIZE + 3).slice(2, SIZE);
      Tensor y = arena.reserve(DType.FLOAT64, count, SIZE + 4).slice(1, SIZE);
      arena.commit();
      double[] vectors = Vectors.normals(9, count * SIZE);
      engine.memory().write(x, vectors);
      engine.memory().fill(y, Double.NaN);
      operator.apply(x, y);
      double[] wanted = flat(new Array2DRowRealMatrix(rows(vectors)).multiply(expected));
      close(
          operator.name() + " of rows with gaps",
          engine.memory().readDoubles(y),
          wanted,
          10 * bound);
      assertThat(engine.memory().readDoubles(x)).as("x is left as it is").isEqualTo(vectors);
    }
  }

  private static double[][] rows(double[] flat) {
    double[][] rows = new double[flat.length / SIZE][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Vectors.part(flat, i * SIZE, SIZE);
    }
    return rows;
  }

  private static double[] flat(RealMatrix matrix) {
    return flat(matrix.getData());
  }

  private static double[] flat(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  void productsAreCountedByVectors() {
    try (DenseOperator a = operator(EngineUnderTest.HOST, A, 3)) {
      Counting counting = new Counting(a);
      Materialization.rows(counting, (row, values) -> {});
      assertThat(counting.products()).isEqualTo(SIZE);
    }
  }

  @Test
  void aMatrixThatIsNotFiniteIsNotMaterialised() {
    RealMatrix broken = A.copy();
    broken.setEntry(4, 4, Double.NaN);
    try (DenseOperator operator = operator(EngineUnderTest.HOST, broken, 3)) {
      assertThatThrownBy(() -> Materialization.dense(operator))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("dense")
          .hasMessageContaining("is not finite");
    }
  }

  @Test
  void operatorsThatDoNotFitAreRefused() {
    try (DenseOperator a = operator(EngineUnderTest.HOST, A, 1);
        DenseOperator small =
            operator(EngineUnderTest.HOST, matrix(1).getSubMatrix(0, 2, 0, 2), 1)) {
      assertThatThrownBy(() -> new Sum(a, small))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("7 float64 on host")
          .hasMessageContaining("3 float64 on host");
      Tensor rows = a.engine().tensor(DType.FLOAT32, 1, SIZE);
      assertThatThrownBy(() -> new Projected(a, rows, Projected.Onto.SUBSPACE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows must be (q, 7) float64")
          .hasMessageContaining("(1, 7) float32");
      rows.arena().close();
      assertThatThrownBy(() -> new Scaled(a, Double.NaN))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
