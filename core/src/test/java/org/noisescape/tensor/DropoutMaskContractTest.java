package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Masks of dropout. */
class DropoutMaskContractTest extends EngineContract {
  private static final long SEED = 20260712;

  /** With bits in both words. */
  private static final long STEP = 0x5_0000_0003L;

  private static final double[] PROBABILITIES = {0, 0.1, 0.5, 0.999};

  private static double[] fill(Subject subject, double p, int first, int replicas, int length) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.STRIDED)) {
      Tensor mask = bench.output(subject.dtype(), replicas, length);
      Tensor keys = bench.keys(SEED, first, replicas);
      subject.engine().random().dropoutMask(mask, p, keys, bench.step(STEP));
      return bench.read(mask);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void unitsAreLeftOutByTheirKeyStepAndIndex(Subject subject) {
    for (double p : PROBABILITIES) {
      double kept = subject.dtype() == DType.FLOAT32 ? (float) (1 / (1 - p)) : 1 / (1 - p);
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int length : new int[] {0, 1, 2, 7, 16, 33, 127, 4099}) {
              Tensor mask = bench.output(subject.dtype(), replicas, length);
              Tensor keys = bench.keys(SEED, 0, replicas);
              subject.engine().random().dropoutMask(mask, p, keys, bench.step(STEP));
              double[] expected = new double[replicas * length];
              for (int i = 0; i < expected.length; i++) {
                long key = RandomKey.of(SEED, Purpose.ADDITIVE_NOISE, i / length).value();
                double uniform = RandomOracle.word(key, STEP, i % length) * 0x1p-32;
                expected[i] = uniform < p ? 0 : kept;
              }
              assertThat(bench.read(mask)).as("p = %s, P = %d", p, length).isEqualTo(expected);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aReplicasMaskDoesNotDependOnItsGroup(Subject subject) {
    double[] grouped = fill(subject, 0.5, 0, 3, 1009);
    for (int r = 0; r < 3; r++) {
      double[] part = Arrays.copyOfRange(grouped, r * 1009, (r + 1) * 1009);
      assertThat(fill(subject, 0.5, r, 1, 1009)).as("replica %d", r).isEqualTo(part);
    }
  }

  /** A place's units do not depend on how many places follow: long enough for threads to split. */
  @ParameterizedTest
  @MethodSource("subjects")
  void aMaskBeginsAsAShorterOneDoes(Subject subject) {
    double[] whole = fill(subject, 0.25, 0, 1, 300_001);
    assertThat(fill(subject, 0.25, 0, 1, 1000)).isEqualTo(Arrays.copyOf(whole, 1000));
  }

  /** The mean of n masks is 1 within four standard errors √(p/((1 − p) n)). */
  @ParameterizedTest
  @MethodSource("subjects")
  void theMeanOfTheMaskIsOne(Subject subject) {
    int n = 300_001;
    for (double p : new double[] {0.1, 0.5, 0.9}) {
      double mean = Arrays.stream(fill(subject, p, 0, 1, n)).sum() / n;
      assertThat(mean).as("p = %s", p).isCloseTo(1, within(4 * Math.sqrt(p / ((1 - p) * n))));
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void probabilitiesOutsideTheirRangeAreRefused(Subject subject) {
    for (double p : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fill(subject, p, 0, 1, 3))
          .withMessageContaining("p must lie in [0, 1), got " + p);
    }
  }
}
