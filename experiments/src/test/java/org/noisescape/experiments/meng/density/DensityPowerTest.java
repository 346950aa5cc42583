package org.noisescape.experiments.meng.density;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Exponents of the iteration at three κ with the errors that {@code standard} measures, about 0.4 %
 * of 10⁵ effective samples.
 */
class DensityPowerTest {
  private static final List<Double> KAPPAS = List.of(0.1, 0.5, 1.0);
  private static final double ERROR = 0.004;
  private static final double SAMPLES = 1e5;

  @Test
  void theTheoryAgrees() {
    assertThat(agreeing(kappa -> 1 / kappa)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(kappa -> 1 + 1 / kappa)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(DensityCriterion::gaussian)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(DoubleUnaryOperator exponent) {
    return Power.agreeing(seed -> findings(exponent, seed));
  }

  private static Findings findings(DoubleUnaryOperator exponent, long seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    StationaryHistogram none =
        new StationaryHistogram(
            new double[] {0, 1}, new double[] {1}, new double[] {0}, new long[] {1}, 1, 0);
    List<DensityEstimate> all = new ArrayList<>();
    for (double kappa : KAPPAS) {
      double phi = exponent.applyAsDouble(kappa);
      all.add(
          new DensityEstimate(
              kappa,
              DensityDynamics.ITERATION,
              0.02,
              phi * (1 + ERROR * random.nextGaussian()),
              phi * ERROR,
              true,
              0,
              0,
              0,
              SAMPLES,
              1000,
              none,
              none,
              null));
    }
    return Density.findings(new Density.Plan(KAPPAS, 10, 0.02, 0.02, 50, 200, 2, 1000), all);
  }
}
