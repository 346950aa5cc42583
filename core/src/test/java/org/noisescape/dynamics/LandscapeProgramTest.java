package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.dynamics.landscape.MiniBatchNoise;
import org.noisescape.dynamics.landscape.NoNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.optim.Optimizers;
import org.noisescape.testing.Vectors;

/** Replicas on landscapes: exact where there is no noise, reproducible where there is. */
class LandscapeProgramTest {
  private static final LandscapePlan.Start START = LandscapePlan.Start.at(1, -2, 0.5);

  private static LandscapePlan noisy(int first, int replicas) {
    return noisy(first, replicas, "momentum:0.5+sgld:l3=0.01");
  }

  private static LandscapePlan noisy(int first, int replicas, String rules) {
    return LandscapePlan.of(Quadratic.diagonal(1, 0.3, 2), DiagonalNoise.white(0.5))
        .rules(Optimizers.parse(rules))
        .learningRate(0.2)
        .start(0, 0, 0)
        .detecting(0.1, 0.6)
        .seed(7)
        .firstReplica(first)
        .replicas(replicas)
        .build();
  }

  @Test
  void withoutNoiseAQuadraticDecaysAsItsFormula() {
    LandscapePlan plan =
        LandscapePlan.of(Quadratic.diagonal(1, 0.3, 2), new NoNoise())
            .learningRate(0.2)
            .start(START)
            .seed(1)
            .replicas(2)
            .build();
    try (LandscapeProgram program = new LandscapeProgram(plan, 1)) {
      program.advance(9);
      for (int r = 0; r < 2; r++) {
        assertThat(program.theta()[3 * r]).isCloseTo(Math.pow(0.8, 9), within(1e-15));
        assertThat(program.theta()[3 * r + 1]).isCloseTo(-2 * Math.pow(0.94, 9), within(1e-14));
        assertThat(program.theta()[3 * r + 2]).isCloseTo(0.5 * Math.pow(0.6, 9), within(1e-16));
      }
      assertThat(program.replicaSteps()).isEqualTo(18);
    }
  }

  /** w ← w − ηh(w + ρ h w/|h w|) in one dimension. */
  @Test
  void sharpnessAwareDescentTakesItsGradientUphill() {
    LandscapePlan plan =
        LandscapePlan.of(Quadratic.diagonal(2), new NoNoise())
            .rules(Optimizers.parse("sam:rho=0.05"))
            .learningRate(0.1)
            .start(1)
            .build();
    double w = 1;
    try (LandscapeProgram program = new LandscapeProgram(plan, 1)) {
      for (int k = 1; k <= 12; k++) {
        program.advance(k);
        w -= 0.1 * 2 * (w + 0.05 * Math.signum(w));
        assertThat(program.theta()[0]).isCloseTo(w, within(1e-12));
      }
    }
  }

  @Test
  void adamOnALandscapeKnowsItsStepAfterAResume() {
    LandscapePlan plan = noisy(0, 2, "adamw:decay=0.1+sgld:l3=0.01");
    ReplicaState whole = run(new LandscapeProgram(plan, 1), 40, 40);
    LandscapeProgram resumed = new LandscapeProgram(plan, 1);
    resumed.restore(run(new LandscapeProgram(plan, 1), 13, 13));
    assertThat(run(resumed, 40, 40).theta()).isEqualTo(whole.theta());
  }

