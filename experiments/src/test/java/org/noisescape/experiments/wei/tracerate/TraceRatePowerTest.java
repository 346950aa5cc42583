package org.noisescape.experiments.wei.tracerate;

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
 * Four rates and 2,000 replicas, as {@code quick} has them: the change of the trace over 1000 steps
 * spreads by 27 η between replicas at most (.004 at .01 and 4,000 of them). {@code standard} has
 * twice as many, at eight rates.
 */
class TraceRatePowerTest {
  private static final List<Double> RATES = List.of(0.004, 0.006, 0.008, 0.01);
  private static final int REPLICAS = 2000;
  private static final double SPREAD = 27;
  private static final int STEPS = 1000;

  /** Theorem 1, −(1000/4) ‖∇̂T‖², and ‖∇̂T‖² = 52. */
  private static final double THEORY = -13_000;

  @Test
  void theTheoremAgrees() {
    assertThat(agreeing(eta -> THEORY * eta * eta)).isGreaterThanOrEqualTo(Power.LEAST);
    // with what the theorem leaves out, 1 + eta lambda/2
    assertThat(agreeing(eta -> THEORY * eta * eta * (1 + 2.5 * eta)))
        .isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(eta -> 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(eta -> THEORY / 2 * eta * eta)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(eta -> 2 * THEORY * eta * eta)).isLessThanOrEqualTo(Power.MOST);
    // isotropic noise at lambda = 2.2 and 6.4: 4.3 (20/2.2 + 32/6.4) instead of 52
    assertThat(agreeing(eta -> THEORY * (4.3 * (20 / 2.2 + 32 / 6.4)) / 52 * eta * eta))
        .isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(eta -> THEORY * 0.01 * eta)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(DoubleUnaryOperator law) {
    return Power.agreeing(seed -> findings(seed, law));
  }

  private static Findings findings(long seed, DoubleUnaryOperator law) {
    TraceRate.Plan plan =
        new TraceRate.Plan(RATES, 1, new double[] {-1, 2.1}, 600, STEPS, REPLICAS);
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<TracePoint> points = new ArrayList<>();
    for (double eta : RATES) {
      double error = SPREAD * eta / Math.sqrt(REPLICAS);
      double change = law.applyAsDouble(eta) + error * random.nextGaussian();
      points.add(new TracePoint(eta, change, error, 8, change, REPLICAS, 0));
    }
    return TraceRate.findings(plan, points);
  }
}
