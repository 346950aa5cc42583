package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;

/** Estimates with directions taken out, beside the same random signs in plain Java. */
class SampledByHandTest {
  private static final Engine ENGINE = EngineUnderTest.HOST.engine();
  private static final int SIZE = 9;
  private static final int SAMPLES = 5;
  private static final long SEED = 4;
  private static final RealMatrix A = matrix(1, 3, -2, 1.5, 1, 0.7, -0.3, 0.2, 0.1, -0.05);
  private static final RealMatrix B = matrix(2, 2, 1, -1, 0.8, 0.6, 0.4, -0.2, 0.1, 0.3);

  /** Five directions: their part is exact, and the others' moments are those of the samples. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void alignment(int block) {
    int given = 5;
    RealMatrix directions = Spectra.normals(6, given, SIZE);
    RealMatrix q = orthonormal(directions);
    RealMatrix z = signs(RandomVectors.Use.PROBE, SAMPLES).multiply(beside(q));
    double[][] columns = {
      dots(z.multiply(A), z.multiply(B)),
      dots(z.multiply(A), z.multiply(A)),
      dots(z.multiply(B), z.multiply(B))
    };
    double[] exact = {
      sum(dots(q.multiply(A), q.multiply(B))),
      sum(dots(q.multiply(A), q.multiply(A))),
      sum(dots(q.multiply(B), q.multiply(B)))
    };
    try (DenseOperator a = operator(A, block);
        DenseOperator b = operator(B, 1);
        Arena arena = ENGINE.arena()) {
      Tensor rows = arena.reserve(DType.FLOAT64, given, SIZE);
      arena.commit();
      ENGINE.memory().write(rows, flat(directions));
      Alignment found = Alignment.estimate(a, b, List.of(rows), StoppingRule.fixed(SAMPLES), SEED);
      for (int i = 0; i < 3; i++) {
        int column = i;
        Estimate part =
            List.of(found.traceOfProduct(), found.firstSquared(), found.secondSquared()).get(i);
        isJackknife(part, columns, means -> exact[column] + means[column]);
      }
      isJackknife(
          found.similarity(),
          columns,
          means ->
              (exact[0] + means[0]) / Math.sqrt((exact[1] + means[1]) * (exact[2] + means[2])));
      assertThat(found.similarity().products()).isEqualTo(2 * (given + SAMPLES));
      assertThat(found.similarity().converged()).isTrue();
    }
  }

  /** A sketch of three rows, and {@value #SAMPLES} vectors beside it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void hutchPlusPlus(int block) {
    int sketch = 3;
    RealMatrix q = orthonormal(signs(RandomVectors.Use.SKETCH, sketch).multiply(A));
    RealMatrix z = signs(RandomVectors.Use.PROBE, SAMPLES).multiply(beside(q));
    double captured = sum(dots(q, q.multiply(A)));
    double[] rest = dots(z, z.multiply(A));
    try (DenseOperator operator = operator(A, block)) {
      Estimate found =
          TraceEstimator.hutchPlusPlus(operator, sketch, StoppingRule.fixed(SAMPLES), SEED);
      close("trace", found.value(), captured + sum(rest) / SAMPLES, 1e-12);
      double error = Math.sqrt(squares(rest) / (SAMPLES - 1) / SAMPLES);
      close("standard error", found.standardError(), error, 1e-12);
      assertThat(found.degreesOfFreedom()).isEqualTo(SAMPLES - 1);
      assertThat(found.products()).isEqualTo(2 * sketch + SAMPLES);
      // the same split by the number of products, the odd ones beside the sketch
      Estimate split = TraceEstimator.hutchPlusPlus(operator, 3 * sketch + 2, SEED);
      assertThat(split).isEqualTo(found);
    }
  }

  /** What is left of the error is rounding, on the scale of what is summed. */
  @Test
  void allDirectionsLeaveTheRounding() {
    RealMatrix large = A.scalarMultiply(1000);
    try (DenseOperator a = operator(large, 4);
        DenseOperator b = operator(B, 4);
        Arena arena = ENGINE.arena()) {
      Tensor rows = arena.reserve(DType.FLOAT64, SIZE, SIZE);
      arena.commit();
      ENGINE.memory().write(rows, flat(Spectra.normals(6, SIZE, SIZE)));
      Alignment found = Alignment.estimate(a, b, List.of(rows), StoppingRule.fixed(2), SEED);
      double first = Math.pow(large.getFrobeniusNorm(), 2);
      double second = Math.pow(B.getFrobeniusNorm(), 2);
      isExact(found.traceOfProduct(), large.multiply(B).getTrace(), Math.sqrt(first * second));
      isExact(found.firstSquared(), first, first);
      isExact(found.secondSquared(), second, second);
      double similarity = large.multiply(B).getTrace() / Math.sqrt(first * second);
      isExact(found.similarity(), similarity, 1);
    }
  }

