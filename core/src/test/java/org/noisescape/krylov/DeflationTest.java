package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;

/** The two parts of a split matrix, beside projectors in plain Java. */
class DeflationTest {
  private static final Engine ENGINE = EngineUnderTest.HOST.engine();
  private static final int SIZE = 11;
  private static final double[] VALUES =
      Spectra.values(SIZE, i -> i < 3 ? 9 - 2 * i : 0.3 * i - 1.7);
  private static final RealMatrix MATRIX =
      new Array2DRowRealMatrix(Spectra.matrix(3, Arrays.copyOf(VALUES, SIZE)));

  /** Five random directions in blocks of three, one and two rows, a sixth in their span. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16})
  void partsAreThoseOfTheProjectors(int block) {
    RealMatrix rows = Spectra.normals(5, 6, SIZE);
    rows.setRowVector(4, rows.getRowVector(0).add(rows.getRowVector(3).mapMultiply(2)));
    RealMatrix basis = orthonormal(rows, List.of(0, 1, 2, 3, 5));
    RealMatrix beside = MatrixUtils.createRealIdentityMatrix(SIZE).subtract(square(basis));
    RealMatrix within = basis.multiply(MATRIX).multiplyTransposed(basis);
    try (DenseOperator operator = operator(block);
        Arena arena = ENGINE.arena()) {
      List<Tensor> directions = new ArrayList<>();
      for (int[] part : new int[][] {{0, 3}, {3, 1}, {4, 2}}) {
        directions.add(arena.reserve(DType.FLOAT64, part[1], SIZE));
      }
      arena.commit();
      for (int i = 0, from = 0; i < 3; from += directions.get(i++).dim(0)) {
        write(directions.get(i), rows, from);
      }
      try (Deflation split = Deflation.of(operator, directions)) {
        double[] expected = Spectra.eigenvalues(within.getData());
        Arrays.sort(expected);
        close("values", split.values(), expected, 1e-12);
        assertThat(split.products()).isEqualTo(5);
        RealMatrix rest = beside.multiply(MATRIX).multiply(beside);
        close("rest", matrix(split.rest()), flat(rest), 1e-12);
        double trace = Arrays.stream(expected).sum() + rest.getTrace();
        close("trace", trace, Arrays.stream(VALUES).sum(), 1e-12);
      }
    }
  }

  @Test
  void withoutDirectionsAllIsLeft() {
    try (DenseOperator operator = operator(4);
        Deflation split = Deflation.of(operator, List.of())) {
      assertThat(split.values()).isEmpty();
      assertThat(split.products()).isZero();
      close("rest", matrix(split.rest()), flat(MATRIX), 0);
    }
  }

  @Test
  void withEveryDirectionNothingIsLeft() {
    try (DenseOperator operator = operator(4);
        RitzPairs all = Lanczos.solve(operator, LanczosOptions.of(operator, SIZE, End.LARGEST, 1));
        Deflation split = Deflation.of(operator, List.of(all.vectors()))) {
      double[] sorted = VALUES.clone();
      Arrays.sort(sorted);
      close("values", split.values(), sorted, 1e-12);
      split.values()[0] = Double.NaN;
      close("a copy", split.values(), sorted, 1e-12);
      assertThat(split.products()).isEqualTo(SIZE);
      close("rest", matrix(split.rest()), new double[SIZE * SIZE], 1e-12);
    }
  }

  /** Rows q_i with q_i·q_j = δ_ij on the span of some. */
  private static RealMatrix orthonormal(RealMatrix rows, List<Integer> some) {
    int[] chosen = some.stream().mapToInt(i -> i).toArray();
    int[] all = new int[SIZE];
    Arrays.setAll(all, i -> i);
    RealMatrix columns = rows.getSubMatrix(chosen, all).transpose();
    RealMatrix q = new QRDecomposition(columns).getQ();
    return q.getSubMatrix(0, SIZE - 1, 0, chosen.length - 1).transpose();
  }

  private static RealMatrix square(RealMatrix basis) {
    return basis.transposeMultiply(basis);
  }

  private static DenseOperator operator(int block) {
    return new DenseOperator(ENGINE, DType.FLOAT64, block, MATRIX.getData());
  }

  private static void write(Tensor target, RealMatrix rows, int from) {
    double[] values = new double[target.dim(0) * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.getEntry(from + i / SIZE, i % SIZE);
    }
    ENGINE.memory().write(target, values);
  }

  /** Images of the unit vectors, row by row, which is the matrix where it is symmetric. */
  private static double[] matrix(LinearOperator operator) {
    try (Arena arena = ENGINE.arena()) {
      Tensor unit = arena.reserve(DType.FLOAT64, SIZE, SIZE);
      Tensor images = arena.reserve(DType.FLOAT64, SIZE, SIZE);
      arena.commit();
      ENGINE.memory().write(unit, flat(MatrixUtils.createRealIdentityMatrix(SIZE)));
      operator.apply(unit, images);
      return ENGINE.memory().readDoubles(images);
    }
  }

  private static double[] flat(RealMatrix matrix) {
    return Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray();
  }
}
