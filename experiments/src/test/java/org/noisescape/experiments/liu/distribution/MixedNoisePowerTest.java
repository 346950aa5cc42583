package org.noisescape.experiments.liu.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.frame.Rival;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.Averages;
import org.noisescape.experiments.liu.stationary.GridFindings;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment.Result;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Theorem 3 at the settings of the presets, variances known to 0.4 % over 256 replicas. */
class MixedNoisePowerTest {
  private static final double ERROR = 0.004;

  private final Distribution2d experiment = new Distribution2d();
  private final Settings settings = LandscapeRuns.settings(experiment);
  private final List<StationaryCase> cases =
      experiment.cases(settings, 1).stream()
          .filter(c -> c.label().panel().equals("mixed"))
          .toList();

  @Test
  void theoremThreeAgrees() {
    assertThat(agreeing(0.3, 0.7)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  /** Either part alone, and isotropic noise of the same trace. */
  @Test
  void noOtherNoisePassesForTheMixedOne() {
    for (double[] parts : new double[][] {{0.3, 0}, {0, 0.7}, {0.3 + 0.7 * 0.55, 0}}) {
      assertThat(agreeing(parts[0], parts[1])).isLessThanOrEqualTo(Power.MOST);
    }
  }

  @Test
  void eachRivalIsTheLawOfItsNoise() {
    double[][] parts = {{0.3, 0}, {0, 0.7}, {0.3 + 0.7 * 0.55, 0}};
    for (int i = 0; i < parts.length; i++) {
      List<Rival> rivals = experiment.rivals(result(parts[i][0], parts[i][1], 1));
      assertThat(rivals.get(i).verdict()).isEqualTo(Verdict.AGREES);
      assertThat(rivals.get((i + 1) % 3).verdict()).isEqualTo(Verdict.DISAGREES);
    }
  }

  private long agreeing(double white, double slope) {
    return Power.agreeing(
        seed -> {
          Result result = result(white, slope, seed);
          return GridFindings.of(
                  "continuous theory", result.points(), List.of(), new Measurements())
              .rivals(experiment.rivals(result));
        });
  }

  /** Variances \u03bbc/(k(2 - \u03bbk)) with c = white + slope k, shares inside as they come. */
  private Result result(double white, double slope, long seed) {
    RandomStream normals = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<Averages> averages = new ArrayList<>();
    for (StationaryCase system : cases) {
      double rate = system.learningRate();
      List<Prediction> predictions = system.predictions();
      double[] means = new double[predictions.size()];
      double[] errors = new double[means.length];
      for (int i = 0; i < means.length; i++) {
        double k = i == 0 ? 1 : 0.1;
        double variance = i < 2 ? rate * (white + slope * k) / (k * (2 - rate * k)) : 0.9889;
        errors[i] = ERROR * variance;
        means[i] = variance + errors[i] * normals.nextGaussian();
      }
      averages.add(new Averages(means, errors, new double[256][2], 0, 1));
    }
    return new Result(settings, 1, cases, averages);
  }
}
