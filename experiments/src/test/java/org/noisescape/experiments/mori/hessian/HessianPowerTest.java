package org.noisescape.experiments.mori.hessian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Five seeds whose n scatters by a tenth, as those of {@code standard} do, with 7,861 eigenvalues.
 */
class HessianPowerTest {
  private static final int SEEDS = 5;
  private static final int EIGENVALUES = 7861;

  @Test
  void theTheoryAgrees() {
    assertThat(agreeing(HessianCriterion.FEW)).isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(agreeing(HessianCriterion.TEXT_DIMENSION)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    for (HessianRival rival : HessianRival.values()) {
      assertThat(agreeing(rival.dimension(EIGENVALUES))).isLessThanOrEqualTo(Power.MOST);
    }
  }

  private static long agreeing(double dimension) {
    return Power.agreeing(seed -> findings(dimension, seed));
  }

  private static Findings findings(double dimension, long seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<HessianPoint> seeds = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      double n = Math.min(dimension * Math.exp(0.1 * random.nextGaussian()), EIGENVALUES);
      seeds.add(
          new HessianPoint(
              s,
              EIGENVALUES,
              0.035,
              0.01,
              0.99,
              spectrum(n),
              1e-9,
              new double[] {1 + 1e-4 * random.nextGaussian()},
              new double[] {1e-6},
              true,
              30));
    }
    return HessianSpectrum.judged(seeds, HessianCriterion.structure(seeds));
  }

  /** λ₁ = 1 and m − 1 equal ones of (Σλ)²/Σλ² = n, the others zero: m is the next whole number. */
  private static double[] spectrum(double n) {
    double[] values = new double[EIGENVALUES];
    int m = (int) Math.ceil(n);
    // (1 + (m − 1)x)² = n(1 + (m − 1)x²), the root below 1
    double k = m - 1.0;
    double a = k * k - n * k;
    double root = Math.sqrt(Math.max(0, k * k - a * (1 - n)));
    double x = Math.abs(a) < 1e-9 ? (n - 1) / (2 * k) : (root - k) / a;
    values[0] = 1;
    java.util.Arrays.fill(values, 1, m, Math.clamp(x, 1e-3, 1));
    return values;
  }
}
