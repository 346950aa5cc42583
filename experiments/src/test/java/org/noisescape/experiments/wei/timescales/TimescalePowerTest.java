package org.noisescape.experiments.wei.timescales;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.wei.timescales.StationarityCurve.Point;
import org.noisescape.experiments.wei.timescales.TimescaleResult.Seed;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.TrainConfiguration;

/**
 * Five seeds of fifty epochs, as {@code quick} measures; d scatters by a fifth between seeds and by
 * a third in time.
 */
class TimescalePowerTest {
  private static final int SEEDS = 5;
  private static final int EPOCHS = 50;
  private static final double BETWEEN_SEEDS = 0.2;
  private static final double IN_TIME = 0.3;

  @Test
  void aTopSpaceThatSettlesInAFullSpaceThatDoesNotAgrees() {
    assertThat(agreeing(0.4, 0.005)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    // alike: far from stationarity, near it, and at the threshold
    assertThat(agreeing(0.4, 0.4)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.005, 0.005)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.01, 0.01)).isLessThanOrEqualTo(Power.MOST);
    // both become stationary, the top space sooner
    assertThat(agreeing(0.01, 0.002)).isLessThanOrEqualTo(Power.MOST);
  }

  @Test
  void aTopSpaceThatStaysAtAFewPercentDoesNotPass() {
    assertThat(agreeing(0.12, 0.046)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.4, 0.02)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(double full, double top) {
    return Power.agreeing(seed -> findings(seed, full, top));
  }

  private static Findings findings(long seed, double full, double top) {
    List<Seed> seeds = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, s).stream(0);
      seeds.add(new Seed(curve(full, random), curve(top, random)));
    }
    Seed first = seeds.getFirst();
    return Timescales.findings(
        new TimescaleResult(
            TrainConfiguration.defaults(),
            "fdr_top1_",
            List.of(),
            first.full(),
            first.top(),
            seeds));
  }

  private static StationarityCurve curve(double level, RandomStream random) {
    double own = level * Math.exp(BETWEEN_SEEDS * random.nextGaussian());
    List<Point> points = new ArrayList<>();
    for (int i = 1; i <= EPOCHS; i++) {
      double half = own * Math.exp(IN_TIME * random.nextGaussian());
      points.add(new Point(i, half, IN_TIME * half, half, 1, 1));
    }
    return new StationarityCurve(points);
  }
}
