package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.NoNoise;
import org.noisescape.dynamics.landscape.Quadratic;

/** Learning rates that rise while an ensemble runs. */
class RateRampTest {
  private static final RateRamp RAMP = new RateRamp(0.1, 1.5, 7);
  private static final EnsembleSchedule SCHEDULE = new EnsembleSchedule(40, 0, 3).ramped(RAMP);

  private static ReplicaProgram program() {
    Quadratic landscape = Quadratic.diagonal(1, 0.3);
    return LandscapePlan.of(landscape, DiagonalNoise.white(0.5))
        .learningRate(0.1)
        .start(0, 0)
        .detecting(0.05, 0.4)
        .seed(3)
        .replicas(4)
        .build()
        .program(1);
  }

  @Test
  void aQuadraticDecaysByTheLearningRateOfEachStep() {
    LandscapePlan plan =
        LandscapePlan.of(Quadratic.diagonal(1), new NoNoise())
            .learningRate(0.9)
            .start(1)
            .seed(1)
            .build();
    try (ReplicaProgram program = plan.program(1)) {
      new ReplicaEnsemble(program, SCHEDULE, EnsembleListener.SILENT).run();
      double expected = 1;
      for (int k = 0; k < 40; k++) {
        double eta = 0.1 * Math.pow(1.5, k / 7);
        assertThat(RAMP.at(k)).isEqualTo(eta);
        assertThat(RAMP.last(k + 1)).isEqualTo(eta);
        expected *= 1 - eta;
      }
      // forty products, each rounded once
      assertThat(program.theta()[0])
          .isCloseTo(expected, within(40 * Math.ulp(1.0) * Math.abs(expected)));
    }
  }

  @Test
  void aResumedRampGoesOnAsIfItHadNotStopped() {
    ReplicaState whole;
    List<ReplicaState> kept = new ArrayList<>();
    EnsembleListener keeping =
        new EnsembleListener() {
          @Override
          public void checkpoint(ReplicaState state) {
            kept.add(state);
          }
        };
    try (ReplicaProgram program = program()) {
      new ReplicaEnsemble(program, SCHEDULE, keeping).run();
      whole = program.state();
    }
    assertThat(whole.passages()).contains(ReplicaState.NONE);
    assertThat(Arrays.stream(whole.passages()).max().getAsLong()).isGreaterThan(7);
    assertThat(kept).hasSize(13);
    for (ReplicaState state : kept) {
      try (ReplicaProgram program = program()) {
        program.restore(state);
        new ReplicaEnsemble(program, SCHEDULE, EnsembleListener.SILENT).run();
        assertThat(program.state().theta()).isEqualTo(whole.theta());
        assertThat(program.state().passages()).isEqualTo(whole.passages());
      }
    }
  }

  @Test
  void stepsToALimitEndWithTheLastLearningRateBelowIt() {
    assertThat(RAMP.stepsTo(0.1)).isEqualTo(7);
    assertThat(RAMP.stepsTo(0.15)).isEqualTo(14);
    assertThat(RAMP.stepsTo(0.149)).isEqualTo(7);
    assertThat(RAMP.stepsTo(1)).isEqualTo(7 * 6);
    assertThat(RAMP.last(RAMP.stepsTo(1))).isLessThanOrEqualTo(1);
    assertThat(RAMP.at(RAMP.stepsTo(1))).isGreaterThan(1);
  }

  @Test
  void rampsThatRiseNowhereAreRefusedInOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateRamp(0.1, 0.9, 5))
        .withMessageContaining("factor >= 1 and steps >= 1, got 0.9 and 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateRamp(-1, 2, 5))
        .withMessageContaining("learning rate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RAMP.stepsTo(0.01))
        .withMessageContaining("does not reach 0.01");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateRamp(0.1, 1, 5).stepsTo(1))
        .withMessageContaining("factor > 1");
  }
}