  @Test
  void labelsAndMeansAreNothingOfALandscape() {
    for (String rule : new String[] {"label-noise:flip=0.1", "ema:0.9"}) {
      LandscapePlan plan = noisy(0, 2, rule);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LandscapeProgram(plan, 1))
          .withMessageContaining(rule + " does not suit a landscape: leave it out");
    }
  }

  @Test
  void trajectoriesDependNeitherOnThreadsNorOnGroupingNorOnBlocks() {
    ReplicaState whole = run(new LandscapeProgram(noisy(0, 5), 1), 40, 40);
    assertThat(whole.passages()).contains(ReplicaState.NONE);
    assertThat(java.util.Arrays.stream(whole.passages()).max().getAsLong()).isPositive();
    ReplicaState threaded = run(new LandscapeProgram(noisy(0, 5), 3), 40, 7);
    assertThat(threaded.theta()).isEqualTo(whole.theta());
    assertThat(threaded.passages()).isEqualTo(whole.passages());
    ReplicaState part = run(new LandscapeProgram(noisy(3, 2), 2), 40, 1);
    assertThat(part.theta()).isEqualTo(Vectors.part(whole.theta(), 9, 6));
    assertThat(part.passage(1, 0)).isEqualTo(whole.passage(4, 0));
  }

  @Test
  void aResumedEnsembleGoesOnAsIfItHadNotStopped() {
    ReplicaState whole = run(new LandscapeProgram(noisy(0, 5), 1), 40, 40);
    List<ReplicaState> kept = new ArrayList<>();
    EnsembleListener keeping =
        new EnsembleListener() {
          @Override
          public void checkpoint(ReplicaState state) {
            kept.add(state);
          }
        };
    EnsembleSchedule schedule = new EnsembleSchedule(40, 0, 11);
    try (LandscapeProgram program = new LandscapeProgram(noisy(0, 5), 1)) {
      int[] asked = {0};
      ReplicaEnsemble.Outcome outcome =
          new ReplicaEnsemble(program, schedule, keeping).run(() -> ++asked[0] == 6);
      assertThat(outcome).isEqualTo(ReplicaEnsemble.Outcome.STOPPED);
    }
    assertThat(kept.getLast().step()).isLessThan(40);
    for (ReplicaState state : kept) {
      try (LandscapeProgram program = new LandscapeProgram(noisy(0, 5), 2)) {
        program.restore(state);
        new ReplicaEnsemble(program, schedule, EnsembleListener.SILENT).run();
        assertThat(program.state().theta()).isEqualTo(whole.theta());
        assertThat(program.state().passages()).isEqualTo(whole.passages());
        assertThat(program.state().values()).isEqualTo(whole.values());
      }
    }
  }

  /** w ← (1 − ηk) w − ηξ: the variance is ησ²/(k(2 − ηk)); Liu et al. (2021), Corollary 5. */
  @Test
  void whiteNoiseHasTheDiscreteStationaryVariance() {
    int replicas = 4000;
    LandscapePlan plan =
        LandscapePlan.of(Quadratic.diagonal(1), DiagonalNoise.white(1))
            .learningRate(1.5)
            .start(0)
            .seed(3)
            .replicas(replicas)
            .build();
    try (LandscapeProgram program = new LandscapeProgram(plan, 2)) {
      program.advance(60);
      double[] theta = program.theta();
      double squares = Vectors.dot(theta, theta) / replicas;
      double theory = 1.5 / (2 - 1.5);
      // four standard errors of the mean square of normals
      assertThat(squares).isCloseTo(theory, within(4 * theory * Math.sqrt(2.0 / replicas)));
    }
  }

  @Test
  void aReplicaRestsWhereItPassedItsLastThreshold() {
    LandscapePlan plan =
        LandscapePlan.of(Quadratic.diagonal(-1), new NoNoise())
            .learningRate(1)
            .start(1)
            .detecting(theta -> theta[0], 0.5, 3, 16)
            .seed(1)
            .build();
    try (LandscapeProgram program = new LandscapeProgram(plan, 1)) {
      assertThat(program.state().passages()).containsExactly(0, -1, -1);
      new ReplicaEnsemble(program, EnsembleSchedule.to(100), EnsembleListener.SILENT).run();
      // 1, 2, 4, 8, 16, 32: above, not at
      assertThat(program.state().passages()).containsExactly(0, 2, 5);
      assertThat(program.theta()).containsExactly(32);
      assertThat(program.running()).isZero();
      assertThat(program.replicaSteps()).isEqualTo(5);
    }
  }

  @Test
  void aReplicaThatDivergesPassesEveryThresholdAndIsCounted() {
    LandscapePlan plan =
        LandscapePlan.of(Quadratic.diagonal(1e200), new NoNoise())
            .learningRate(1e200)
            .start(1)
            .detecting(Quadratic.diagonal(1e200)::value, Double.MAX_VALUE)
            .seed(1)
            .build();
    try (LandscapeProgram program = new LandscapeProgram(plan, 1)) {
      new ReplicaEnsemble(program, EnsembleSchedule.to(100), EnsembleListener.SILENT).run();
      assertThat(program.running()).isZero();
      assertThat(program.state().diverged()).isEqualTo(1);
    }
  }

  @Test
  void miniBatchesHaveTheMeanAndTheCovarianceOfTheirSamples() {
    double[] x = Vectors.normals(1, 2 * 50);
    double[] y = Vectors.normals(2, 50);
    LinearRegression regression = new LinearRegression(2, x, y);
    int replicas = 20000;
    double eta = 0.1;
    LandscapePlan plan =
        LandscapePlan.of(regression, new MiniBatchNoise(3))
            .learningRate(eta)
            .start(0.5, -1)
            .seed(5)
            .replicas(replicas)
            .build();
    double[] gradient = new double[2];
    regression.gradient(new double[] {0.5, -1}, gradient);
    double variance = 0;
    double[] one = new double[2];
    for (int n = 0; n < 50; n++) {
      java.util.Arrays.fill(one, 0);
      regression.addSampleGradient(n, new double[] {0.5, -1}, one);
      variance += Math.pow(one[0] - gradient[0], 2) / 50 / 3;
    }
    try (LandscapeProgram program = new LandscapeProgram(plan, 1)) {
      program.advance(1);
      double mean = 0;
      double spread = 0;
      for (int r = 0; r < replicas; r++) {
        double g = (0.5 - program.theta()[2 * r]) / eta;
        mean += g / replicas;
        spread += Math.pow(g - gradient[0], 2) / replicas;
      }
      assertThat(mean).isCloseTo(gradient[0], within(4 * Math.sqrt(variance / replicas)));
      // kurtosis of a mean of three below 6
      assertThat(spread).isCloseTo(variance, within(4 * variance * Math.sqrt(5.0 / replicas)));
    }
  }

  @Test
  void badPlansAreRefusedInOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagonalNoise.white(-1))
        .withMessageContaining("a variance must be >= 0, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LandscapeProgram(
                    LandscapePlan.of(Quadratic.diagonal(1, 1, 1), new MiniBatchNoise(2))
                        .learningRate(1)
                        .start(START)
                        .seed(1)
                        .build(),
                    1))
        .withMessageContaining("mini-batch noise needs a landscape that is a mean over samples");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LandscapeProgram(
                    LandscapePlan.of(Quadratic.diagonal(1), new NoNoise())
                        .learningRate(1)
                        .start(1)
                        .detecting(theta -> theta[0], 2, 1)
                        .seed(1)
                        .build(),
                    1))
        .withMessageContaining("ascending");
  }

  private static ReplicaState run(LandscapeProgram program, long steps, long block) {
    try (program) {
      while (program.step() < steps) {
        program.advance(Math.min(steps, program.step() + block));
      }
      return program.state();
    }
  }
}
