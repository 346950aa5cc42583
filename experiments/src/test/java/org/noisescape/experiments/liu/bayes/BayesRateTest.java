package org.noisescape.experiments.liu.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.StationaryPoints;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

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
}
