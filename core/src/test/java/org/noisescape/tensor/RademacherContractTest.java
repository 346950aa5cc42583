package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Fills with random signs. */
class RademacherContractTest extends EngineContract {
  private static final long SEED = 20260712;

  /** With bits in both words. */
  private static final long STEP = 0x5_0000_0003L;

  private static double[] fill(Subject subject, int first, int replicas, int length, long step) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.STRIDED)) {
      Tensor x = bench.output(subject.dtype(), replicas, length);
      Tensor keys = bench.keys(SEED, first, replicas);
      subject.engine().random().rademacher(x, keys, bench.step(step));
      return bench.read(x);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void signsAreThoseOfTheirKeyStepAndIndex(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : new int[] {0, 1, 2, 7, 16, 33, 127, 4099}) {
            Tensor x = bench.output(subject.dtype(), replicas, length);
            Tensor keys = bench.keys(SEED, 0, replicas);
            subject.engine().random().rademacher(x, keys, bench.step(STEP));
            double[] expected = new double[replicas * length];
            for (int i = 0; i < expected.length; i++) {
              long key = RandomKey.of(SEED, Purpose.ADDITIVE_NOISE, i / length).value();
              expected[i] = RandomOracle.word(key, STEP, i % length) % 2 == 0 ? 1 : -1;
            }
            assertThat(bench.read(x)).as("P = %d", length).isEqualTo(expected);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aReplicasSignsDoNotDependOnItsGroup(Subject subject) {
    double[] grouped = fill(subject, 0, 3, 1009, STEP);
    for (int r = 0; r < 3; r++) {
      double[] part = Arrays.copyOfRange(grouped, r * 1009, (r + 1) * 1009);
      assertThat(fill(subject, r, 1, 1009, STEP)).as("replica %d", r).isEqualTo(part);
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

  /** Mean and correlation of neighbours within four standard errors 1/√n; long enough to split. */
  @ParameterizedTest
  @MethodSource("subjects")
  void signsAreBalancedAndUncorrelated(Subject subject) {
    int n = 400_009;
    double[] x = fill(subject, 0, 1, n, STEP);
    double mean = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      mean += x[i] / n;
      product += i == 0 ? 0 : x[i] * x[i - 1] / n;
    }
    assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(product).isCloseTo(0, within(4 / Math.sqrt(n)));
  }
}
