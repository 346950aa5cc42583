package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training samples held out. */
class HoldOutTest {
  private static final DataLocation NOWHERE =
      new DataLocation(Optional.empty(), Optional.empty(), Path.of("nowhere"), true);

  private static Dataset load(String spec) {
    return Catalogue.load(spec, NOWHERE).train();
  }

  private static HoldOut.Parts parts(String share, Dataset all) {
    return HoldOut.parse(share).apply(all);
  }

  /** The rows of a part, which are different pictures, among all. */
  private static List<Integer> rows(Dataset all, Dataset part) {
    List<String> there =
        IntStream.range(0, all.size())
            .mapToObj(i -> Arrays.toString(DataFiles.row(all, i)))
            .toList();
    return IntStream.range(0, part.size())
        .mapToObj(i -> there.indexOf(Arrays.toString(DataFiles.row(part, i))))
        .toList();
  }

  private static long[] counts(Dataset part) {
    long[] counts = new long[part.classes()];
    for (int label : part.labels()) {
      counts[label]++;
    }
    return counts;
  }

  @Test
  void everySampleIsInOneOfThePartsWithItsLabelAndInItsOrder() {
    Dataset all = load("digits:train=300,test=0");
    HoldOut.Parts parts = parts("0.2", all);

    List<Integer> training = rows(all, parts.training());
    List<Integer> held = rows(all, parts.validation());
    assertThat(held).hasSize(60).isSorted();
    assertThat(training).hasSize(240).isSorted().doesNotContainAnyElementsOf(held);
    for (int i = 0; i < held.size(); i++) {
      assertThat(parts.validation().labels()[i]).isEqualTo(all.labels()[held.get(i)]);
    }
    for (int i = 0; i < training.size(); i++) {
      assertThat(parts.training().labels()[i]).isEqualTo(all.labels()[training.get(i)]);
    }
  }

  @Test
  void everyClassGivesItsShare() {
    Dataset all = load("digits:train=1003,test=0,size=7");
    for (String share : List.of("0.1", "0.37", "500", "0.1,seed=4")) {
      HoldOut.Parts parts = parts(share, all);
      long[] held = counts(parts.validation());
      double part = (double) parts.validation().size() / all.size();
      for (int k = 0; k < held.length; k++) {
        assertThat(Math.abs(held[k] - part * counts(all)[k])).as("class %d", k).isLessThan(1);
      }
      // one more where more than elsewhere is left over
      double[] over = new double[held.length];
      Arrays.setAll(over, k -> part * counts(all)[k] - held[k]);
      double up =
          Arrays.stream(over).filter(left -> left < 0).map(left -> left + 1).min().orElse(1);
      double down = Arrays.stream(over).filter(left -> left >= 0).max().orElse(0);
      assertThat(up).isGreaterThanOrEqualTo(down);
    }
    assertThat(parts("0.1", all).validation().size()).isEqualTo(100);
    assertThat(parts("500", all).validation().size()).isEqualTo(500);
  }

  @Test
  void theSeedDecidesAndNothingElse() {
    Dataset all = load("digits:train=300,test=0");
    List<Integer> held = rows(all, parts("0.2", all).validation());
    assertThat(rows(all, parts("60,seed=0", all).validation())).isEqualTo(held);
    assertThat(rows(all, parts("0.2,seed=1", all).validation())).isNotEqualTo(held);
  }

  @Test
  void realTargetsArePartedAsOneClass() {
    Dataset all = load("gaussian-regression:d=3,n=40");
    HoldOut.Parts parts = parts("0.25", all);
    List<Integer> held = rows(all, parts.validation());
    assertThat(held).hasSize(10).isSorted();
    for (int i = 0; i < held.size(); i++) {
      assertThat(parts.validation().regressionTargets()[i])
          .isEqualTo(all.regressionTargets()[held.get(i)]);
    }
  }

  @Test
  void whatLeavesAPartOrAClassEmptyIsToldInOneLine() {
    Dataset all = load("digits:train=1000,test=0,size=7");
    refused(all, "5", "takes 0 of the", "of class '", "choose another share");
    refused(all, "998", "every class needs one or more in each part");
    refused(all, "1000", "validation on 1000 of the 1000 training samples");
    refused(all, "0.0001", "validation on 0 of the 1000");
    for (String text :
        List.of("0", "-0.1", "1.5", "", "x", "0.1,3", "0.1,seed=", "NaN", "Infinity")) {
      refused(all, text, "a share of the training samples between 0 and 1");
    }
  }

  private static void refused(Dataset all, String text, String... parts) {
    assertThatThrownBy(() -> parts(text, all))
        .as(text)
        .isInstanceOf(DataException.class)
        .hasMessageNotContaining("\n")
        .hasMessageContainingAll(parts);
  }
}
