package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Reduction;
import org.noisescape.tensor.Tensor;

/** Sums so long that several blocks share them. */
class LongSumsTest {
  private static Bench bench;

  @BeforeAll
  static void open() {
    bench = Bench.open();
  }

  @AfterAll
  static void close() {
    if (bench != null) {
      bench.close();
    }
  }

  /** Bias gradients of matrices (R, M, C). */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void biasGradientsOfManyRowsAreTheSumsOfTheirColumns(DType dtype) {
    int[][] sizes = {{2, 20_000, 3}, {1, 1100, 70}, {1, 40_000, 1}, {3, 600, 33}};
    for (int[] size : sizes) {
      int row = size[1] * size[2];
      double[] y = tanh(Bench.normals(1, size[0] * row));
      double[] yBar = Bench.normals(2, y.length);
      double[] held = Bench.normals(3, size[0] * size[2]);
      double[] expected = held.clone();
      double[] magnitudes = new double[held.length];
      for (int i = 0; i < y.length; i++) {
        int channel = i / row * size[2] + i % size[2];
        expected[channel] += yBar[i] * (1 - y[i] * y[i]);
        magnitudes[channel] += Math.abs(yBar[i]);
      }
      Tensor value = bench.shifted(dtype, y, size);
      Tensor bar = bench.shifted(dtype, yBar, size);
      Tensor biasBar = bench.shifted(dtype, held, size[0], size[2]);
      bench
          .engine()
          .pointwise()
          .activationBackward(Activation.TANH, value, bar, biasBar, Accumulation.ADD);
      double[] found = bench.read(biasBar);
      for (int c = 0; c < expected.length; c++) {
        // the derivative is rounded four times, the result once
        double bound = Bench.epsilon(dtype) * (4 * magnitudes[c] + Math.abs(expected[c]));
        assertThat(found[c]).as("%s", Arrays.toString(size)).isCloseTo(expected[c], within(bound));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void withoutATangentOfTheValueTheTangentIsThePullback(DType dtype) {
    int[] size = {2, 20_000, 3};
    double[] y = tanh(Bench.normals(4, 120_000));
    double[] yBar = Bench.normals(5, y.length);
    Tensor value = bench.tensor(dtype, y, size);
    Tensor zero = bench.tensor(dtype, new double[y.length], size);
    Tensor other = bench.tensor(dtype, Bench.normals(6, y.length), size);
    Tensor[] bars = {bench.tensor(dtype, yBar, size), bench.tensor(dtype, yBar, size)};
    Tensor[] biasBars = {
      bench.tensor(dtype, new double[6], 2, 3), bench.tensor(dtype, new double[6], 2, 3)
    };
    Accumulation replace = Accumulation.OVERWRITE;
    bench
        .engine()
        .pointwise()
        .activationBackward(Activation.TANH, value, bars[0], biasBars[0], replace);
    bench
        .engine()
        .tangents()
        .activationBackward(Activation.TANH, value, zero, other, bars[1], biasBars[1], replace);
    assertThat(bench.read(bars[1])).isEqualTo(bench.read(bars[0]));
    assertThat(bench.read(biasBars[1])).isEqualTo(bench.read(biasBars[0]));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void longSumsAndDotsAreTheSameWhereverRowsLie(DType dtype) {
    for (int width : new int[] {16_384, 16_385, 100_003}) {
      double[] x = Bench.normals(7, 2 * width);
      double[] y = Bench.normals(8, x.length);
      double[][] found = new double[2][];
      double[][] dots = new double[2][];
      for (int layout = 0; layout < 2; layout++) {
        Tensor left = place(layout, dtype, x, width);
        Tensor right = place(layout, dtype, y, width);
        Tensor sum = bench.sums(2);
        Tensor dot = bench.sums(2);
        bench.engine().reduction().sum(left, sum, Accumulation.ADD);
        bench.engine().reduction().sum(left, sum, Accumulation.ADD);
        bench.engine().reduction().dot(left, right, dot);
        found[layout] = bench.read(sum);
        dots[layout] = bench.read(dot);
      }
      assertThat(found[1]).isEqualTo(found[0]);
      assertThat(dots[1]).isEqualTo(dots[0]);
      for (int r = 0; r < 2; r++) {
        double sum = 0;
        double dot = 0;
        for (int i = r * width; i < (r + 1) * width; i++) {
          sum += x[i];
          dot += x[i] * y[i];
        }
        // sums of terms of size 1, in two orders
        assertThat(found[0][r]).isCloseTo(2 * sum, within(4.0 * width * width * 0x1p-53));
        assertThat(dots[0][r]).isCloseTo(dot, within(4.0 * width * width * 0x1p-53));
      }
    }
  }

  private static Tensor place(int layout, DType dtype, double[] values, int width) {
    return layout == 0
        ? bench.tensor(dtype, values, 2, width)
        : bench.shifted(dtype, values, 2, width);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void countsOfManySamplesAreExact(DType dtype) {
    for (int[] size : new int[][] {{2, 20_000, 3}, {1, 40_000, 1}, {2, 600, 70}}) {
      int rows = size[0] * size[1];
      int classes = size[2];
      double[] f = Bench.normals(9, rows * classes);
      double[] t = Bench.normals(10, f.length);
      int valid = size[1] - 1;
      double[] expected = new double[size[0]];
      for (int row = 0; row < rows; row++) {
        if (row % 7 == 0) {
          // ties go to the first, and an output that is not a number to class 0
          Arrays.fill(f, row * classes, (row + 1) * classes, row % 2 == 0 ? Double.NaN : 1);
        }
        boolean right = decision(f, row, classes) == decision(t, row, classes);
        expected[row / size[1]] += right && row % size[1] < valid ? 1 : 0;
      }
      Tensor out = bench.sums(size[0]);
      bench
          .engine()
          .reduction()
          .countCorrect(
              bench.shifted(dtype, f, size),
              bench.tensor(dtype, t, size),
              valid,
              out,
              Accumulation.ADD);
      assertThat(bench.read(out)).as(Arrays.toString(size)).isEqualTo(expected);
    }
  }

  private static int decision(double[] values, int row, int classes) {
    double most = values[row * classes];
    if (classes == 1) {
      return most < 0 ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (values[row * classes + k] > most) {
        most = values[row * classes + k];
        best = k;
      }
    }
    return best;
  }

  /** Scratch memory for the parts of one replica after another. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void littleScratchMemoryChangesNoBit(DType dtype) {
    int[] size = {3, 20_000, 3};
    double[] y = tanh(Bench.normals(11, 180_000));
    double[] yBar = Bench.normals(12, y.length);
    double[][] biases = new double[2][];
    double[][] dots = new double[2][];
    double[][] counts = new double[2][];
    for (int i = 0; i < 2; i++) {
      long bytes = i == 0 ? 8 << 20 : 8;
      Pointwise pointwise = new CudaPointwise(bench.device(), bytes);
      Reduction reduction = new CudaReduction(bench.device(), bytes);
      Tensor value = bench.tensor(dtype, y, size);
      Tensor bar = bench.tensor(dtype, yBar, size);
      Tensor dot = bench.sums(3);
      reduction.dot(value, bar, dot);
      Tensor count = bench.sums(3);
      reduction.countCorrect(value, bar, size[1], count, Accumulation.OVERWRITE);
      Tensor biasBar = bench.tensor(dtype, new double[9], 3, 3);
      pointwise.activationBackward(Activation.TANH, value, bar, biasBar, Accumulation.OVERWRITE);
      biases[i] = bench.read(biasBar);
      dots[i] = bench.read(dot);
      counts[i] = bench.read(count);
    }
    assertThat(biases[1]).isEqualTo(biases[0]).doesNotContain(0);
    assertThat(dots[1]).isEqualTo(dots[0]).doesNotContain(0);
    assertThat(counts[1]).isEqualTo(counts[0]).doesNotContain(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aReplicasSumsDoNotDependOnItsGroup(DType dtype) {
    int[] size = {3, 20_000, 3};
    double[] y = tanh(Bench.normals(13, 180_000));
    double[] yBar = Bench.normals(14, y.length);
    double[] grouped = biasAndDot(dtype, y, yBar, size);
    for (int r = 0; r < 3; r++) {
      int from = r * 60_000;
      double[] alone =
          biasAndDot(
              dtype,
              Arrays.copyOfRange(y, from, from + 60_000),
              Arrays.copyOfRange(yBar, from, from + 60_000),
              new int[] {1, size[1], size[2]});
      assertThat(Arrays.copyOf(alone, 3)).isEqualTo(Arrays.copyOfRange(grouped, 3 * r, 3 * r + 3));
      assertThat(alone[3]).isEqualTo(grouped[9 + r]);
    }
  }

  /** Bias gradients of all replicas, then dots of the values with their cotangents. */
  private static double[] biasAndDot(DType dtype, double[] y, double[] yBar, int[] size) {
    Tensor value = bench.tensor(dtype, y, size);
    Tensor bar = bench.tensor(dtype, yBar, size);
    Tensor dot = bench.sums(size[0]);
    bench.engine().reduction().dot(value, bar, dot);
    Tensor biasBar = bench.tensor(dtype, new double[size[0] * size[2]], size[0], size[2]);
    bench
        .engine()
        .pointwise()
        .activationBackward(Activation.TANH, value, bar, biasBar, Accumulation.OVERWRITE);
    double[] all = Arrays.copyOf(bench.read(biasBar), size[0] * (size[2] + 1));
    System.arraycopy(bench.read(dot), 0, all, size[0] * size[2], size[0]);
    return all;
  }

  private static double[] tanh(double[] x) {
    return Arrays.stream(x).map(v -> (float) Math.tanh(v)).toArray();
  }
}
