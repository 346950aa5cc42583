package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Options {@code noisy-labels} and {@code balanced}. */
class TrainingLabelsTest {
  private static final DataLocation NOWHERE =
      new DataLocation(Optional.empty(), Optional.empty(), Path.of("nowhere"), true);
  private static final String DIGITS = "digits:train=3000,test=100,size=7";

  private static DatasetPair load(String spec) {
    return Catalogue.load(spec, NOWHERE);
  }

  private static Dataset train(String spec) {
    return load(spec).train();
  }

  private static int[] wrong(Dataset noisy, Dataset clean) {
    return IntStream.range(0, clean.size())
        .filter(i -> noisy.labels()[i] != clean.labels()[i])
        .toArray();
  }

  @Test
  void exactlyTheShareOfTheLabelsIsWrong() {
    Dataset clean = train(DIGITS);
    assertThat(wrong(train(DIGITS + ",noisy-labels=0.2"), clean)).hasSize(600);
    assertThat(wrong(train(DIGITS + ",noisy-labels=0.0335"), clean)).hasSize(101);
    assertThat(wrong(train(DIGITS + ",noisy-labels=0"), clean)).isEmpty();
    assertThat(wrong(train(DIGITS + ",noisy-labels=1"), clean)).hasSize(3000);
    DatasetPair noisy = load(DIGITS + ",noisy-labels=1");
    assertThat(DataFiles.row(noisy.train(), 2999)).isEqualTo(DataFiles.row(clean, 2999));
    assertThat(noisy.test().orElseThrow().labels())
        .isEqualTo(load(DIGITS).test().orElseThrow().labels());
  }

  /** χ² of 3000 shifts over 9 cells, and of 600 places over 10: within 3.5 deviations. */
  @Test
  void everyOtherClassAndEveryPlaceIsAsLikely() {
    Dataset clean = train(DIGITS);
    for (int seed = 0; seed < 3; seed++) {
      Dataset all = train(DIGITS + ",noisy-labels=1,noise-seed=" + seed);
      long[] shifts = new long[9];
      for (int i = 0; i < 3000; i++) {
        shifts[(all.labels()[i] - clean.labels()[i] + 10) % 10 - 1]++;
      }
      assertThat(excess(shifts)).isBetween(-3.5, 3.5);
      long[] places = new long[10];
      Dataset some = train(DIGITS + ",noise-seed=" + seed + ",noisy-labels=0.2");
      for (int i : wrong(some, clean)) {
        places[i / 300]++;
      }
      assertThat(excess(places)).isBetween(-3.5, 3.5);
    }
  }

  private static double excess(long... counts) {
    double mean = Arrays.stream(counts).average().orElseThrow();
    double sum = Arrays.stream(counts).mapToDouble(c -> (c - mean) * (c - mean) / mean).sum();
    int degrees = counts.length - 1;
    return (sum - degrees) / Math.sqrt(2.0 * degrees);
  }

  @Test
  void theSeedDecidesAndLessNoiseIsPartOfMore() {
    Dataset clean = train(DIGITS);
    Dataset little = train(DIGITS + ",noisy-labels=0.1");
    Dataset much = train(DIGITS + ",noisy-labels=0.3,noise-seed=0");
    for (int i : wrong(little, clean)) {
      assertThat(much.labels()[i]).isEqualTo(little.labels()[i]);
    }
    Dataset other = train(DIGITS + ",noisy-labels=0.1,noise-seed=5");
    assertThat(other.labels()).isNotEqualTo(little.labels());
    assertThat(little.digests()).containsKey("noisy-labels").isNotEqualTo(other.digests());
    assertThat(clean.digests()).doesNotContainKey("noisy-labels");
  }

  @Test
  void balancedSamplesAreTheFirstOfEachClassInTheirOrder() {
    Dataset all = train(DIGITS);
    DatasetPair pair = load(DIGITS + ",balanced=70");
    int[] seen = new int[10];
    int[] rows = IntStream.range(0, 3000).filter(i -> seen[all.labels()[i]]++ < 7).toArray();
    assertThat(rows).hasSize(70);
    assertThat(pair.train().labels())
        .isEqualTo(Arrays.stream(rows).map(row -> all.labels()[row]).toArray());
    for (int i = 0; i < 70; i++) {
      assertThat(DataFiles.row(pair.train(), i)).isEqualTo(DataFiles.row(all, rows[i]));
    }
    assertThat(pair.test().orElseThrow().size()).isEqualTo(100);
    assertThat(pair.train().digests()).containsEntry("balanced", "70");
  }

  @Test
  void classesAreChosenThenBalancedThenMadeNoisy() {
    String some = DIGITS + ",only=3+5,balanced=100";
    Dataset clean = train(some);
    assertThat(Arrays.stream(clean.labels()).sum()).isEqualTo(50);
    assertThat(wrong(train(some + ",noisy-labels=0.25"), clean)).hasSize(25);
  }

  @Test
  void whatMakesNoSenseIsToldInOneLine() {
    refused(DIGITS + ",noisy-labels=1.1", "noisy-labels must be a share from 0 to 1");
    refused(DIGITS + ",noisy-labels=-0.1", "noisy-labels must be a share from 0 to 1");
    refused(DIGITS + ",noisy-labels", "noisy-labels must be a share from 0 to 1");
    refused(DIGITS + ",noisy-labels=NaN", "noisy-labels must be a share from 0 to 1");
    refused(DIGITS + ",noise-seed=1", "noise-seed needs noisy-labels=SHARE");
    refused(DIGITS + ",noisy-labels=0.1,noisy-labels=0.1", "option noisy-labels is given twice");
    refused(DIGITS + ",noisy-labels=0.1,shuffled-from=3", "choose one of them");
    refused("gaussian-regression:noisy-labels=0.1", "noisy-labels is for classes");
    refused(DIGITS + ",balanced=0", "balanced must be a whole number >= 1");
    refused(DIGITS + ",balanced=75", "a multiple of the 10 classes, got 75: choose 70 or 80");
    refused(DIGITS + ",balanced=5", "a multiple of the 10 classes, got 5: choose 10");
    refused(DIGITS + ",balanced=3000", "needs 300 samples of each class, there are");
    refused("gaussian-regression:balanced=10", "balanced is for classes");
  }

  private static void refused(String spec, String message) {
    assertThatThrownBy(() -> load(spec))
        .as(spec)
        .isInstanceOf(DataException.class)
        .hasMessageNotContaining("\n")
        .hasMessageContaining(message);
  }
}
