package org.noisescape.experiments.wei.designed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Six networks, as {@code quick} has them, whose ratios spread by .04 at most; {@code standard} has
 * eight.
 */
class DesignedNoisePowerTest {
  private static final int NETWORKS = 6;
  private static final double SPREAD = 0.035;

  /** Of the other noise of the same trace on a network whose eigenvalues do not scale together. */
  private static final double APART = 0.7;

  /** The same on the networks of the presets. */
  private static final double TOGETHER = 0.97;

  @Test
  void theTheoremsAgreeWhereTheOtherNoiseHasAnotherRate() {
    assertThat(agreeing(APART, 1)).isGreaterThanOrEqualTo(Power.LEAST);
    // with the eta lambda/2 that they leave out
    assertThat(agreeing(APART, 1.03)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    for (double ratio : new double[] {0, 0.5, 2, APART}) {
      assertThat(agreeing(APART, ratio)).isLessThanOrEqualTo(Power.MOST);
    }
  }

  @Test
  void whereEigenvaluesScaleTogetherThePresetCannotTell() {
    assertThat(agreeing(TOGETHER, 1)).isZero();
    assertThat(agreeing(TOGETHER, TOGETHER)).isZero();
  }

  private static long agreeing(double exchanged, double ratio) {
    return Power.agreeing(seed -> findings(seed, exchanged, ratio));
  }

  private static Findings findings(long seed, double other, double law) {
    List<DesignedPath> paths = new ArrayList<>();
    int kinds = SpectrumNoise.values().length;
    for (SpectrumNoise noise : SpectrumNoise.values()) {
      RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(noise.ordinal());
      double[][][] values = new double[NETWORKS][kinds][2];
      double[][][] rates = new double[NETWORKS][kinds][];
      double[][] exchanged = new double[NETWORKS][];
      for (int i = 0; i < NETWORKS; i++) {
        for (int f = 0; f < kinds; f++) {
          double ratio = law + SPREAD * random.nextGaussian();
          values[i][f][1] = -1000 * ratio;
          rates[i][f] = new double[] {-1, -1};
        }
        exchanged[i] = new double[] {-other, -other};
      }
      paths.add(
          new DesignedPath(
              noise, 0.1, 0.006, 1000, 4, values, rates, exchanged, new double[NETWORKS], 0));
    }
    return DesignedNoise.findings(paths);
  }
}
