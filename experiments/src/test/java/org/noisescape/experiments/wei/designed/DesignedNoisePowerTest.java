package org.noisescape.experiments.wei.designed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Six networks, as {@code quick} has them, whose ratios spread by .03; {@code standard} has 8. */
class DesignedNoisePowerTest {
  private static final int NETWORKS = 6;
  private static final double SPREAD = 0.03;

  /** What the other noise of the same trace gives: nearly the same but for the inverse. */
  private static double exchanged(SpectrumNoise noise) {
    return noise == SpectrumNoise.INVERSE ? 0.7 : 0.98;
  }

  @Test
  void theTheoremsAgree() {
    assertThat(agreeing(noise -> 1)).isGreaterThanOrEqualTo(Power.LEAST);
    // with the eta lambda/2 that they leave out
    assertThat(agreeing(noise -> 1.04)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(noise -> 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(noise -> 0.5)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(noise -> 2)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(DesignedNoisePowerTest::exchanged)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(ToDoubleFunction<SpectrumNoise> law) {
    return Power.agreeing(seed -> findings(seed, law));
  }

  private static Findings findings(long seed, ToDoubleFunction<SpectrumNoise> law) {
    List<DesignedPath> paths = new ArrayList<>();
    int kinds = SpectrumNoise.values().length;
    for (SpectrumNoise noise : SpectrumNoise.values()) {
      RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(noise.ordinal());
      double[][][] values = new double[NETWORKS][kinds][2];
      double[][][] rates = new double[NETWORKS][kinds][];
      double[][] exchanged = new double[NETWORKS][];
      for (int i = 0; i < NETWORKS; i++) {
        for (int f = 0; f < kinds; f++) {
          double ratio = law.applyAsDouble(noise) + SPREAD * random.nextGaussian();
          values[i][f][1] = -1000 * ratio;
          rates[i][f] = new double[] {-1, -1};
        }
        double other = exchanged(noise);
        exchanged[i] = new double[] {-other, -other};
      }
      paths.add(
          new DesignedPath(
              noise, 0.1, 0.006, 1000, 4, values, rates, exchanged, new double[NETWORKS], 0));
    }
    return DesignedNoise.findings(paths);
  }
}
