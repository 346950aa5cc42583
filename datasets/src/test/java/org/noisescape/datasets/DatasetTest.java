package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetTest {
  @Test
  void pixelsAreScaledToTheUnitInterval() {
    Features features = new PixelFeatures(new byte[] {0, 51, (byte) 255, (byte) 128}, 2, 2);
    float[] copied = {-1, -1, -1, -1};

    features.copyRows(0, 2, copied, 0);
    assertThat(copied).containsExactly(0f, 0.2f, 1f, 128 / 255f);

    features.copyRows(1, 1, copied, 1);
    assertThat(copied).containsExactly(0f, 1f, 128 / 255f, 128 / 255f);
  }

  @Test
  void floatRowsAreCopiedAsTheyAre() {
    Features features = new FloatFeatures(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    float[] copied = new float[5];

    features.copyRows(1, 2, copied, 1);

    assertThat(copied).containsExactly(0, 3, 4, 5, 6);
  }

  @Test
  void rowsOutsideAreRefused() {
    Features pixels = new PixelFeatures(new byte[6], 3, 2);
    Features floats = new FloatFeatures(new float[6], 3, 2);
    for (Features features : List.of(pixels, floats)) {
      assertThatThrownBy(() -> features.copyRows(2, 2, new float[9], 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> features.copyRows(0, 3, new float[6], 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void subsetIsTheFirstSamples() {
    Dataset all = classification(1, 0, 2);

    Dataset two = all.subset(2);

    assertThat(two.size()).isEqualTo(2);
    assertThat(two.labels()).containsExactly(1, 0);
    assertThat(DataFiles.row(two, 1)).isEqualTo(DataFiles.row(all, 1));
    assertThatThrownBy(() -> DataFiles.row(two, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(all.subset(3)).isSameAs(all);
    assertThat(regression(4, 5).subset(1).regressionTargets()).containsExactly(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 4})
  void subsetOutsideNamesItAndTheSize(int n) {
    assertThatThrownBy(() -> classification(1, 0, 2).subset(n))
        .isInstanceOf(DataException.class)
        .hasMessage("subset must be between 1 and the 3 samples of the train set of toy, got " + n);
  }

  @Test
  void labelOutsideIsRefused() {
    assertThatThrownBy(() -> classification(1, 3))
        .isInstanceOf(DataException.class)
        .hasMessage("toy: label 3 of train sample 1 is outside 0..2");
  }

  @Test
  void notFiniteFeatureIsLocated() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Dataset dataset = floats(new float[] {0, 1, 2, 3, bad, bad}, 7, 7);
      assertThatThrownBy(dataset::requireFinite)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("toy: " + bad + " in row 1, column 1 of the train set");
    }
  }

  @Test
  void notFiniteTargetIsLocated() {
    assertThatThrownBy(() -> regression(0, Float.NaN).requireFinite())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("NaN in row 1, the target of the train set");
  }

  @Test
  void finiteDataPass() {
    assertThat(classification(1, 0).requireFinite().size()).isEqualTo(2);
    assertThat(regression(1, 0).requireFinite().size()).isEqualTo(2);
  }

  @Test
  void partsOfDifferentShapesAreNoPair() {
    Dataset train = classification(1, 0);
    Dataset test = floats(new float[] {1, 2, 3, 4, 5, 6}, 1, 2);
    assertThatThrownBy(() -> new DatasetPair(train, Optional.of(test)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("[1, 1, 2] with 3 classes")
        .hasMessageContaining("[1, 1, 3] with 0 classes");
  }

  static Dataset classification(int... labels) {
    return new Dataset(
        "toy",
        Split.TRAIN,
        new int[] {1, 1, 2},
        new PixelFeatures(DataFiles.pixels(2 * labels.length), labels.length, 2),
        labels,
        new float[0],
        3,
        List.of("a", "b", "c"),
        Map.of());
  }

  static Dataset regression(float... targets) {
    return floats(new float[targets.length], targets);
  }

  private static Dataset floats(float[] features, float... targets) {
    int length = features.length / targets.length;
    return new Dataset(
        "toy",
        Split.TRAIN,
        new int[] {1, 1, length},
        new FloatFeatures(features, targets.length, length),
        new int[0],
        targets,
        0,
        List.of(),
        Map.of());
  }
}
