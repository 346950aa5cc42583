package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Passages, schedules, ramps and readings, by hand. */
class DynamicsPartsTest {
  private static final long NONE = ReplicaState.NONE;

  @Test
  void passagesAreTheFirstStepsAboveAndTheLastThresholdEndsThem() {
    PassageLog log = new PassageLog(2, new double[] {1, 2});
    assertThat(log.count()).isEqualTo(2);
    assertThat(log.values()).containsOnly(Double.NaN);
    assertThat(log.running()).isEqualTo(2);
    assertThat(log.look(1, 3, 1)).isFalse();
    assertThat(log.passages()).containsExactly(NONE, NONE, NONE, NONE);
    assertThat(log.look(1, 4, 1.5)).isFalse();
    assertThat(log.look(1, 5, 0.5)).isFalse();
    assertThat(log.passages()).containsExactly(NONE, NONE, 4, NONE);
    assertThat(log.replicaSteps(9)).isEqualTo(18);
    assertThat(log.look(1, 6, 2.5)).isTrue();
    assertThat(log.passages()).containsExactly(NONE, NONE, 4, 6);
    assertThat(log.values()).containsExactly(Double.NaN, 2.5);
    assertThat(log.rests(0)).isFalse();
    assertThat(log.rests(1)).isTrue();
    assertThat(log.running()).isEqualTo(1);
    assertThat(log.replicaSteps(9)).isEqualTo(15);
    assertThat(log.look(0, 7, Double.NaN)).as("what is no number passed").isTrue();
    PassageLog other = new PassageLog(2, log.thresholds());
    other.restore(log.passages(), log.values());
    assertThat(other.passages()).containsExactly(7, 7, 4, 6);
    assertThat(other.values()).containsExactly(Double.NaN, 2.5);
    PassageLog without = new PassageLog(2, new double[0]);
    assertThat(without.look(0, 1, 5)).isFalse();
    assertThat(without.running()).isEqualTo(2);
    assertThat(without.replicaSteps(9)).isEqualTo(18);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "1, 1", "1, NaN", "NaN, 1", "1, Infinity"})
  void thresholdsThatDoNotRiseAreRefused(double first, double second) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PassageLog(1, new double[] {first, second}))
        .withMessageContaining("finite and ascending, got [" + first + ", " + second + "]");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
  void schedulesOfNegativeStepsAreRefused(long steps, long snapshots, long checkpoints) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnsembleSchedule(steps, snapshots, checkpoints))
        .withMessageContaining("must be >= 0, got " + steps);
  }

  @Test
  void schedulesAreTakenAsTheyAreGiven() {
    RateRamp ramp = new RateRamp(0.1, 2, 5);
    EnsembleSchedule schedule = new EnsembleSchedule(7, 2, 3).ramped(ramp).snapshots(4);
    assertThat(schedule.steps()).isEqualTo(7);
    assertThat(schedule.snapshotEvery()).isEqualTo(4);
    assertThat(schedule.checkpointEvery()).isEqualTo(3);
    assertThat(schedule.ramp()).contains(ramp);
    assertThat(EnsembleSchedule.to(9)).isEqualTo(new EnsembleSchedule(9, 0, 0));
  }

  @Test
  void rampsChangeAfterEachHold() {
    RateRamp ramp = new RateRamp(0.5, 2, 5);
    assertThat(ramp.next(0)).isEqualTo(5);
    assertThat(ramp.next(4)).isEqualTo(5);
    assertThat(ramp.next(5)).isEqualTo(10);
    assertThat(new RateRamp(0.5, 1, 5).next(7)).isEqualTo(Long.MAX_VALUE);
    assertThat(ramp.last(0)).isEqualTo(0.5);
    assertThat(ramp.last(5)).isEqualTo(0.5);
    assertThat(ramp.last(6)).isEqualTo(1);
    assertThat(ramp.stepsTo(0.5)).isEqualTo(5);
    assertThat(ramp.stepsTo(2)).isEqualTo(15);
    assertThat(ramp.stepsTo(1.99)).isEqualTo(10);
    for (double factor : new double[] {0.99, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RateRamp(0.5, factor, 5))
          .withMessageContaining("got " + factor);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateRamp(0.5, 2, 0))
        .withMessageContaining("and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ramp.stepsTo(Double.POSITIVE_INFINITY))
        .withMessageContaining("does not reach Infinity");
  }

  @Test
  void stepsAgreeWithinThreeErrorsOfTheirDifference() {
    StepHalving within = new StepHalving(new Reading(20, 3), new Reading(5, 4), 0.1);
    assertThat(within.difference()).isEqualTo(15);
    assertThat(within.differenceError()).isEqualTo(5);
    assertThat(within.converged()).isTrue();
    assertThat(new StepHalving(new Reading(5, 3), new Reading(20.1, 4), 0.1).converged()).isFalse();
    StepHalving asked = StepHalving.of(0.5, dt -> new Reading(dt, 1));
    assertThat(asked).isEqualTo(new StepHalving(new Reading(0.5, 1), new Reading(0.25, 1), 0.5));
    for (double step : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StepHalving.of(step, dt -> new Reading(dt, 1)))
          .withMessageContaining("got " + step);
    }
  }

  @Test
  void drawsStartAtTheirStepAndPurpose() {
    ReplicaDraws draws = new ReplicaDraws(3, 2);
    for (long step : new long[] {0, 4, 4, 1}) {
      draws.at(step);
      for (Purpose purpose : new Purpose[] {Purpose.SAMPLING, Purpose.GRADIENT_NOISE}) {
        assertThat(draws.of(purpose).nextInt())
            .isEqualTo(RandomKey.of(3, purpose, 2).stream(step).nextInt());
      }
    }
  }
}
