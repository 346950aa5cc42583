package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.testing.Vectors;

/** Sums over blocks, and what batch means make of them. */
class BlockSumsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, BlockSums.MOST, BlockSums.MOST + 1, 5 * BlockSums.MOST + 3})
  void joiningKeepsTheSumsOfEachStretch(int count) {
    BlockSums sums = new BlockSums(2);
    for (int stretch = 0; stretch < 3; stretch++) {
      sums.mark();
      for (int b = 0; b < count; b++) {
        sums.add(2, new double[] {9, 1, stretch, b, -b}, 1);
      }
      long steps = 0;
      double left = 0;
      double right = 0;
      for (int b = sums.marked(); b < sums.blocks(); b++) {
        steps += sums.steps(b);
        left += sums.left(b, 0);
        right += sums.right(b, 1);
      }
      assertThat(steps).isEqualTo(2L * count);
      assertThat(left).isEqualTo(count);
      assertThat(right).isEqualTo(-0.5 * count * (count - 1.0));
    }
    assertThat(sums.blocks()).isLessThanOrEqualTo(2 * BlockSums.MOST + 1);
  }

  @Test
  void theLaterHalfBeginsWhereHalfOfTheStepsAreOver() {
    BlockSums sums = new BlockSums(1);
    assertThat(sums.half()).isZero();
    sums.add(5, new double[2], 0);
    // no block begins in the later half yet
    assertThat(sums.half()).isEqualTo(1);
    sums.add(5, new double[2], 0);
    assertThat(sums.half()).isEqualTo(1);
    sums.add(2, new double[2], 0);
    assertThat(sums.half()).isEqualTo(2);
    sums.add(100, new double[2], 0);
    assertThat(sums.half()).isEqualTo(4);
  }

  @Test
  void anArrayGivesTheSameSums() {
    BlockSums sums = new BlockSums(2);
    sums.add(3, new double[] {1, 2, 3, 4}, 0);
    sums.mark();
    sums.add(1, new double[] {5, 6, 7, 8}, 0);
    BlockSums again = BlockSums.of(2, sums.toArray());
    assertThat(again.toArray()).isEqualTo(sums.toArray()).hasSize(11);
    assertThat(again.marked()).isEqualTo(1);
    assertThat(again.right(1, 1)).isEqualTo(8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockSums.of(1, sums.toArray()))
        .withMessageContaining("sums of 1 replicas come in blocks of 3 numbers, got 11");
  }

  /**
   * 2000 series of a known ratio, autocorrelated over 10 of 640 steps; 16 batches: t with 15 df.
   */
  @Test
  void twoStandardErrorsCoverTheTruth() {
    int series = 2000;
    int covered = 0;
    int coveredLeft = 0;
    for (int s = 0; s < series; s++) {
      double[] x = Vectors.normals(1000 + s, 2 * 704);
      BlockSums sums = new BlockSums(1);
      double u = 0;
      double v = 0;
      double[] block = new double[2];
      for (int t = 0; t < 704; t++) {
        u = 0.8 * u + 0.6 * x[2 * t];
        v = 0.8 * v + 0.6 * x[2 * t + 1];
        if (t >= 64) {
          block[0] += 3 + u;
          block[1] += 2 + 0.3 * u + 0.1 * v;
          if (t % 8 == 7) {
            sums.add(8, block, 0);
            block[0] = 0;
            block[1] = 0;
          }
        }
      }
      StationarityRatio ratio = StationarityRatio.of(sums, 0, 0, 0.5);
      assertThat(ratio.steps()).isEqualTo(640);
      covered += Math.abs(ratio.ratio() - 3) <= 2 * ratio.ratioStandardError() ? 1 : 0;
      coveredLeft += Math.abs(ratio.left() - 3) <= 2 * ratio.leftStandardError() ? 1 : 0;
    }
    // P(|t_15| < 2) = 0.936, less what the batches of 40 steps miss of the correlation (about
    // 0.02);
    // sampling error 0.006
    assertThat((double) covered / series).isBetween(0.89, 0.96);
    assertThat((double) coveredLeft / series).isBetween(0.89, 0.96);
  }

  @Test
  void fewBatchesHaveNoError() {
    BlockSums sums = new BlockSums(1);
    for (int b = 0; b < 3; b++) {
      sums.add(1, new double[] {4, 2 + b}, 0);
    }
    StationarityRatio ratio = StationarityRatio.of(sums, 0, 0, 1);
    assertThat(ratio.left()).isEqualTo(4);
    assertThat(ratio.right()).isEqualTo(3);
    assertThat(ratio.deviation()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(ratio.ratioStandardError()).isNaN();
  }
}
