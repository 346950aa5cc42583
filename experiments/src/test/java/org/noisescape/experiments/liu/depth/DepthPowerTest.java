package org.noisescape.experiments.liu.depth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Three depths at five rates with the seeds of {@code standard}. Differences of a seed scatter as
 * measured: by 0.005, 0.005 and 0.009 between small rates, by 0.01, 0.014 and 0.019 at the largest.
 */
class DepthPowerTest {
  private static final int SEEDS = 72;
  private static final int[] DEPTHS = {1, 2, 4};
  private static final double[] RATES = {0.05, 0.1, 0.2, 0.3, 0.4};
  private static final double[][] SCATTER = {{0.005, 0.01}, {0.005, 0.014}, {0.009, 0.019}};

  @Test
  void largeRatesThatLeaveTheLimitAgree() {
    assertThat(agreeing(0, 0.02)).isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(agreeing(0.002, -0.02)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void ratesWithoutAnEffectDoNotPass() {
    assertThat(agreeing(0, 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0, 0.01)).isLessThanOrEqualTo(Power.MOST);
  }

  @Test
  void aSmallestRateFarFromTheLimitDoesNotPass() {
    assertThat(agreeing(0.01, 0.03)).isLessThanOrEqualTo(Power.MOST);
  }

  /**
   * Counts.
   *
   * @param second change of the second smallest rate, at every depth
   * @param deepest change of the largest rate at the largest depth, the others having half of it or
   *     none
   */
  private static long agreeing(double second, double deepest) {
    return Power.agreeing(seed -> findings(second, deepest, seed));
  }

  private static Findings findings(double second, double deepest, long seed) {
    RandomStream normals = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<DepthRun> runs = new ArrayList<>();
    for (int d = 0; d < DEPTHS.length; d++) {
      double[] limit = new double[SEEDS];
      for (int s = 0; s < SEEDS; s++) {
        limit[s] = 0.18 + 0.012 * normals.nextGaussian();
      }
      for (int r = 0; r < RATES.length; r++) {
        double change = r == 0 ? 0 : r == 1 ? second : 0.5 * d * deepest;
        double scatter = r == 0 ? 0 : SCATTER[d][r == 1 ? 0 : 1];
        double[] errors = new double[SEEDS];
        for (int s = 0; s < SEEDS; s++) {
          errors[s] = limit[s] + change + scatter * normals.nextGaussian();
        }
        runs.add(new DepthRun(DEPTHS[d], RATES[r], errors, new double[SEEDS]));
      }
    }
    return DepthLearningRate.findings(runs, List.of());
  }
}
