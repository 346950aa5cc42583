package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Program;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/** Long rows, bad indices, products over nothing, replays, and the number of kernels. */
class LargeShapesTest {
  private static final int CLASSES = 700;

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

  /** A block a row. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void crossEntropyOfManyClassesMatchesItsFormula(DType dtype) {
    int samples = 3;
    double[] f = Bench.normals(1, samples * CLASSES);
    double[] t = new double[f.length];
    double[] losses = new double[samples];
    double[] bars = new double[f.length];
    for (int n = 0; n < samples; n++) {
      int start = n * CLASSES;
      t[start + 7 * n] = 1;
      double sum = 0;
      for (int k = 0; k < CLASSES; k++) {
        sum += Math.exp(f[start + k]);
      }
      losses[n] = Math.log(sum) - f[start + 7 * n];
      for (int k = 0; k < CLASSES; k++) {
        bars[start + k] = 0.5 * (Math.exp(f[start + k]) / sum - t[start + k]);
      }
    }
    Tensor output = bench.shifted(dtype, f, 1, samples, CLASSES);
    Tensor target = bench.tensor(dtype, t, 1, samples, CLASSES);
    Tensor scale = bench.tensor(DType.FLOAT64, new double[] {0.5}, 1);
    Tensor loss = bench.sums(1, samples);
    Tensor outputBar = bench.shifted(dtype, f, 1, samples, CLASSES);
    bench.engine().pointwise().softmaxCrossEntropy(output, target, samples, scale, loss, outputBar);
    assertThat(bench.read(loss)).containsExactly(losses, within(1e-12));
    assertThat(bench.read(outputBar)).containsExactly(bars, within(Bench.epsilon(dtype)));
    Tensor root = bench.tensor(dtype, f, 1, samples, CLASSES);
    bench.engine().tangents().softmaxCrossEntropyRoot(output, 7, samples, scale, root);
    double[] roots = bench.read(root);
    double p = 2 * bars[7];
    assertThat(roots[7]).isCloseTo(0.5 * Math.sqrt(p) * (1 - p), within(Bench.epsilon(dtype)));
    assertThat(roots[9]).isCloseTo(-Math.sqrt(p) * bars[9], within(Bench.epsilon(dtype)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void sampleDotsAndNormsOfLongRowsAreTakenInFloat64(DType dtype) {
    double[] x = Bench.normals(2, 4 * CLASSES);
    double[] y = Bench.normals(3, x.length);
    Tensor left = bench.shifted(dtype, x, 2, 2, CLASSES);
    Tensor right = bench.tensor(dtype, y, 2, 2, CLASSES);
    Tensor dots = bench.sums(2, 2);
    Tensor norms = bench.sums(2, 2);
    bench.engine().reduction().sampleDots(left, right, dots);
    bench.engine().reduction().addDenseGradientNorms(left, right, norms);
    for (int n = 0; n < 4; n++) {
      double dot = 0;
      double first = 0;
      double second = 0;
      for (int i = n * CLASSES; i < (n + 1) * CLASSES; i++) {
        dot += x[i] * y[i];
        first += x[i] * x[i];
        second += y[i] * y[i];
      }
      assertThat(bench.read(dots)[n]).isCloseTo(dot, within(CLASSES * CLASSES * 0x1p-52));
      double norm = (first + 1) * second;
      assertThat(bench.read(norms)[n]).isCloseTo(norm, within(2 * CLASSES * norm * 0x1p-52));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void longRowsAreGatheredWhereverTheyLie(DType dtype) {
    for (int width : new int[] {784, 1030, 3072}) {
      double[] source = Bench.normals(5, 5 * width);
      Tensor[] sources = {
        bench.tensor(dtype, source, 5, width), bench.shifted(dtype, source, 5, width)
      };
      Tensor indices = bench.ints(new int[] {4, 0, 3, 3}, 2, 2);
      for (Tensor from : sources) {
        Tensor out = bench.tensor(dtype, new double[4 * width], 2, 2, width);
        bench.engine().indexing().gather(from, indices, out);
        double[] found = bench.read(out);
        int[] rows = {4, 0, 3, 3};
        for (int b = 0; b < 4; b++) {
          assertThat(Arrays.copyOfRange(found, b * width, (b + 1) * width))
              .isEqualTo(Arrays.copyOfRange(source, rows[b] * width, (rows[b] + 1) * width));
        }
      }
    }
  }

  @Test
  void anIndexOutsideTheSourceThrowsAtTheNextReadAndLeavesNoNumber() {
    Tensor source = bench.tensor(DType.FLOAT32, Bench.normals(6, 15), 3, 5);
    for (int wrong : new int[] {-1, 3, Integer.MIN_VALUE}) {
      Tensor out = bench.tensor(DType.FLOAT32, new double[10], 1, 2, 5);
      bench.engine().indexing().gather(source, bench.ints(new int[] {2, wrong}, 1, 2), out);
      assertThatThrownBy(() -> bench.read(out))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("gather: an index lies outside the source");
      double[] found = bench.read(out);
      assertThat(Arrays.copyOf(found, 5))
          .isEqualTo(Arrays.copyOfRange(Bench.normals(6, 15), 10, 15));
      assertThat(Arrays.copyOfRange(found, 5, 10)).containsOnly(Double.NaN);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aProductOverNothingScalesWhatWasThere(DType dtype) {
    Tensor a = bench.tensor(dtype, new double[0], 2, 3, 0);
    Tensor b = bench.tensor(dtype, new double[0], 2, 0, 2);
    double[] held = Bench.normals(7, 12);
    for (double beta : new double[] {0, 1, -2}) {
      double[] before = held.clone();
      before[0] = beta == 0 ? Double.NaN : before[0];
      Tensor c = bench.shifted(dtype, before, 2, 3, 2);
      bench.engine().linearAlgebra().gemm(Transpose.NO, Transpose.NO, 1, a, b, beta, c);
      // + 0 makes a negative zero a positive one
      assertThat(bench.read(c)).isEqualTo(Arrays.stream(held).map(v -> beta * v + 0.0).toArray());
    }
  }

  @Test
  void aReplayedProgramDrawsTheBatchesOfItsSteps() {
    int size = 50;
    int batch = 8;
    Tensor keys = bench.ints(new int[] {17, 4}, 1, 2);
    Tensor step = bench.ints(new int[] {4, 0}, 2);
    Tensor replayed = bench.ints(new int[batch], 1, batch);
    Program program =
        bench
            .engine()
            .record(
                replayed.arena(),
                () -> {
                  bench.engine().random().permuteIndices(replayed, size, keys, step);
                  bench.engine().random().advance(step);
                });
    // from the last batches of one epoch into the next
    for (int now = 4; now < 8; now++) {
      program.replay();
      Tensor eager = bench.ints(new int[batch], 1, batch);
      Tensor at = bench.ints(new int[] {now, 0}, 2);
      bench.engine().random().permuteIndices(eager, size, keys, at);
      assertThat(bench.engine().memory().readInts(replayed))
          .isEqualTo(bench.engine().memory().readInts(eager))
          .doesNotHaveDuplicates();
    }
    assertThat(bench.engine().memory().readInts(step)).containsExactly(8, 0);
  }

  @Test
  void stepsCarryIntoTheirUpperWord() {
    Tensor step = bench.ints(new int[] {-1, 6}, 2);
    bench.engine().random().advance(step);
    assertThat(bench.engine().memory().readInts(step)).containsExactly(0, 7);
  }

  @Test
  void smallBatchesTakeOneKernelAnOperation() {
    Tensor y = bench.tensor(DType.FLOAT32, new double[100_000], 1, 100, 1000);
    Tensor bar = bench.tensor(DType.FLOAT32, new double[100_000], 1, 100, 1000);
    Tensor bias = bench.tensor(DType.FLOAT32, new double[1000], 1, 1000);
    Tensor sum = bench.sums(1);
    Tensor tall = bench.tensor(DType.FLOAT32, new double[100_000], 1, 20_000, 5);
    Tensor narrow = bench.tensor(DType.FLOAT32, new double[5], 1, 5);
    Accumulation add = Accumulation.ADD;
    var pointwise = bench.engine().pointwise();
    var reduction = bench.engine().reduction();
    assertThat(nodes(() -> pointwise.activationBackward(Activation.TANH, y, bar, bias, add)))
        .isEqualTo(1);
    assertThat(nodes(() -> pointwise.activationBackward(Activation.TANH, tall, tall, narrow, add)))
        .isEqualTo(2);
    assertThat(nodes(() -> pointwise.activationBackward(Activation.IDENTITY, y, bar, null, add)))
        .isZero();
    assertThat(nodes(() -> pointwise.biasActivation(Activation.RELU, bias, y))).isEqualTo(1);
    assertThat(nodes(() -> reduction.sum(bias, sum, add))).isEqualTo(1);
    assertThat(nodes(() -> reduction.countCorrect(y, bar, 100, sum, add))).isEqualTo(1);
    assertThat(nodes(() -> reduction.sum(y, sum, add))).isEqualTo(2);
  }

  private static long nodes(Runnable body) {
    return bench.device().record(body).nodes();
  }
}
