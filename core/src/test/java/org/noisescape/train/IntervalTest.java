package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.train.Interval.Unit;

class IntervalTest {
  @Test
  void stepsAreEvenlySpaced() {
    assertThat(points("100", 7, 450)).containsExactly(100L, 200L, 300L, 400L);
    assertThat(points("1", 7, 4)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void epochsCountInStepsOfAnEpoch() {
    assertThat(points("1epoch", 7, 30)).containsExactly(7L, 14L, 21L, 28L);
    assertThat(points("epoch", 7, 15)).containsExactly(7L, 14L);
    assertThat(points("0.5epoch", 7, 15)).containsExactly(4L, 7L, 11L, 14L);
    assertThat(points("2epochs", 7, 30)).containsExactly(14L, 28L);
  }

  @Test
  void logarithmicPointsGrowByTheFactorAndNeverRepeat() {
    assertThat(points("log2", 7, 70)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L);
    assertThat(points("log1.5", 7, 12)).containsExactly(1L, 2L, 3L, 4L, 6L, 8L, 12L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-30", "0.3", "1e-30epoch", "log1.0000000001"})
  void pointsCloserThanAStepAreEveryStep(String text) {
    assertThat(points(text, 5, 6)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void nextDependsOnTheStepAloneSoThatAResumedRunMeasuresAtTheSamePoints() {
    for (String text : List.of("100", "0.7epoch", "log1.3", "3.5")) {
      Interval interval = Interval.parse(text);
      List<Long> due = points(text, 13, 1000);
      for (long step = 0; step < due.getLast(); step++) {
        long from = step;
        long expected = due.stream().filter(point -> point > from).findFirst().orElseThrow();
        assertThat(interval.next(step, 13)).as("%s after %d", text, step).isEqualTo(expected);
      }
    }
  }

  @Test
  void farPointsDoNotOverflow() {
    assertThat(Interval.parse("1e300").next(5, 10)).isEqualTo(Long.MAX_VALUE);
    assertThat(Interval.parse("log1e200").next(2, 10)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-3", "NaN", "Infinity", "0epoch", "log1", "log0.5", "logNaN", "x", "", "5s"})
  void nonsenseIsRefused(String text) {
    assertThatThrownBy(() -> Interval.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval");
  }

  @ParameterizedTest
  @CsvSource({"100,100", "1epoch,1epoch", "epoch,1epoch", "0.25epochs,0.25epoch", "log1.5,log1.5"})
  void textRoundTrips(String text, String canonical) {
    Interval interval = Interval.parse(text);
    assertThat(interval.text()).isEqualTo(canonical);
    assertThat(Interval.parse(interval.text())).isEqualTo(interval);
  }

  @Test
  void epochIsOncePerEpoch() {
    assertThat(Interval.EPOCH).isEqualTo(new Interval(1, Unit.EPOCHS));
  }

  private static List<Long> points(String text, int stepsPerEpoch, long last) {
    List<Long> points = new ArrayList<>();
    Interval interval = Interval.parse(text);
    for (long step = interval.next(0, stepsPerEpoch);
        step <= last;
        step = interval.next(step, stepsPerEpoch)) {
      points.add(step);
    }
    return points;
  }
}
