package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.optim.RunSchedules;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.EngineUnderTest;

/** Steps and epochs of a run, also of one whose batch grows. */
class TimelineTest {
  private static final Trial TRIAL = Trial.mlp("sgd", DType.FLOAT64, 2);

  private static TrainingPlan plan(String schedules, double epochs) {
    return TRIAL.plan(0.05, epochs).toBuilder().schedules(RunSchedules.parse(schedules)).build();
  }

  @Test
  void anEpochOfALargerBatchHasFewerSteps() {
    // 53 samples: 6, 3, 1 steps an epoch
    Timeline timeline = plan("constant/batch=piecewise:1@0,2@2,4@4", 6).timeline(Trial.SAMPLES);
    assertThat(timeline.phases())
        .containsExactly(
            new Timeline.Phase(8, 6, 0, 0),
            new Timeline.Phase(16, 3, 2, 12),
            new Timeline.Phase(32, 1, 4, 18));
    assertThat(timeline.steps()).isEqualTo(20);
    assertThat(List.of(timeline.epoch(0), timeline.epoch(9), timeline.epoch(12)))
        .containsExactly(0.0, 1.5, 2.0);
    assertThat(List.of(timeline.epoch(15), timeline.epoch(18), timeline.epoch(20)))
        .containsExactly(3.0, 4.0, 6.0);
    for (long step = 0; step <= 20; step++) {
      assertThat(timeline.step(timeline.epoch(step))).isEqualTo(step);
    }
    long due = 0;
    for (long expected : new long[] {6, 12, 15, 18, 19, 20, 21}) {
      due = Interval.EPOCH.next(due, timeline);
      assertThat(due).isEqualTo(expected);
    }
  }

  /** Where the batch has grown, the run is one of the large batch from the same θ on. */
  @Test
  void aGrownBatchGoesOnAsARunOfThatBatch() {
    Engine engine = EngineUnderTest.HOST.engine();
    TrainingPlan growing = plan("constant/batch=step:2@2", 4);
    Trial.Ended grown = TRIAL.run(engine, growing, List.of(), Interval.EPOCH, null);
    TrainingState middle =
        grown.only(TrainingEvent.CheckpointDue.class).stream()
            .map(TrainingEvent.CheckpointDue::state)
            .filter(state -> state.step() == 12)
            .findFirst()
            .orElseThrow();
    assertThat(middle.epoch()).isEqualTo(2);
    TrainingPlan large = plan("constant", 4).toBuilder().batch(16).build();
    TrainingState from = new TrainingState(6, 2, middle.theta(), List.of());
    assertThat(TRIAL.run(engine, large, List.of(), from).state().theta())
        .isEqualTo(grown.state().theta());
    assertThat(TRIAL.run(engine, growing, List.of(), middle).state().theta())
        .isEqualTo(grown.state().theta());
    TrainingState first = TRIAL.run(engine, plan("constant", 2), List.of(), null).state();
    assertThat(first.theta()).isEqualTo(middle.theta());
  }

  /** Variances of 0 while the factor is 0, and the noise of the rule once it is 1. */
  @Test
  void noiseFollowsItsSchedule() {
    Engine engine = EngineUnderTest.HOST.engine();
    Trial noisy = Trial.mlp("sgld:l3=0.1", DType.FLOAT64, 1);
    TrainingPlan plan =
        noisy.plan(0.05, 3).toBuilder()
            .schedules(RunSchedules.parse("constant/sgld=piecewise:0@0,1@2"))
            .build();
    Trial.Ended run = noisy.run(engine, plan, List.of(), Interval.EPOCH, null);
    Trial quiet = Trial.mlp("momentum:0", DType.FLOAT64, 1);
    TrainingPlan without =
        quiet.plan(0.05, 2).toBuilder().schedules(RunSchedules.constant()).build();
    TrainingState silent = quiet.run(engine, without, List.of(), null).state();
    TrainingState middle =
        run.only(TrainingEvent.CheckpointDue.class).stream()
            .map(TrainingEvent.CheckpointDue::state)
            .filter(state -> state.step() == 12)
            .findFirst()
            .orElseThrow();
    assertThat(middle.theta()).isEqualTo(silent.theta());
    TrainingPlan full = plan.toBuilder().schedules(RunSchedules.constant()).build();
    assertThat(noisy.run(engine, full, List.of(), middle).state().theta())
        .isEqualTo(run.state().theta());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "warmup:2|schedule 'warmup:2' ends after 2.0 of 4.0 epochs: say what follows",
        "linear:over=1+cosine:over=2|ends after 3.0 of 4.0 epochs",
        "warmup:5+cosine|its last part begins after 5.0 epochs, the run has 4.0",
        "cosine+linear|cosine lasts to the end of the run, and leaves nothing to what follows",
        "constant/batch=step:8@1|the batch of epoch 1 is 64 by its schedule, the training samples are 53",
        "constant/batch=step:0.01@1|the batch of epoch 1 is 0 by its schedule",
        "warmup:5steps+cosine/batch=step:2@1|where the batch follows a schedule, an epoch has no fixed",
        "constant/momentum=cosine|schedule of 'momentum': the optimizer has no such number: only lr and batch",
      })
  void schedulesThatDoNotFitTheRunAreOneLine(String schedules, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(schedules, 4).timeline(Trial.SAMPLES))
        .withMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .hasLineCount(1);
  }
}
