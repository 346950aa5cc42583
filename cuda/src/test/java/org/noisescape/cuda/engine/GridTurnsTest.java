package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/** Shapes that a grid covers in several turns. */
class GridTurnsTest {
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

  @Test
  void moreReplicasThanRowsOfAGridAreAllServed() {
    int replicas = 65_539;
    double[] x = Bench.normals(4, 3 * replicas);
    Tensor from = bench.shifted(DType.FLOAT32, x, replicas, 3);
    Tensor to = bench.shifted(DType.FLOAT32, new double[x.length], replicas, 3);
    double[] factors = new double[replicas];
    double[] expected = new double[x.length];
    double[] sums = new double[replicas];
    for (int i = 0; i < x.length; i++) {
      factors[i / 3] = i / 3 % 2 == 0 ? 2 : -1;
      expected[i] = factors[i / 3] * x[i];
      sums[i / 3] += expected[i];
    }
    bench.engine().linearAlgebra().axpy(bench.tensor(DType.FLOAT64, factors, replicas), from, to);
    Tensor sum = bench.sums(replicas);
    bench.engine().reduction().sum(to, sum, Accumulation.OVERWRITE);
    assertThat(bench.read(to)).isEqualTo(expected);
    assertThat(bench.read(sum)).isEqualTo(sums);
  }

  /** Small integers: every order of the sum gives the same bits. */
  @Test
  void productsOfMoreReplicasThanOneCallTakesAreAllFormed() {
    int replicas = 65_539;
    double[] a = new double[2 * replicas];
    double[] b = new double[2 * replicas];
    double[] expected = new double[replicas];
    for (int r = 0; r < replicas; r++) {
      a[2 * r] = r % 101;
      a[2 * r + 1] = -(r % 7);
      b[2 * r] = r % 13;
      b[2 * r + 1] = r % 5;
      expected[r] = a[2 * r] * b[2 * r] + a[2 * r + 1] * b[2 * r + 1];
    }
    Tensor product = bench.tensor(DType.FLOAT32, new double[replicas], replicas, 1, 1);
    Tensor left = bench.tensor(DType.FLOAT32, a, replicas, 1, 2);
    Tensor right = bench.tensor(DType.FLOAT32, b, replicas, 2, 1);
    bench.engine().linearAlgebra().gemm(Transpose.NO, Transpose.NO, 1, left, right, 0, product);
    assertThat(bench.read(product)).isEqualTo(expected);
  }

  @Test
  void biasesFollowTheirColumnsThroughAllTurnsOfTheGrid() {
    for (int columns : new int[] {7, 12}) {
      int rows = 4_300_000 / columns;
      double[] x = Bench.normals(8, rows * columns);
      double[] bias = Bench.normals(9, columns);
      Tensor target = bench.tensor(DType.FLOAT32, x, 1, rows, columns);
      Tensor shift = bench.tensor(DType.FLOAT32, bias, 1, columns);
      bench.engine().pointwise().biasActivation(Activation.IDENTITY, shift, target);
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) x[i] + (float) bias[i % columns];
      }
      assertThat(Arrays.equals(bench.read(target), x)).as("C = %d", columns).isTrue();
      target.arena().close();
    }
  }

  @Test
  void blocksThatServeSeveralRowsMixNothingUp() {
    int many = 65_539;
    double[] x = Bench.normals(10, 6 * many);
    double[] sums = new double[2 * many];
    double[] swapped = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sums[i / 6 * 2 + i % 2] += x[i];
      swapped[i / 6 * 6 + i % 2 * 3 + i % 6 / 2] = x[i];
    }
    Tensor bar = bench.tensor(DType.FLOAT64, x, many, 3, 2);
    Tensor biasBar = bench.tensor(DType.FLOAT64, new double[2 * many], many, 2);
    bench
        .engine()
        .pointwise()
        .activationBackward(Activation.IDENTITY, bar, bar, biasBar, Accumulation.OVERWRITE);
    // three terms of size 1 in another order
    assertThat(bench.read(biasBar)).containsExactly(sums, within(0x1p-49));
    Tensor images = bench.tensor(DType.FLOAT64, x, 1, many, 3, 2);
    Tensor features = bench.tensor(DType.FLOAT64, new double[x.length], 1, many, 2, 3);
    bench.engine().indexing().transposeInner(images, features);
    assertThat(Arrays.equals(bench.read(features), swapped)).isTrue();
  }

  @Test
  void moreLongSamplesThanBlocksAreAllServed() {
    int samples = 4099;
    int width = 513;
    double[] x = new double[samples * width];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 3 == 0 ? i / width : 0;
    }
    Tensor left = bench.tensor(DType.FLOAT64, x, 1, samples, width);
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    Tensor dots = bench.sums(1, samples);
    bench
        .engine()
        .reduction()
        .sampleDots(left, bench.tensor(DType.FLOAT64, ones, 1, samples, width), dots);
    double[] found = bench.read(dots);
    // a third of 513 terms that equal the number of the sample
    for (int n = 0; n < samples; n++) {
      assertThat(found[n]).isEqualTo(171.0 * n);
    }
  }
}