  /** No more rows than dimensions, however many products there are. */
  @ParameterizedTest
  @ValueSource(ints = {27, 40})
  void aSketchOfAllDimensionsIsExact(int products) {
    RealMatrix large = A.scalarMultiply(1000);
    RealMatrix q = orthonormal(signs(RandomVectors.Use.SKETCH, SIZE).multiply(large));
    double size = Arrays.stream(dots(q, q.multiply(large))).map(Math::abs).sum();
    try (DenseOperator operator = operator(large, 4)) {
      Estimate found = TraceEstimator.hutchPlusPlus(operator, products, SEED);
      isExact(found, large.getTrace(), size);
      assertThat(found.products()).isEqualTo(2 * SIZE);
    }
  }

  /** Six products are the fewest: a sketch of two. */
  @Test
  void sixProductsAreEnough() {
    try (DenseOperator operator = operator(A, 4)) {
      Estimate found = TraceEstimator.hutchPlusPlus(operator, 6, SEED);
      assertThat(found.products()).isEqualTo(6);
      assertThat(found.degreesOfFreedom()).isEqualTo(1);
    }
  }

  @Test
  void plainEstimatesAreMeansOverTheSigns() {
    RealMatrix z = signs(RandomVectors.Use.PROBE, SAMPLES);
    RealMatrix image = z.multiply(A);
    double trace = sum(dots(z, image)) / SAMPLES;
    double square = sum(dots(image, image)) / SAMPLES;
    try (DenseOperator operator = operator(A, 2)) {
      StoppingRule fixed = StoppingRule.fixed(SAMPLES);
      close("trace", TraceEstimator.hutchinson(operator, fixed, SEED).value(), trace, 1e-12);
      Estimate norm = TraceEstimator.frobenius(operator, fixed, SEED);
      close("norm", norm.value(), Math.sqrt(square), 1e-12);
      double error = Math.sqrt(squares(dots(image, image)) / (SAMPLES - 1) / SAMPLES);
      close("error", norm.standardError(), error / (2 * norm.value()), 1e-12);
    }
  }

  private static void isExact(Estimate found, double value, double size) {
    double rounding = Estimate.rounding(DType.FLOAT64.epsilon()) * size;
    close("value", found.value(), value, 3 * rounding);
    close("rounding", found.standardError(), rounding, 1e-6 * rounding);
    assertThat(found.degreesOfFreedom()).isInfinite();
    assertThat(found.converged()).isTrue();
  }

  private static void isJackknife(
      Estimate estimate, double[][] columns, ToDoubleFunction<double[]> function) {
    double value = function.applyAsDouble(means(columns, -1));
    double[] without =
        IntStream.range(0, SAMPLES)
            .mapToDouble(i -> function.applyAsDouble(means(columns, i)))
            .toArray();
    double mean = sum(without) / SAMPLES;
    double error = Math.sqrt((SAMPLES - 1) * squares(without) / SAMPLES);
    close("value", estimate.value(), value + (SAMPLES - 1) * (value - mean), 1e-12);
    close("error", estimate.standardError(), error, 1e-11);
    assertThat(estimate.degreesOfFreedom()).isEqualTo(SAMPLES - 1);
  }

  /** Means of columns without a row. */
  private static double[] means(double[][] columns, int left) {
    return Arrays.stream(columns)
        .mapToDouble(
            column ->
                IntStream.range(0, SAMPLES)
                    .filter(i -> i != left)
                    .mapToDouble(i -> column[i])
                    .average()
                    .orElseThrow())
        .toArray();
  }

  private static RealMatrix signs(RandomVectors.Use use, int count) {
    try (Arena arena = ENGINE.arena()) {
      RandomVectors random = new RandomVectors(arena, count, SEED, use);
      Tensor rows = arena.reserve(DType.FLOAT64, count, SIZE);
      arena.commit();
      random.rademacher(rows, 0);
      double[] values = ENGINE.memory().readDoubles(rows);
      RealMatrix matrix = MatrixUtils.createRealMatrix(count, SIZE);
      for (int i = 0; i < values.length; i++) {
        matrix.setEntry(i / SIZE, i % SIZE, values[i]);
      }
      return matrix;
    }
  }

  /** I − QᵀQ. */
  private static RealMatrix beside(RealMatrix q) {
    return MatrixUtils.createRealIdentityMatrix(SIZE).subtract(q.transposeMultiply(q));
  }

  private static RealMatrix orthonormal(RealMatrix rows) {
    RealMatrix q = new QRDecomposition(rows.transpose()).getQ();
    return q.getSubMatrix(0, SIZE - 1, 0, rows.getRowDimension() - 1).transpose();
  }

  /** x_i·y_i of rows. */
  private static double[] dots(RealMatrix x, RealMatrix y) {
    return IntStream.range(0, x.getRowDimension())
        .mapToDouble(i -> x.getRowVector(i).dotProduct(y.getRowVector(i)))
        .toArray();
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  /** About the mean. */
  private static double squares(double[] values) {
    double mean = sum(values) / values.length;
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
  }

  private static RealMatrix matrix(long seed, double... values) {
    return new Array2DRowRealMatrix(Spectra.matrix(seed, values));
  }

  private static DenseOperator operator(RealMatrix matrix, int block) {
    return new DenseOperator(ENGINE, DType.FLOAT64, block, matrix.getData());
  }

  private static double[] flat(RealMatrix matrix) {
    return Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray();
  }
}
