package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SyntheticDataTest {
  private static final DataLocation NOWHERE =
      new DataLocation(Optional.empty(), Optional.empty(), Path.of("nowhere"), true);

  /**
   * Digests of the default digits, so that they do not change unnoticed: every published number on
   * them would. Made by: {@code sha256sum} of the pixels written out by {@code
   * Catalogue.load("digits", …)} in the commit that last changed {@code datasets.synthetic}.
   */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "digits-train", "sha256:1ed0300f5c57f800fef00da44f83c87ad0f4dc58e0cacc3faa16fd5b4a814006",
          "digits-test", "sha256:1d120c36cdd900229aa2fde913dff359e513ea7bc99da8ce343b6c4a437cb372");

  @Test
  void defaultDigitsAreTheOnesOfEveryRelease() {
    DatasetPair pair = Catalogue.load("digits", NOWHERE);

    assertThat(pair.train().size()).isEqualTo(10_000);
    assertThat(pair.train().imageShape()).containsExactly(1, 28, 28);
    assertThat(pair.train().digests()).containsEntry("digits-train", DIGESTS.get("digits-train"));
    assertThat(pair.test().orElseThrow().size()).isEqualTo(2_000);
    assertThat(pair.test().orElseThrow().digests())
        .containsEntry("digits-test", DIGESTS.get("digits-test"));
  }

  @Test
  void fewerDigitsAreTheFirstOnes() {
    DatasetPair few = Catalogue.load("digits:train=30,test=0,seed=5", NOWHERE);
    DatasetPair more = Catalogue.load("digits:train=700,seed=5", NOWHERE);

    assertThat(few.test()).isEmpty();
    for (int i = 0; i < 30; i++) {
      assertThat(DataFiles.row(few.train(), i)).isEqualTo(DataFiles.row(more.train(), i));
      assertThat(few.train().labels()[i]).isEqualTo(more.train().labels()[i]);
    }
  }

  @Test
  void gaussianDataHaveZeroMeanUnitVarianceAndNoCorrelation() {
    int n = 40_000;
    Dataset data = Catalogue.load("gaussian-regression:d=3,n=" + n, NOWHERE).train();
    double tolerance = 5 / Math.sqrt(n);

    assertThat(data.imageShape()).containsExactly(1, 1, 3);
    for (int column = 0; column < 3; column++) {
      double mean = 0;
      double square = 0;
      double product = 0;
      for (int i = 0; i < n; i++) {
        double x = DataFiles.row(data, i)[column];
        mean += x / n;
        square += x * x / n;
        product += x * data.regressionTargets()[i] / n;
      }
      assertThat(mean).isCloseTo(0, within(tolerance));
      assertThat(square).isCloseTo(1, within(tolerance * Math.sqrt(2)));
      assertThat(product).isCloseTo(0, within(tolerance));
    }
  }

  @Test
  void gaussianTargetsWithoutNoiseAreTheScaledSum() {
    Dataset data = Catalogue.load("gaussian-regression:d=4,n=50,noise=0", NOWHERE).train();
    for (int i = 0; i < 50; i++) {
      float[] x = DataFiles.row(data, i);
      assertThat(data.regressionTargets()[i])
          .isCloseTo((x[0] + x[1] + x[2] + x[3]) / 2, within(1e-6f));
    }
  }

  @Test
  void gaussianNoiseHasTheWantedDeviation() {
    int n = 20_000;
    Dataset data = Catalogue.load("gaussian-regression:d=1,n=" + n + ",noise=0.5", NOWHERE).train();
    double square = 0;
    for (int i = 0; i < n; i++) {
      double residual = data.regressionTargets()[i] - DataFiles.row(data, i)[0];
      square += residual * residual / n;
    }
    assertThat(square).isCloseTo(0.25, within(0.25 * 5 * Math.sqrt(2.0 / n)));
  }

  /** Two units and two classes: the label is 1 in a cone, bounded by two half lines. */
  @Test
  void teacherLabelsAreAFunctionOfTheDirectionAlone() {
    DatasetPair pair = Catalogue.load("teacher:d=2,width=2,classes=2,train=2000,test=300", NOWHERE);
    assertThat(pair.test().orElseThrow().size()).isEqualTo(300);
    assertThat(pair.train().imageShape()).containsExactly(1, 1, 2);
    TreeMap<Double, Integer> byAngle = new TreeMap<>();
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 2000; i++) {
      float[] x = DataFiles.row(pair.train(), i);
      byAngle.put(Math.atan2(x[1], x[0]), pair.train().labels()[i]);
      mean += x[0] / 2000.0;
      square += x[1] * x[1] / 2000.0;
    }
    assertThat(mean).isCloseTo(0, within(0.12));
    assertThat(square).isCloseTo(1, within(0.16));
    int changes = 0;
    int last = byAngle.lastEntry().getValue();
    for (int label : byAngle.values()) {
      changes += label == last ? 0 : 1;
      last = label;
    }
    assertThat(changes).isLessThanOrEqualTo(4);
    DatasetPair more = Catalogue.load("teacher:d=2,width=2,classes=2,train=3000", NOWHERE);
    assertThat(more.train().labels()).startsWith(pair.train().labels());
    DatasetPair other = Catalogue.load("teacher:d=2,width=2,classes=2,train=2000,seed=1", NOWHERE);
    assertThat(other.train().digests()).isNotEqualTo(pair.train().digests());
  }

  @Test
  void everyClassOfTheDefaultTeacherHasItsShare() {
    int[] counts = new int[10];
    for (int label : Catalogue.load("teacher:test=0", NOWHERE).train().labels()) {
      counts[label]++;
    }
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(100);
  }

  @Test
  void seedChangesTheData() {
    Dataset one = Catalogue.load("gaussian-regression:n=1,seed=1", NOWHERE).train();
    Dataset two = Catalogue.load("gaussian-regression:n=1,seed=2", NOWHERE).train();
    assertThat(DataFiles.row(one, 0)).isNotEqualTo(DataFiles.row(two, 0));
    assertThat(one.digests()).isNotEqualTo(two.digests());
    assertThat(one.digests()).isEqualTo(one.subset(1).digests()).hasSize(1);
  }

  @Test
  void wrongOptionsAreOneLine() {
    assertRefused("digits:sed=3", "unknown option of digits 'sed', did you mean 'seed'?");
    assertRefused("digits:train=0", "digits: train must be a whole number between 1 and");
    assertRefused("digits:train", "options read key=value, got 'train'");
    assertRefused("digits:seed=1,seed=2", "option seed is given twice");
    assertRefused("teacher:classes=1", "teacher: classes must be a whole number between 2 and");
    assertRefused("gaussian-regression:d=2.5", "got '2.5'");
    assertRefused("gaussian-regression:noise=-1", "noise must be a number >= 0, got '-1'");
    assertRefused("gaussian-regression:noise=NaN", "noise must be a number >= 0, got 'NaN'");
    assertRefused("gaussian-regression:d=100000,n=100000", "d times n must be at most");
  }

  private static void assertRefused(String spec, String message) {
    assertThatThrownBy(() -> Catalogue.load(spec, NOWHERE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
