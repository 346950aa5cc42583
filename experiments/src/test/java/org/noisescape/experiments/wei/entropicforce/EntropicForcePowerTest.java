package org.noisescape.experiments.wei.entropicforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Three slopes and 16 replicas, as {@code quick} has them: ⟨θ₂⟩ of a replica scatters by 3 %.
 * {@code standard} has 100.
 */
class EntropicForcePowerTest {
  private static final int REPLICAS = 16;
  private static final double SPREAD = 0.03;
  private static final EntropicForce.Plan PLAN =
      new EntropicForce.Plan(
          0.01, 1, List.of(0.0001, 0.0005, 0.002), new double[] {0.1, 0.1}, 20, REPLICAS);

  @Test
  void equationThirtyEightAgrees() {
    assertThat(agreeing(PLAN::balance)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(PLAN::slid)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(slope -> 2 * PLAN.balance(slope))).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(slope -> PLAN.balance(slope) / 2)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(PLAN::isotropicBalance)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(PLAN::rootBalance)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(DoubleUnaryOperator law) {
    return Power.agreeing(seed -> findings(seed, law));
  }

  private static Findings findings(long seed, DoubleUnaryOperator law) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<ForcePath> paths = new ArrayList<>();
    for (double slope : PLAN.slopes()) {
      double mean = law.applyAsDouble(slope);
      double error = SPREAD * Math.abs(mean) / Math.sqrt(REPLICAS);
      paths.add(path(slope, mean + error * random.nextGaussian(), error, REPLICAS));
    }
    double slope = PLAN.slopes().getFirst();
    return EntropicForce.findings(PLAN, paths, path(slope, -PLAN.rate() * slope, Double.NaN, 1));
  }

  private static ForcePath path(double slope, double mean, double error, int replicas) {
    double[] two = {0, 1};
    return new ForcePath(slope, two, two, two, two, two, mean, error, 1, true, replicas);
  }
}
