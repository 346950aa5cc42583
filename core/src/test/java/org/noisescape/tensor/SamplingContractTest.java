package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Permutation;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Mini-batch indices: exact integers. */
class SamplingContractTest extends EngineContract {
  private static final long SEED = 99;

  /** B, size. */
  private static final int[][] SIZES = {
    {1, 1}, {1, 7}, {7, 7}, {3, 10}, {16, 31}, {17, 1000}, {33, 60_000}, {13, 2_000_000_011}
  };

  private static final long[] STEPS = {0, 1, 5, 1000, 0x1_0000_0002L};

  private static RandomKey key(int replica) {
    return RandomKey.of(SEED, Purpose.ADDITIVE_NOISE, replica);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void drawsWithReplacementScaleTheirWord(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          Tensor keys = bench.keys(SEED, 0, replicas);
          for (int[] size : SIZES) {
            for (long step : STEPS) {
              Tensor indices = bench.output(DType.INT32, replicas, size[0]);
              subject.engine().random().drawIndices(indices, size[1], keys, bench.step(step));
              int[] expected = new int[replicas * size[0]];
              for (int i = 0; i < expected.length; i++) {
                long key = key(i / size[0]).value();
                expected[i] = RandomOracle.index(key, step, i % size[0], size[1]);
              }
              assertThat(subject.engine().memory().readInts(indices))
                  .as("B = %d, size = %d, step = %d", size[0], size[1], step)
                  .isEqualTo(expected);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void drawsWithoutReplacementCutTheEpochsPermutation(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          Tensor keys = bench.keys(SEED, 0, replicas);
          for (int[] size : SIZES) {
            int batches = size[1] / size[0];
            Permutation permutation = new Permutation(size[1]);
            for (long step : STEPS) {
              Tensor indices = bench.output(DType.INT32, replicas, size[0]);
              subject.engine().random().permuteIndices(indices, size[1], keys, bench.step(step));
              int[] expected = new int[replicas * size[0]];
              for (int i = 0; i < expected.length; i++) {
                permutation.select(key(i / size[0]), step / batches);
                int position = (int) (step % batches) * size[0] + i % size[0];
                expected[i] = permutation.apply(position);
              }
              assertThat(subject.engine().memory().readInts(indices))
                  .as("B = %d, size = %d, step = %d", size[0], size[1], step)
                  .isEqualTo(expected);
            }
          }
        });
  }

  private static int[] epoch(Subject subject, int batch, int size, int epoch) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      int batches = size / batch;
      Tensor keys = bench.keys(SEED, 0, 1);
      Tensor step = bench.step((long) epoch * batches);
      Tensor indices = bench.output(DType.INT32, 1, batch);
      int[] seen = new int[batches * batch];
      for (int b = 0; b < batches; b++) {
        subject.engine().random().permuteIndices(indices, size, keys, step);
        System.arraycopy(subject.engine().memory().readInts(indices), 0, seen, b * batch, batch);
        subject.engine().random().advance(step);
      }
      return seen;
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void anEpochVisitsEverySampleOnceWhereTheBatchDivides(Subject subject) {
    int[] first = epoch(subject, 7, 91, 0);
    int[] second = epoch(subject, 7, 91, 1);
    assertThat(first).isNotEqualTo(second);
    for (int[] seen : new int[][] {first, second}) {
      assertThat(Arrays.stream(seen).sorted().toArray())
          .isEqualTo(IntStream.range(0, 91).toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void anEpochRepeatsNoSampleWhereTheBatchDoesNotDivide(Subject subject) {
    int[] seen = epoch(subject, 8, 93, 2);
    assertThat(seen).hasSize(88).doesNotHaveDuplicates();
    assertThat(Arrays.stream(seen).allMatch(i -> i >= 0 && i < 93)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void theStepCarriesIntoItsHighWord(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      for (long start : new long[] {0, 0x7FFFFFFFL, 0xFFFFFFFFL, 0x5_FFFFFFFFL}) {
        Tensor step = bench.step(start);
        subject.engine().random().advance(step);
        assertThat(subject.engine().memory().readInts(step))
            .containsExactly((int) (start + 1), (int) ((start + 1) >>> 32));
      }
    }
  }
}
