package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TargetMapTest {
  @Test
  void oneHotIsTheUnitVectorOfTheClass() {
    Dataset dataset = DatasetTest.classification(2, 0, 1);
    float[] targets = {9, 9, 9, 9, 9, 9, 9, 9};

    TargetMap.ONE_HOT.fill(dataset, 1, 2, targets, 1);

    assertThat(TargetMap.ONE_HOT.width(dataset)).isEqualTo(3);
    assertThat(targets).containsExactly(9, 1, 0, 0, 0, 1, 0, 9);
  }

  @Test
  void parityIsPlusOneForEven() {
    Dataset dataset = DatasetTest.classification(2, 0, 1);
    float[] targets = new float[3];

    TargetMap.PARITY.fill(dataset, 0, 3, targets, 0);

    assertThat(TargetMap.PARITY.width(dataset)).isEqualTo(1);
    assertThat(targets).containsExactly(1, 1, -1);
  }

  @Test
  void valueIsTheRealTarget() {
    Dataset dataset = DatasetTest.regression(0.5f, -3);
    float[] targets = new float[1];

    TargetMap.VALUE.fill(dataset, 1, 1, targets, 0);

    assertThat(TargetMap.VALUE.width(dataset)).isEqualTo(1);
    assertThat(targets).containsExactly(-3);
  }

  @Test
  void mapsThatDoNotSuitTheDataSayWhichDo() {
    assertThatThrownBy(() -> TargetMap.PARITY.width(DatasetTest.regression(1)))
        .isInstanceOf(DataException.class)
        .hasMessage("target parity does not suit toy, whose targets are real numbers: use value");
    assertThatThrownBy(() -> TargetMap.VALUE.width(DatasetTest.classification(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("use one-hot or parity");
  }

  @Test
  void optionsAreRead() {
    for (TargetMap map : TargetMap.values()) {
      assertThat(TargetMap.parse(map.option())).isSameAs(map);
    }
    assertThatThrownBy(() -> TargetMap.parse("onehot"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "unknown target 'onehot', did you mean 'one-hot'? (known: one-hot, parity, value)");
  }

  @Test
  void tooSmallDestinationIsRefused() {
    assertThatThrownBy(
            () -> TargetMap.ONE_HOT.fill(DatasetTest.classification(0), 0, 1, new float[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
