package org.noisescape.experiments.liu.stationary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.liu.approximation.ApproximationErrors;
import org.noisescape.experiments.liu.distribution.Distribution2d;
import org.noisescape.experiments.liu.momentum.Momentum;
import org.noisescape.experiments.liu.secondorder.SecondOrderMethods;
import org.noisescape.experiments.liu.variance.Variance1d;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * The points of every experiment on stationary states, measured to 0.4 %: the largest error of
 * {@code standard}, and of {@code quick} but for a few points at which it is 0.5 %.
 */
class GridPowerTest {
  private static final double ERROR = 0.004;
  private static final int REPLICAS = 256;

  static List<StationaryExperiment> experiments() {
    return List.of(
        new Variance1d(),
        new Distribution2d(),
        new Momentum(),
        new ApproximationErrors(),
        new SecondOrderMethods());
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void theTheoryAgreesAndNoRivalPassesForIt(StationaryExperiment experiment) {
    List<StationaryCase> cases = experiment.cases(LandscapeRuns.settings(experiment), 1);
    assertThat(agreeing(experiment, cases, GridTheory.EXACT)).isGreaterThanOrEqualTo(Power.LEAST);
    Findings found = findings(experiment, cases, GridTheory.EXACT, 1);
    assertThat(found.rivals()).isNotEmpty();
    for (GridTheory rival : GridTheory.RIVALS) {
      if (found.rivals().stream()
          .anyMatch(r -> r.name().equals(rival.label(experiment.earlier())))) {
        assertThat(agreeing(experiment, cases, rival)).isLessThanOrEqualTo(Power.MOST);
      }
    }
  }

  private static long agreeing(
      StationaryExperiment experiment, List<StationaryCase> cases, GridTheory truth) {
    return Power.agreeing(seed -> findings(experiment, cases, truth, seed));
  }

  private static Findings findings(
      StationaryExperiment experiment, List<StationaryCase> cases, GridTheory truth, long seed) {
    RandomStream normals = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<GridPoint> points = new ArrayList<>();
    for (StationaryCase system : cases) {
      for (Prediction p : system.predictions()) {
        double mean =
            switch (truth) {
              case EXACT -> p.exact();
              case EARLIER -> p.continuous();
              case TEXT -> p.text();
            };
        double error = ERROR * Math.abs(mean);
        points.add(
            new GridPoint(
                system.label(),
                p.quantity(),
                mean + error * normals.nextGaussian(),
                error,
                p.exact(),
                p.text(),
                p.continuous(),
                REPLICAS,
                1));
      }
    }
    return GridFindings.of(experiment.earlier(), points, List.of(), new Measurements());
  }
}
