package org.noisescape.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Moments of fixed streams of n draws, within four standard errors. */
class RandomStreamTest {
  private static final int N = 100_000;

  private static RandomStream stream(long step) {
    return RandomKey.of(11, Purpose.BOOTSTRAP, 0).stream(step);
  }

  /** Standard errors: mean √(1/12n), second central moment √(1/180n). */
  @Test
  void doublesAreUniform() {
    RandomStream stream = stream(0);
    double mean = 0;
    double square = 0;
    for (int i = 0; i < N; i++) {
      double u = stream.nextDouble();
      assertThat(u).isBetween(Double.MIN_VALUE, Math.nextDown(1.0));
      mean += u / N;
      square += (u - 0.5) * (u - 0.5) / N;
    }
    assertThat(mean).isCloseTo(0.5, within(4 * Math.sqrt(1.0 / (12 * N))));
    assertThat(square).isCloseTo(1.0 / 12, within(4 * Math.sqrt(1.0 / (180.0 * N))));
  }

  /** Standard errors of the first four moments: √(1, 2, 15, 96)/√n. */
  @Test
  void gaussiansHaveTheMomentsOfTheStandardNormal() {
    RandomStream stream = stream(1);
    double[] moments = new double[5];
    for (int i = 0; i < N; i++) {
      double x = stream.nextGaussian();
      for (int order = 1; order <= 4; order++) {
        moments[order] += Math.pow(x, order) / N;
      }
    }
    assertThat(moments[1]).isCloseTo(0, within(4 / Math.sqrt(N)));
    assertThat(moments[2]).isCloseTo(1, within(4 * Math.sqrt(2.0 / N)));
    assertThat(moments[3]).isCloseTo(0, within(4 * Math.sqrt(15.0 / N)));
    assertThat(moments[4]).isCloseTo(3, within(4 * Math.sqrt(96.0 / N)));
  }

  /** χ² of 7 cells, 6 degrees of freedom: above 22.46 with probability 0.001. */
  @Test
  void boundedIntegersAreUniform() {
    RandomStream stream = stream(2);
    int[] counts = new int[7];
    for (int i = 0; i < N; i++) {
      counts[stream.nextInt(7)]++;
    }
    double expected = N / 7.0;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertThat(chiSquare).isLessThan(22.46);
  }

  @Test
  void theStreamReadsTheKeysWordsInOrder() {
    RandomKey key = RandomKey.of(11, Purpose.BOOTSTRAP, 0);
    RandomStream stream = key.stream(3);
    int[] words = new int[4];
    for (int block = 0; block < 3; block++) {
      key.words(3, block, words);
      for (int word : words) {
        assertThat(stream.nextInt()).isEqualTo(word);
      }
    }
  }

  @Test
  void boundsBelowOneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream(0).nextInt(0))
        .withMessageContaining("got 0");
  }
}
