package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Normal fills. */
class RandomFillContractTest extends EngineContract {
  private static final long SEED = 20260711;

  /** With bits in both words. */
  private static final long STEP = 0x3_0000_0005L;

  private static long key(int replica) {
    return RandomKey.of(SEED, Purpose.ADDITIVE_NOISE, replica).value();
  }

  private static void check(Subject subject, Workbench bench, int replicas, int length, boolean w) {
    int size = replicas * length;
    double[] x = Workbench.normals(1, size);
    double[] weights = Workbench.normals(2, size);
    double[] sigma = Workbench.normals(3, replicas);
    Tensor target = bench.inOut(subject.dtype(), x, replicas, length);
    Tensor scale = bench.input(DType.FLOAT64, sigma, replicas);
    Tensor keys = bench.keys(SEED, 0, replicas);
    RandomFill random = subject.engine().random();
    if (w) {
      Tensor sizes = bench.input(subject.dtype(), weights, replicas, length);
      random.addScaledNormal(target, sizes, scale, keys, bench.step(STEP));
    } else {
      random.addNormal(target, scale, keys, bench.step(STEP));
    }
    double[] expected = new double[size];
    double[] bounds = new double[size];
    for (int i = 0; i < size; i++) {
      long key = key(i / length);
      double factor = sigma[i / length] * (w ? Math.abs(weights[i]) : 1);
      double radius = RandomOracle.radius(key, STEP, i % length);
      double noise = factor * RandomOracle.normal(key, STEP, i % length);
      expected[i] = x[i] + noise;
      bounds[i] =
          Math.abs(factor) * Tolerance.normal(subject.dtype(), radius)
              + Tolerance.sum(subject.dtype(), 2, Math.abs(x[i]) + Math.abs(noise));
    }
    Tolerance.check("P = " + length, bench.read(target), expected, bounds);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void normalsAreThoseOfTheirKeyStepAndIndex(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            check(subject, bench, replicas, length, false);
          }
          check(subject, bench, replicas, 5003, false);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void scaledNormalsAreProportionalToTheWeightsSize(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            check(subject, bench, replicas, length, true);
          }
        });
  }

  private static double[] fill(Subject subject, int first, int replicas, int length, long step) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      double[] ones = new double[replicas];
      Arrays.fill(ones, 1);
      Tensor x = bench.inOut(subject.dtype(), new double[replicas * length], replicas, length);
      Tensor sigma = bench.input(DType.FLOAT64, ones, replicas);
      Tensor keys = bench.keys(SEED, first, replicas);
      subject.engine().random().addNormal(x, sigma, keys, bench.step(step));
      return bench.read(x);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aReplicasDrawsDoNotDependOnItsGroup(Subject subject) {
    for (int length : new int[] {1, 33, 1009}) {
      double[] grouped = fill(subject, 0, 3, length, STEP);
      for (int r = 0; r < 3; r++) {
        double[] alone = fill(subject, r, 1, length, STEP);
        double[] part = Arrays.copyOfRange(grouped, r * length, (r + 1) * length);
        assertThat(alone).as("replica %d of P = %d", r, length).isEqualTo(part);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aLongerFillStartsLikeAShorterOne(Subject subject) {
    double[] all = fill(subject, 1, 1, 4099, STEP);
    for (int length : LENGTHS) {
      double[] start = Arrays.copyOf(all, length);
      assertThat(fill(subject, 1, 1, length, STEP)).as("P = %d", length).isEqualTo(start);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void everyStepDrawsAnew(Subject subject) {
    double[] now = fill(subject, 0, 1, 127, 7);
    assertThat(fill(subject, 0, 1, 127, 8)).isNotEqualTo(now);
    assertThat(fill(subject, 0, 1, 127, 7 + (1L << 32))).isNotEqualTo(now);
    assertThat(fill(subject, 0, 1, 127, 7)).isEqualTo(now);
  }

  /** Standard errors of the first four moments of n normals: √(1, 2, 15, 96)/√n. */
  @ParameterizedTest
  @MethodSource("subjects")
  void momentsAreThoseOfTheStandardNormal(Subject subject) {
    int n = 200_003;
    double[] moments = new double[5];
    for (double x : fill(subject, 0, 1, n, STEP)) {
      for (int order = 1; order <= 4; order++) {
        moments[order] += Math.pow(x, order) / n;
      }
    }
    double root = Math.sqrt(n);
    assertThat(moments[1]).isCloseTo(0, within(4 / root));
    assertThat(moments[2]).isCloseTo(1, within(4 * Math.sqrt(2) / root));
    assertThat(moments[3]).isCloseTo(0, within(4 * Math.sqrt(15) / root));
    assertThat(moments[4]).isCloseTo(3, within(4 * Math.sqrt(96) / root));
  }
}
