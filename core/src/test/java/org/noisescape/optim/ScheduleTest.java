package org.noisescape.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.registry.Named;

/** Factors of the learning rate. */
class ScheduleTest {
  @Test
  void aConstantStaysOne() {
    Schedule schedule = Schedules.parse("constant");
    assertThat(schedule.factor(0, 10)).isEqualTo(1);
    assertThat(schedule.factor(9.9, 10)).isEqualTo(1);
  }

  @Test
  void aStepMultipliesFromEachMilestoneOn() {
    Schedule schedule = Schedules.parse("step:0.1@30,60.5");
    assertThat(schedule.factor(0, 90)).isEqualTo(1);
    assertThat(schedule.factor(29.99, 90)).isEqualTo(1);
    assertThat(schedule.factor(30, 90)).isEqualTo(0.1);
    assertThat(schedule.factor(60.4, 90)).isEqualTo(0.1);
    assertThat(schedule.factor(60.5, 90)).isCloseTo(0.01, within(1e-17));
  }

  @Test
  void aMilestoneMayBeTheStart() {
    assertThat(Schedules.parse("step:0.5@0,3").factor(0, 9)).isEqualTo(0.5);
  }

  @Test
  void allAreThoseThatHaveNames() {
    assertThat(Schedules.names()).containsSubsequence("constant", "cosine", "step");
    assertThat(Schedules.all()).extracting(Named::name).isEqualTo(Schedules.names());
  }

  @Test
  void aCosineFallsFromOneToZero() {
    Schedule schedule = Schedules.parse("cosine");
    assertThat(schedule.factor(0, 8)).isEqualTo(1);
    assertThat(schedule.factor(2, 8)).isCloseTo(0.5 + Math.sqrt(0.125), within(1e-15));
    assertThat(schedule.factor(4, 8)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.factor(8, 8)).isZero();
    assertThat(schedule.factor(9, 8)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "cosine",
        "step:0.1@45.0",
        "step:0.5@1.5,2.0,30.0",
        "cosine:to=0.1",
        "linear:to=0.5",
        "polynomial:2",
        "one-cycle",
        "piecewise:1.0@0.0,0.1@30.0",
        "lines:0.0@0.0,1.0@5.0",
        "warmup:5+cosine"
      })
  void textsComeBack(String text) {
    Schedule schedule = Schedules.parse(text).in(1);
    assertThat(schedule.text()).isEqualTo(text);
    for (double epoch : new double[] {0, 1.5, 2, 44, 45, 99}) {
      assertThat(Schedules.parse(schedule.text()).in(1).factor(epoch, 100))
          .isEqualTo(schedule.factor(epoch, 100));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "straight|unknown schedule 'straight': use one of constant, cosine, step",
        "cosine:3|schedule 'cosine:3': it takes no arguments: write for example cosine",
        "step:0.1|schedule 'step:0.1': write step:FACTOR@EPOCH[,EPOCH...]",
        "step:@3|schedule 'step:@3': numbers expected, for example step:0.1@30,60",
        "step:x@3|schedule 'step:x@3': numbers expected, for example step:0.1@30,60",
        "step:0.1@|schedule 'step:0.1@': numbers expected",
        "step:0.1@3,|schedule 'step:0.1@3,': numbers expected",
        "step:0@3|step schedule: factor must be > 0 and an epoch given, got factor 0.0",
        "step:NaN@3|step schedule: factor must be > 0 and an epoch given, got factor NaN",
        "step:0.1@60,30|step schedule: epochs must be >= 0 and ascending, none twice, got [60.0, 30.0]",
        "step:0.1@NaN|a stretch of a schedule must be a number of epochs or steps >= 0, got NaN",
        "step:0.1@30,30|step schedule: epochs must be >= 0 and ascending, none twice, got [30.0, 30.0]",
        "warmup|schedule 'warmup': its stretch is missing: write for example warmup:5",
        "warmup:x|its stretch must be a number of epochs, or of steps as in 300steps, got 'x'",
        "warmup:0|schedule 'warmup:0': its stretch must be > 0, got 0",
        "warmup:5,from=-1|schedule 'warmup:5,from=-1': factors must be numbers >= 0, got -1.0",
        "cosine:to=NaN|factors must be numbers >= 0, got NaN",
        "polynomial:0|schedule 'polynomial:0': the power must be a number > 0, got 0.0",
        "one-cycle:rise=1|the share of the rise must lie in (0, 1), got 1.0",
        "piecewise:1|schedule 'piecewise:1': write VALUE@EPOCH[,VALUE@EPOCH...]",
        "lines:1@0,-1@2|lines schedule: values must be numbers >= 0, got -1.0",
        "step:0.1@3,4steps|step schedule: write all points in epochs, or all in steps",
        "cosine+|unknown schedule ''",
        "step:Infinity@3|step schedule: factor must be > 0",
      })
  void aWrongTextIsOneClearLine(String text, String message) {
    assertThatThrownBy(() -> Schedules.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }
}
