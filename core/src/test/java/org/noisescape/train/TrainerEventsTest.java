package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.optim.Schedule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.EngineUnderTest;

/** What a trainer announces and when, and the plans it refuses. */
class TrainerEventsTest {
  private final Engine engine = EngineUnderTest.HOST.engine();
  private final Trial trial = Trial.mlp("sgd", DType.FLOAT32, 2);

  @Test
  void eventsComeInOrder() {
    Trial.Ended ended =
        trial.run(engine, plan(2), probe(RiskProbe.Depth.NOISE), Interval.EPOCH, null);

    assertThat(ended.events())
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "MemoryPlanned",
            "Measuring",
            "Measured",
            "CheckpointDue",
            "Progress",
            "Measuring",
            "Measured",
            "CheckpointDue",
            "Progress",
            "Measuring",
            "Measured",
            "CheckpointDue",
            "Finished");
    assertThat(ended.only(TrainingEvent.MemoryPlanned.class).getFirst().bytes()).isPositive();
    assertThat(ended.only(TrainingEvent.Progress.class))
        .extracting(TrainingEvent.Progress::step)
        .containsExactly(6L, 12L);
    assertThat(ended.only(TrainingEvent.Progress.class))
        .allMatch(progress -> progress.steps() == 12 && progress.stepsPerEpoch() == 6);
    assertThat(ended.events().getLast())
        .isEqualTo(new TrainingEvent.Finished(12, TrainingEvent.Outcome.COMPLETED));
  }

  @Test
  void aMeasurementHasEveryQuantityOfEveryReplica() {
    Trial.Ended ended =
        trial.run(engine, plan(2), probe(RiskProbe.Depth.NOISE), Interval.EPOCH, null);
    List<TrainingEvent.Measured> measured = ended.only(TrainingEvent.Measured.class);

    assertThat(measured).hasSize(3);
    for (int i = 0; i < 3; i++) {
      List<Measurement> replicas = measured.get(i).measurements();
      assertThat(replicas).extracting(Measurement::replica).containsExactly(0, 1);
      for (Measurement measurement : replicas) {
        assertThat(measurement.step()).isEqualTo(6L * i);
        assertThat(measurement.epoch()).isEqualTo(i);
        assertThat(measurement.values())
            .containsKeys(
                "train_loss",
                "train_loss_standard_error",
                "train_accuracy",
                "noise_strength",
                "noise_strength_standard_error",
                "gradient_norm_squared");
        assertThat(measurement.values().containsKey("step_time_s")).isEqualTo(i > 0);
        assertThat(measurement.values().get("noise_strength")).isPositive();
      }
    }
  }

  @Test
  void descentLowersTheLossOfEveryReplica() {
    Trial.Ended ended =
        trial.run(engine, plan(30), probe(RiskProbe.Depth.VALUE), Interval.EPOCH, null);
    List<TrainingEvent.Measured> measured = ended.only(TrainingEvent.Measured.class);
    for (int r = 0; r < 2; r++) {
      Map<String, Double> first = measured.getFirst().measurements().get(r).values();
      Map<String, Double> last = measured.getLast().measurements().get(r).values();
      assertThat(last.get("train_loss")).isLessThan(0.8 * first.get("train_loss"));
      assertThat(last.get("train_accuracy")).isGreaterThan(first.get("train_accuracy"));
    }
  }

  @Test
  void theMeanOfTheMiniBatchLossesIsReported() {
    // at a vanishing rate each epoch without replacement sees 48 of the 53 losses at θ₀
    Trial one = Trial.mlp("sgd", DType.FLOAT64, 1);
    TrainingPlan plan = one.plan(1e-12, 3, new Schedule.Constant());
    Trial.Ended ended = one.run(engine, plan, probe(RiskProbe.Depth.VALUE), Interval.EPOCH, null);
    Map<String, Double> start =
        ended.only(TrainingEvent.Measured.class).getFirst().measurements().getFirst().values();
    // standard error of a mean of 48 of 53: s/√48 √(5/52), here from s/√53
    double error = start.get("train_loss_standard_error") * Math.sqrt(53.0 / 48 * 5 / 52);
    List<TrainingEvent.Progress> epochs = ended.only(TrainingEvent.Progress.class);
    assertThat(epochs).hasSize(3);
    for (TrainingEvent.Progress epoch : epochs) {
      double difference = epoch.batchLoss() - start.get("train_loss");
      assertThat(Math.abs(difference)).isPositive().isLessThan(4 * error);
    }
  }

  @Test
  void noEpochsMeasureTheStart() {
    Trial.Ended ended =
        trial.run(engine, plan(0), probe(RiskProbe.Depth.VALUE), Interval.EPOCH, null);
    assertThat(ended.outcome()).isEqualTo(TrainingEvent.Outcome.COMPLETED);
    assertThat(ended.state().step()).isZero();
    assertThat(ended.only(TrainingEvent.Measured.class)).hasSize(1);
    assertThat(ended.only(TrainingEvent.Progress.class)).isEmpty();
    assertThat(ended.events().getLast())
        .isEqualTo(new TrainingEvent.Finished(0, TrainingEvent.Outcome.COMPLETED));
  }

  @Test
  void aFinishedRunIsNotContinued() {
    TrainingState end = trial.run(engine, plan(2), List.of(), null).state();
    Trial.Ended again = trial.run(engine, plan(2), probe(RiskProbe.Depth.VALUE), end);
    assertThat(again.outcome()).isEqualTo(TrainingEvent.Outcome.COMPLETED);
    assertThat(again.state().theta()).isEqualTo(end.theta());
    assertThat(again.only(TrainingEvent.Measured.class)).isEmpty();
  }

  @Test
  void anEpochHasOnlyWholeBatches() {
    TrainingPlan plan = plan(1);
    assertThat(plan.stepsPerEpoch(53)).isEqualTo(6);
    assertThat(plan.stepsPerEpoch(48)).isEqualTo(6);
    assertThat(plan.stepsPerEpoch(8)).isEqualTo(1);
    assertThat(plan(2.5).steps(53)).isEqualTo(15);
    assertThatThrownBy(() -> plan.stepsPerEpoch(7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the batch 8 is larger than the 7 training samples: choose a batch of at most 7");
  }

  @Test
  void plansThatMakeNoSenseAreOneClearLine() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> trial.plan(rate, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the learning rate must be a number > 0, got " + rate);
    }
    for (double epochs : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> trial.plan(0.1, epochs))
          .hasMessage("the number of epochs must be a number >= 0, got " + epochs);
    }
    assertThatThrownBy(() -> Trial.mlp("sgd", DType.FLOAT32, 0).plan(0.1, 1))
        .hasMessage("the number of replicas must be >= 1, got 0");
  }

  @Test
  void aStateOfAnotherModelOrOptimizerIsRefused() {
    List<TrainingEvent> events = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(engine, TrainingSetup.of(plan(1), trial.samples()).withListener(events::add))) {
      TrainingState state = trainer.state();
      assertThatThrownBy(() -> trainer.restore(new TrainingState(1, 0, new double[3], List.of())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the checkpoint has 3 parameters, the model 146 (2 replicas)");
      assertThatThrownBy(
              () -> trainer.restore(new TrainingState(1, 0, state.theta(), List.of(state.theta()))))
          .hasMessage("the checkpoint has 1 optimizer state vectors, the optimizer 0");
    }
  }

  private TrainingPlan plan(double epochs) {
    return trial.plan(0.05, epochs, new Schedule.Constant());
  }

  private static List<Probe.Scheduled> probe(RiskProbe.Depth depth) {
    return List.of(new Probe.Scheduled(RiskProbe.of(depth), Interval.EPOCH));
  }
}
