package org.noisescape.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  private static final RandomKey KEY = RandomKey.of(1, Purpose.SAMPLING, 0);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 255, 256, 257, 1000, 60_000})
  void everySelectionIsABijection(int size) {
    Permutation permutation = new Permutation(size);
    for (int step = 0; step < 3; step++) {
      permutation.select(KEY, step);
      BitSet seen = new BitSet(size);
      for (int i = 0; i < size; i++) {
        seen.set(permutation.apply(i));
      }
      assertThat(seen.cardinality()).isEqualTo(size);
      assertThat(seen.length()).isEqualTo(size);
    }
  }

  @Test
  void imagesStayInTheRangeOfTheLargestSize() {
    Permutation permutation = new Permutation(Integer.MAX_VALUE);
    permutation.select(KEY, 0);
    int[] images = IntStream.range(0, 1000).map(permutation::apply).toArray();
    assertThat(images).doesNotHaveDuplicates();
    assertThat(IntStream.of(images).min().orElseThrow()).isNotNegative();
  }

  @Test
  void selectionsDifferBetweenStepsAndKeys() {
    assertThat(images(KEY, 0)).isEqualTo(images(KEY, 0));
    assertThat(images(KEY, 0)).isNotEqualTo(images(KEY, 1));
    assertThat(images(KEY, 0)).isNotEqualTo(images(RandomKey.of(2, Purpose.SAMPLING, 0), 0));
  }

  /**
   * Each element's position is uniform: χ² of the 5 × 5 table of counts over 20,000 fixed keys, 16
   * degrees of freedom for a random permutation; the scaled statistic (n−1)/n·χ² exceeds 39.25 with
   * probability 0.001.
   */
  @Test
  void positionsOfFiveElementsAreUniform() {
    int n = 5;
    int keys = 20_000;
    int[][] counts = new int[n][n];
    Permutation permutation = new Permutation(n);
    for (int k = 0; k < keys; k++) {
      permutation.select(RandomKey.of(k, Purpose.SAMPLING, 0), 0);
      for (int i = 0; i < n; i++) {
        counts[i][permutation.apply(i)]++;
      }
    }
    double expected = (double) keys / n;
    double chiSquare = 0;
    for (int[] row : counts) {
      for (int count : row) {
        chiSquare += (count - expected) * (count - expected) / expected;
      }
    }
    assertThat(chiSquare * (n - 1) / n).isLessThan(39.25);
  }

  @Test
  void anEmptyPermutationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Permutation(0))
        .withMessageContaining("got 0");
  }

  private static int[] images(RandomKey key, long step) {
    Permutation permutation = new Permutation(1000);
    permutation.select(key, step);
    return IntStream.range(0, 1000).map(permutation::apply).toArray();
  }
}
