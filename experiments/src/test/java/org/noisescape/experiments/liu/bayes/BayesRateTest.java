package org.noisescape.experiments.liu.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.Averages;
import org.noisescape.experiments.liu.stationary.GridNumber;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.experiments.liu.stationary.StationaryPoints;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.liu.BayesianLearningRate;
import org.noisescape.theory.liu.Hessian;

/** The measured divergence and the rate where it is least. */
class BayesRateTest {
  @Test
  void measuredDivergenceVanishesAtThePosterior() {
    double[] k = {1, 0.4};
    List<GridPoint> posterior =
        List.of(
            StationaryPoints.point(1.0 / 100, 1e-4, 1, 1, 1),
            StationaryPoints.point(1.0 / 40, 2.5e-4, 1, 1, 1));
    MeasuredDivergence divergence = MeasuredDivergence.of(posterior, k, 100);
    assertThat(divergence.value()).isCloseTo(0, within(1e-15));
    // ½√(2)·½·(0.01)², what is left where the slope vanishes
    assertThat(divergence.standardError()).isCloseTo(Math.sqrt(2) / 4 * 1e-4, within(1e-12));
  }

  @Test
  void lowestRateFindsTheMinimumOfAKnownCurveWithinItsError() {
    RandomStream noise = RandomKey.of(2, Purpose.ESTIMATOR, 0).stream(0);
    List<MeasuredDivergence> curve = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      double rate = 0.5 + 0.1 * i;
      double z = Math.log(rate / 0.83);
      curve.add(new MeasuredDivergence(rate, z * z + 0.004 * noise.nextGaussian(), 0.004));
    }
    LowestRate lowest = LowestRate.of(curve, RandomKey.of(2, Purpose.BOOTSTRAP, 0));
    assertThat(lowest.standardError()).isBetween(1e-3, 0.05);
    assertThat(lowest.rate()).isCloseTo(0.83, within(3 * lowest.standardError()));
  }

  @Test
  void variancesOnTheTheoryHaveTheirLeastDivergenceAtEquation37() {
    Settings settings = LandscapeRuns.settings(new BayesRate());
    List<StationaryCase> cases = new BayesRate().cases(settings, 1);
    List<Averages> averages = new ArrayList<>();
    for (StationaryCase system : cases) {
      double[] means = Column.of(system.predictions(), Prediction::exact);
      double[] errors = Column.of(system.predictions(), p -> 1e-3 * p.exact());
      averages.add(new Averages(means, errors, new double[1][3], 0, 1));
    }
    List<GridNumber> judged =
        new BayesRate().judged(new StationaryExperiment.Result(settings, 1, cases, averages));

    int[] batches = {20, 200, 400};
    for (int i = 0; i < batches.length; i++) {
      GridNumber rate = judged.get(i);
      double optimal =
          new BayesianLearningRate(1000, batches[i]).optimal(Hessian.diagonal(1, 0.4, 0.1));
      assertThat(rate.name()).isEqualTo("S = %d: optimal learning rate".formatted(batches[i]));
      assertThat(rate.criterion()).isEqualTo(Criterion.share(optimal, 0.03));
      assertThat(rate.measured().value()).isCloseTo(optimal, within(0.01 * optimal));
      assertThat(rate.criterion().judge(rate.measured()).verdict()).isEqualTo(Verdict.AGREES);
      // a bootstrap of 200
      assertThat(rate.measured().degreesOfFreedom()).isEqualTo(199);
      // 2SD/(N Tr K)
      assertThat(rate.earlier()).isCloseTo(2.0 * batches[i] * 3 / (1000 * 1.5), within(1e-12));
    }
    assertThat(judged).hasSize(3);
  }
}
