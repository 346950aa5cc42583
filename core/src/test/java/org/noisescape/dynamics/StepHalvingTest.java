package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.DiffusionNoise;
import org.noisescape.dynamics.landscape.Quadratic;

/** Euler and Maruyama's variance of dw = −w dt + dB is ½/(1 − dt/2), the process's ½. */
class StepHalvingTest {
  private static final int REPLICAS = 20_000;

  @Test
  void aCoarseStepIsSeenAndAFineOneIsNot() {
    StepHalving coarse = StepHalving.of(0.8, StepHalvingTest::variance);
    assertThat(coarse.converged()).isFalse();
    // ½/(1 − 0.4) − ½/(1 − 0.2) = 0.208, against an error of 0.007
    assertThat(coarse.difference()).isBetween(0.17, 0.25);
    assertThat(StepHalving.of(0.02, StepHalvingTest::variance).converged()).isTrue();
  }

  @Test
  void noNumberIsNeverConverged() {
    assertThat(StepHalving.of(1, dt -> new Reading(Double.NaN, 1)).converged()).isFalse();
    assertThat(StepHalving.of(1, dt -> new Reading(1, Double.NaN)).converged()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StepHalving.of(0, dt -> new Reading(1, 1)))
        .withMessageContaining("the step of time must be a number > 0, got 0.0");
  }

  private static Reading variance(double dt) {
    LandscapePlan plan =
        LandscapePlan.of(
                Quadratic.diagonal(1), DiffusionNoise.ito(dt, (theta, into) -> into[0] = 1))
            .learningRate(dt)
            .start(0)
            // another seed for another step
            .seed(Double.doubleToLongBits(dt))
            .replicas(REPLICAS)
            .build();
    try (LandscapeProgram program = new LandscapeProgram(plan, 2)) {
      program.advance((long) (5 / dt));
      double sum = 0;
      for (double w : program.theta()) {
        sum += w * w / REPLICAS;
      }
      return new Reading(sum, sum * Math.sqrt(2.0 / REPLICAS));
    }
  }
}
