package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ArraySourceTest {
  private static final int[] PAIR = {2, 1, 1};

  @Test
  void samplesAreRowsOfTheArrays() {
    SampleSource source =
        ArraySource.ofValues(PAIR, 1, new float[] {1, 2, 3, 4, 5, 6}, new float[] {7, 8, 9});
    assertThat(source.size()).isEqualTo(3);
    assertThat(source.hasClasses()).isFalse();
    float[] x = new float[4];
    float[] y = new float[2];
    source.copyFeatures(1, 2, x);
    source.copyTargets(1, 2, y);
    assertThat(x).containsExactly(3, 4, 5, 6);
    assertThat(y).containsExactly(8, 9);
  }

  @Test
  void labelsBecomeUnitVectors() {
    SampleSource source = ArraySource.ofLabels(PAIR, 3, new float[] {1, 2, 3, 4}, 2, 0);
    float[] y = new float[6];
    source.copyTargets(0, 2, y);
    assertThat(y).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(source.hasClasses()).isTrue();
    assertThat(source.outputs()).isEqualTo(3);
    assertThat(source.black()).containsExactly(0, 0);
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArraySource.of(PAIR, 1, new float[3], new float[1]))
        .withMessage("features must be whole samples of (2, 1, 1), got 3 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArraySource.of(PAIR, 2, new float[4], new float[3]))
        .withMessage("2 samples with 2 outputs want 4 targets, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArraySource.ofLabels(PAIR, 2, new float[4], 0, 2))
        .withMessage("label 2 of sample 1 is none of 0 to 1");
  }
}
