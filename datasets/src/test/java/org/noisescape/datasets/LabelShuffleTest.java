package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LabelShuffleTest {
  private static final DataLocation NOWHERE =
      new DataLocation(Optional.empty(), Optional.empty(), Path.of("nowhere"), true);
  private static final String DIGITS = "digits:train=1000,test=100,size=7";

  @Test
  void labelsFromNOnArePermutedAndNothingElseChanges() {
    Dataset before = train(DIGITS);
    Dataset after = train(DIGITS + ",shuffled-from=600");

    assertThat(head(after)).containsExactly(head(before));
    assertThat(tail(after)).isNotEqualTo(tail(before));
    assertThat(sorted(tail(after))).containsExactly(sorted(tail(before)));
    assertThat(DataFiles.row(after, 999)).containsExactly(DataFiles.row(before, 999));
    assertThat(before.labels()).isEqualTo(train(DIGITS).labels());
  }

  /** A random permutation leaves 400 · Σ p_k² labels right: 40 ± 6 of ten equal classes. */
  @Test
  void shuffledLabelsAreRightByChanceOnly() {
    int[] before = tail(train(DIGITS));
    for (int seed = 0; seed < 3; seed++) {
      int[] after = tail(train(DIGITS + ",shuffled-from=600,shuffle-seed=" + seed));
      long right = 0;
      for (int i = 0; i < after.length; i++) {
        right += after[i] == before[i] ? 1 : 0;
      }
      assertThat(right).isBetween(40L - 24, 40L + 24);
    }
  }

  @Test
  void seedAndFirstSampleDecideAndAreInTheDigest() {
    Dataset one = train(DIGITS + ",shuffled-from=600");
    Dataset same = train(DIGITS + ",shuffle-seed=0,shuffled-from=600");
    Dataset other = train(DIGITS + ",shuffled-from=600,shuffle-seed=1");

    assertThat(one.labels()).isEqualTo(same.labels()).isNotEqualTo(other.labels());
    assertThat(one.digests()).isEqualTo(same.digests()).isNotEqualTo(other.digests());
    assertThat(one.digests()).containsKey("shuffled-labels");
    assertThat(train(DIGITS).digests()).doesNotContainKey("shuffled-labels");
  }

  @Test
  void theTestSetKeepsItsLabels() {
    Dataset before = Catalogue.load(DIGITS, NOWHERE).test().orElseThrow();
    Dataset after = Catalogue.load(DIGITS + ",shuffled-from=0", NOWHERE).test().orElseThrow();

    assertThat(after.labels()).containsExactly(before.labels());
    assertThat(after.digests()).isEqualTo(before.digests());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused(DIGITS + ",shuffled-from=999", "must leave two samples or more of the 1000 there are");
    refused(DIGITS + ",shuffled-from=x", "shuffled-from must be a whole number >= 0");
    refused(DIGITS + ",shuffled-from", "shuffled-from must be a whole number >= 0");
    refused(DIGITS + ",shuffle-seed=1", "shuffle-seed needs shuffled-from=N");
    refused(DIGITS + ",shuffled-from=1,shuffled-from=1", "given twice");
    refused("gaussian-regression:n=10,shuffled-from=3", "is for classes");
  }

  private static void refused(String spec, String message) {
    assertThatThrownBy(() -> train(spec))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private static Dataset train(String spec) {
    return Catalogue.load(spec, NOWHERE).train();
  }

  private static int[] head(Dataset dataset) {
    return Arrays.copyOf(dataset.labels(), 600);
  }

  private static int[] tail(Dataset dataset) {
    return Arrays.copyOfRange(dataset.labels(), 600, dataset.size());
  }

  private static int[] sorted(int... labels) {
    int[] copy = labels.clone();
    Arrays.sort(copy);
    return copy;
  }
}
