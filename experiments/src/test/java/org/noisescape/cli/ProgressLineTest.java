package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.runs.ProgressListener;

/** The line of a task. */
class ProgressLineTest {
  private static final String NOTE = "97 of 1000 passed";

  private static ProgressLine line(String task, long step, long steps) {
    return new ProgressLine(task, step, steps, NOTE, 83, OptionalDouble.of(1234));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 79, 109, 200})
  void fitsWhateverTheNames(int columns) {
    String task = "d=2, data set 0, c from 1.25 to 2.25, threshold 3 of 4, seed 17 of 100";
    assertThat(line(task, 1, 3).bar(columns).length()).isLessThanOrEqualTo(columns);
    assertThat(line(task, 1, ProgressListener.UNKNOWN).bar(columns).length())
        .isLessThanOrEqualTo(columns);
    assertThat(line("", 3, 3).bar(columns).length()).isLessThanOrEqualTo(columns);
  }

  @Test
  void at80ColumnsThereAreABarTimesAndTheWholeNote() {
    assertThat(line("d=2, data set 0", 1, 3).bar(79))
        .isEqualTo(
            "d=2, data set 0  33 % [=====>           ] 1:23, 21 min left, 97 of 1000 passed");
  }

  @Test
  void ofUnknownLengthThereIsNoBar() {
    assertThat(line("hessian-top:3 (2 of 4)", 7, ProgressListener.UNKNOWN).bar(79))
        .isEqualTo("hessian-top:3 (2 of 4) 1:23, 21 min left, 97 of 1000 passed");
  }

  @Test
  void inAFileItIsASentence() {
    assertThat(line("d=2", 1, 3).sentence()).isEqualTo("d=2: 33 %, 1:23, 21 min left, " + NOTE);
  }

  @Test
  void timesAreNoFinerThanTheyAreKnown() {
    assertThat(Durations.clock(42.9)).isEqualTo("0:42");
    assertThat(Durations.clock(605)).isEqualTo("10:05");
    assertThat(Durations.clock(3723)).isEqualTo("1:02:03");
    assertThat(Durations.clock(90_061)).isEqualTo("1d 01:01:01");
    assertThat(Durations.about(0.1)).isEqualTo("1 s");
    assertThat(Durations.about(62)).isEqualTo("60 s");
    assertThat(Durations.about(500)).isEqualTo("8 min");
    assertThat(Durations.about(9000)).isEqualTo("3 h");
    assertThat(Durations.about(9e5)).isEqualTo("10 days");
  }
}
