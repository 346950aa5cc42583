package org.noisescape.experiments.liu.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.FoundText;
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
    List<GridNumber> judged = new BayesRate().judged(onTheTheory());

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

  @Test
  void everyBatchHasItsCurveAndItsTheories() {
    assertThat(FoundText.figures(new BayesRate().figures(onTheTheory())))
        .isEqualTo(
            """
            divergence-20 | Learning rate λ | D_KL in nats
            line discrete theory: (0.0430303, 0.818146) (0.0744824, 0.588639) (0.10562, 0.667599)
            dotted continuous theory: (0.0430303, 0.820885) (0.0744824, 0.575831) (0.10562, 0.624057)
            thin optimal rate, Eq. 37: (0.078237, 0) (0.078237, 0.801119)
            thin small-rate limit: (0.08, 0) (0.08, 0.801119)
            points simulation: (0.0430303, 0.818146, 0.000532932) (0.0743251, 0.588803, 0.000618487) (0.10562, 0.667599, 0.000942123)
            divergence-200 | Learning rate λ | D_KL in nats
            line discrete theory: (0.356585, 1.09617) (0.617222, 0.765502) (0.875253, 0.935473)
            dotted continuous theory: (0.356585, 1.15137) (0.617222, 0.71934) (0.875253, 0.58246)
            thin optimal rate, Eq. 37: (0.648336, 0) (0.648336, 1.12257)
            thin small-rate limit: (0.8, 0) (0.8, 1.12257)
            points simulation: (0.356585, 1.09617, 0.00058256) (0.615919, 0.765785, 0.00062495) (0.875253, 0.935473, 0.0011351)
            divergence-400 | Learning rate λ | D_KL in nats
            line discrete theory: (0.59732, 1.50199) (1.14138, 1.0251) (1.68, 2.98367)
            dotted continuous theory: (0.59732, 1.64991) (1.14138, 0.98463) (1.68, 0.70777)
            thin optimal rate, Eq. 37: (1.08604, 0) (1.08604, 3.5804)
            thin small-rate limit: (1.6, 0) (1.6, 3.5804)
            points simulation: (0.59732, 1.50199, 0.000647045) (1.03173, 1.02432, 0.000627212) (1.46615, 1.52529, 0.00163179)
            """);
  }

  private static StationaryExperiment.Result onTheTheory() {
    Settings settings = LandscapeRuns.settings(new BayesRate());
    List<StationaryCase> cases = new BayesRate().cases(settings, 1);
    List<Averages> averages = new ArrayList<>();
    for (StationaryCase system : cases) {
      double[] means = Column.of(system.predictions(), Prediction::exact);
      double[] errors = Column.of(system.predictions(), p -> 1e-3 * p.exact());
      averages.add(new Averages(means, errors, new double[1][3], 0, 1));
    }
    return new StationaryExperiment.Result(settings, 1, cases, averages);
  }
}
