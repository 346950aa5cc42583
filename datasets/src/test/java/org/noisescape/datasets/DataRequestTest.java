package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.noisescape.objective.SampleSource;

class DataRequestTest {
  private static final DataRequest DIGITS = DataRequest.of("digits:train=50,test=20");

  private static float[] targets(SampleSource source) {
    float[] y = new float[source.size() * source.outputs()];
    source.copyTargets(0, source.size(), y);
    return y;
  }

  @Test
  void aWholeDataSetComesWithItsTestSet() {
    LoadedData data = DIGITS.load();
    assertThat(data.train().size()).isEqualTo(50);
    assertThat(data.test()).isPresent().get().extracting(SampleSource::size).isEqualTo(20);
    assertThat(data.validation()).isEmpty();
    assertThat(data.target()).isEqualTo(TargetMap.ONE_HOT);
    assertThat(data.train().outputs()).isEqualTo(10);
    assertThat(data.digests()).isNotEmpty();
  }

  @Test
  void whatIsDoneToItIsDoneToAllParts() {
    LoadedData data =
        DataRequest.of("digits:train=200,test=20")
            .withSubset(160)
            .withTarget("parity")
            .withNormalization("mean=0.5,std=0.25")
            .withValidation("0.25")
            .load();
    assertThat(data.train().size()).isEqualTo(120);
    assertThat(data.validation()).isPresent().get().extracting(SampleSource::size).isEqualTo(40);
    for (SampleSource part :
        new SampleSource[] {
          data.train(), data.test().orElseThrow(), data.validation().orElseThrow()
        }) {
      assertThat(part.outputs()).isEqualTo(1);
      assertThat(part.black()).containsExactly(-2);
      for (float target : targets(part)) {
        assertThat(Math.abs(target)).isEqualTo(1);
      }
    }
  }

  @Test
  void realTargetsAreTakenAsTheyAre() {
    LoadedData data = DataRequest.of("gaussian-regression:n=20,d=3").load();
    assertThat(data.target()).isEqualTo(TargetMap.VALUE);
    assertThat(data.train().hasClasses()).isFalse();
  }

  @Test
  void wrongWordsAreOneLine() {
    assertThatThrownBy(() -> DIGITS.withSubset(0)).hasMessage("subset must be >= 1, got 0");
    assertThatThrownBy(() -> DIGITS.withTarget("parityy")).hasMessageContaining("parity");
    assertThatThrownBy(() -> DIGITS.withSubset(51).load()).hasMessageContaining("51");
    assertThatThrownBy(() -> DataRequest.of("digitss").load()).hasMessageContaining("digits");
  }
}
