package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureNormalizationTest {
  /** Two samples of two channels of 1 x 2 pixels. */
  private static final float[] PLANAR = {1, 3, 10, 10, 5, 7, 20, 40};

  @Test
  void standardizedChannelsHaveMeanZeroAndVarianceOne() {
    float[] values = copy("standardize", PLANAR);
    double[] sum = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < values.length; i++) {
      int channel = i / 2 % 2;
      sum[channel] += values[i];
      squares[channel] += (double) values[i] * values[i];
    }
    for (int channel = 0; channel < 2; channel++) {
      // eight roundings to float32 of values of order one
      assertThat(sum[channel]).isCloseTo(0, within(8 * 0x1p-23));
      assertThat(squares[channel] / 4).isCloseTo(1, within(8 * 0x1p-23));
    }
    // channel 0 holds 1, 3, 5, 7: mean 4, variance 5
    assertThat(values[0]).isEqualTo((float) (-3 / Math.sqrt(5)));
  }

  @Test
  void noneChangesNothing() {
    assertThat(copy("none", PLANAR)).isEqualTo(PLANAR);
  }

  @Test
  void numbersAreSubtractedAndDividedBy() {
    assertThat(copy("mean=1,10,std=2,5", PLANAR)).containsExactly(0, 1, 0, 0, 2, 3, 2, 6);
    assertThat(copy("mean=1,std=2", PLANAR)).containsExactly(0, 1, 4.5f, 4.5f, 2, 3, 9.5f, 19.5f);
  }

  @Test
  void aConstantChannelCannotBeStandardized() {
    assertThatThrownBy(() -> copy("standardize", new float[] {1, 2, 3, 3, 4, 5, 3, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channel 1 is constant")
        .hasMessageContaining("use the normalisation 'none'");
  }

  private static float[] copy(String normalization, float[] features) {
    Dataset dataset =
        new Dataset(
            "test",
            Split.TRAIN,
            new int[] {2, 1, 2},
            new FloatFeatures(features.clone(), 2, 4),
            new int[] {0, 1},
            new float[0],
            2,
            List.of("a", "b"),
            Map.of());
    float[] copy = new float[8];
    new DatasetSource(dataset, TargetMap.ONE_HOT, FeatureNormalization.of(normalization, dataset))
        .copyFeatures(0, 2, copy);
    return copy;
  }
}
