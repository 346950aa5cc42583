package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Option {@code only}. */
class ClassSelectionTest {
  private static final DataLocation NOWHERE = DataLocation.of(Optional.empty(), Map.of());

  private static DatasetPair load(String spec) {
    return Catalogue.load(spec, NOWHERE);
  }

  @Test
  void samplesOfTheChosenClassesStayInTheirOrderAndAreNumberedAnew() {
    Dataset all = load("digits:train=50,test=20").train();
    DatasetPair pair = load("digits:train=50,test=20,only=5+3");

    int[] rows =
        IntStream.range(0, all.size())
            .filter(i -> all.labels()[i] == 5 || all.labels()[i] == 3)
            .toArray();
    Dataset some = pair.train();
    assertThat(some.size()).isEqualTo(rows.length).isPositive();
    assertThat(some.classes()).isEqualTo(2);
    assertThat(some.classNames()).containsExactly(all.classNames().get(5), all.classNames().get(3));
    float[] expected = new float[all.featureLength()];
    float[] actual = new float[all.featureLength()];
    for (int i = 0; i < rows.length; i++) {
      assertThat(some.labels()[i]).isEqualTo(all.labels()[rows[i]] == 5 ? 0 : 1);
      all.features().copyRows(rows[i], 1, expected, 0);
      some.features().copyRows(i, 1, actual, 0);
      assertThat(actual).isEqualTo(expected);
    }
    assertThat(pair.test().orElseThrow().classes()).isEqualTo(2);
    assertThat(some.digests()).containsKey("classes");
  }

  @Test
  void whatCannotBeChosenIsToldInOneLine() {
    for (String only : new String[] {"only=3", "only=3+3", "only=3+cat", "only=", "only=3+11"}) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> load("digits:train=50,test=20," + only))
          .withMessageContaining("only");
    }
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> load("digits:train=50,only=1+2,only=3+4"))
        .withMessageContaining("option only is given twice");
  }
}
