package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.optim.Schedule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Runs whose loss leaves the finite numbers. */
@Tag(TestedEngines.TAG)
class DivergenceTest {
  private static final Interval EVERY_STEP = new Interval(1, Interval.Unit.STEPS);

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aDivergingRunStopsAndNamesTheStepsAndTheReplica(EngineUnderTest on) {
    for (String optimizer : new String[] {"sgd", "momentum:0.9"}) {
      Trial trial = squares(optimizer, DType.FLOAT32);
      Trial.Ended ended = trial.run(on.engine(), plan(trial, 100), List.of(), null);

      assertThat(ended.outcome()).isEqualTo(TrainingEvent.Outcome.DIVERGED);
      List<TrainingEvent.Diverged> diverged = ended.only(TrainingEvent.Diverged.class);
      assertThat(diverged).hasSize(1);
      long since = diverged.getFirst().since();
      long step = diverged.getFirst().step();
      assertThat(step).isGreaterThan(since).isLessThanOrEqualTo(since + Trainer.CHECK_EVERY);
      assertThat(diverged.getFirst().replica()).isZero();
      assertThat(ended.events().getLast())
          .isEqualTo(new TrainingEvent.Finished(step, TrainingEvent.Outcome.DIVERGED));
      assertThat(ended.state().step()).isEqualTo(step).isLessThan(Trial.STEPS);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 1e6, 1e12, 1e20, 1e30, 1e37})
  void noCheckpointHoldsAParameterThatIsNotFinite(double learningRate) {
    for (String optimizer : new String[] {"sgd", "momentum:0.9"}) {
      Trial trial = squares(optimizer, DType.FLOAT32);
      Trial.Ended ended =
          trial.run(
              EngineUnderTest.HOST.engine(),
              plan(trial, learningRate),
              List.of(),
              EVERY_STEP,
              null);
      assertThat(ended.outcome()).isEqualTo(TrainingEvent.Outcome.DIVERGED);
      for (TrainingEvent.CheckpointDue due : ended.only(TrainingEvent.CheckpointDue.class)) {
        assertThat(Arrays.stream(due.state().theta()).allMatch(Double::isFinite))
            .as("θ of the checkpoint at step %d is finite", due.state().step())
            .isTrue();
        for (double[] vector : due.state().optimizer()) {
          assertThat(Arrays.stream(vector).allMatch(Double::isFinite))
              .as("optimizer state of the checkpoint at step %d", due.state().step())
              .isTrue();
        }
      }
      assertThat(ended.only(TrainingEvent.Diverged.class)).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theReplicaThatDivergedIsNamed(EngineUnderTest on) {
    Trial trial = squares("sgd", DType.FLOAT64);
    Trial.Ended ended = trial.run(on.engine(), plan(trial, 0.01), List.of(), broken(trial, 7));

    assertThat(ended.only(TrainingEvent.Diverged.class))
        .containsExactly(new TrainingEvent.Diverged(7 + Trainer.CHECK_EVERY, 7, 1));
  }

  @Test
  void aRunThatStartsBrokenDoesNoStep() {
    Trial trial = squares("sgd", DType.FLOAT64);
    List<Probe.Scheduled> probes =
        List.of(new Probe.Scheduled(RiskProbe.of(RiskProbe.Depth.VALUE), Interval.EPOCH));
    Trial.Ended ended =
        trial.run(
            EngineUnderTest.HOST.engine(),
            plan(trial, 0.01),
            probes,
            broken(trial, 0).unmeasured());

    assertThat(ended.outcome()).isEqualTo(TrainingEvent.Outcome.DIVERGED);
    assertThat(ended.state().step()).isZero();
    assertThat(ended.only(TrainingEvent.Diverged.class))
        .containsExactly(new TrainingEvent.Diverged(0, 0, 1));
    assertThat(ended.only(TrainingEvent.Measured.class)).isEmpty();
  }

  @Test
  void aProbeThatSeesAnInfiniteLossStopsTheRunOnce() {
    // one step makes every replica infinite, which only the probe after it can see
    Trial trial = squares("sgd", DType.FLOAT32);
    List<Probe.Scheduled> probes =
        List.of(new Probe.Scheduled(RiskProbe.of(RiskProbe.Depth.VALUE), EVERY_STEP));
    Trial.Ended ended = trial.run(EngineUnderTest.HOST.engine(), plan(trial, 3e38), probes, null);

    assertThat(ended.outcome()).isEqualTo(TrainingEvent.Outcome.DIVERGED);
    assertThat(ended.only(TrainingEvent.Diverged.class)).hasSize(1);
    assertThat(ended.only(TrainingEvent.Measured.class)).hasSize(1);
    assertThat(ended.only(TrainingEvent.CheckpointDue.class))
        .extracting(due -> due.state().step())
        .containsExactly(0L);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aLossThatLeavesAllBoundsEndsTheRunWhileItIsFinite(EngineUnderTest on) {
    Trial trial = squares("sgd", DType.FLOAT64);
    Trial.Ended ended = trial.run(on.engine(), plan(trial, 2), List.of(), null);

    assertThat(ended.outcome()).isEqualTo(TrainingEvent.Outcome.DIVERGED);
    TrainingEvent.Diverged diverged = ended.only(TrainingEvent.Diverged.class).getFirst();
    double first = Math.max(Explosion.SMALLEST, ended.state().firstLosses()[diverged.replica()]);
    assertThat(diverged.exploded()).isTrue();
    assertThat(diverged.loss()).isFinite().isGreaterThan(Explosion.FACTOR * first);
  }

  @Test
  void theFirstLossIsThatOfTheBeginningAfterAResumeToo() {
    Explosion explosion = new Explosion();
    assertThat(explosion.take(new double[] {2, 0.5})).isEqualTo(-1);
    Explosion resumed = new Explosion();
    resumed.restore(explosion.state());
    for (Explosion each : List.of(explosion, resumed)) {
      assertThat(each.take(new double[] {2e6, 1e6})).as("at the bounds").isEqualTo(-1);
      assertThat(each.take(new double[] {2.1e6, 0})).isZero();
      assertThat(each.take(new double[] {0, 1.1e6})).as("of 1 where it began below").isEqualTo(1);
    }
    Explosion afresh = new Explosion();
    afresh.restore(new double[0]);
    assertThat(afresh.take(new double[] {2.1e6, 1.1e6})).as("of an older checkpoint").isEqualTo(-1);
  }

  private static Trial squares(String optimizer, DType dtype) {
    return new Trial("linear", "mse", optimizer, dtype, 2, Sampling.WITHOUT_REPLACEMENT);
  }

  private static TrainingPlan plan(Trial trial, double learningRate) {
    return trial.plan(learningRate, Trial.EPOCHS, new Schedule.Constant());
  }

  /** A state whose second replica is not a number. */
  private static TrainingState broken(Trial trial, long step) {
    double[] theta = new double[2 * plan(trial, 1).network().parameterCount()];
    theta[theta.length - 1] = Double.NaN;
    return new TrainingState(step, 0, theta, List.of());
  }
}
