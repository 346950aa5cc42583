package org.noisescape.experiments.mori.cumulants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.RegressionCumulants;

/**
 * Five seeds of 1,000 samples, drawn anew for every seed, which scatters more than the networks.
 */
class CumulantPowerTest {
  private static final int SEEDS = 5;
  private static final int SAMPLES = 1000;

  /** The law of a sample's g·u, of mean 0 and variance 1. */
  private interface Law {
    double draw(RandomStream random);
  }

  private static final Law NORMAL = RandomStream::nextGaussian;

  private static final Law LAPLACE =
      random ->
          (random.nextInt(2) == 0 ? 1 : -1) * Math.log(1 - random.nextDouble()) / Math.sqrt(2);

  /** x(xθ − ε) with a = 1, σ² = 1 at the loss that is judged, less nothing. */
  private static final Law REGRESSION =
      random -> {
        double x = random.nextGaussian();
        return x * (x * Math.sqrt(CumulantCriterion.LEVEL - 1) - random.nextGaussian());
      };

  @Test
  void gaussianNoiseAgrees() {
    assertThat(agreeing(NORMAL, raised(NORMAL))).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForIt() {
    assertThat(agreeing(LAPLACE, raised(LAPLACE))).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(NORMAL, REGRESSION)).isLessThanOrEqualTo(Power.MOST);
  }

  /** With a drift that tilts as the noise of the text does. */
  private static Law raised(Law law) {
    double drift = RegressionCumulants.tilt(CumulantCriterion.LEVEL) / 2;
    return random -> drift + law.draw(random);
  }

  private static long agreeing(Law law, Law raised) {
    return Power.agreeing(seed -> findings(law, raised, seed));
  }

  private static Findings findings(Law law, Law raised, long seed) {
    List<CumulantPoint> seeds = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, s).stream(0);
      List<DirectionCumulants> directions = new ArrayList<>();
      for (CumulantDirection direction : CumulantDirection.values()) {
        directions.add(DirectionCumulants.of(direction, 1, draw(law, random), List.of()));
      }
      List<RaisedPoint> points =
          List.of(
              RaisedPoint.of(CumulantCriterion.LEVEL, 1, 1, draw(raised, random)),
              RaisedPoint.of(CumulantCriterion.LEVEL, -1, 1, draw(raised, random)));
      seeds.add(new CumulantPoint(s, 1, true, directions, points));
    }
    return NoiseCumulants.judged(seeds, CumulantCriterion.gaussian(seeds));
  }

  private static double[] draw(Law law, RandomStream random) {
    double[] values = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      values[i] = law.draw(random);
    }
    return values;
  }
}
