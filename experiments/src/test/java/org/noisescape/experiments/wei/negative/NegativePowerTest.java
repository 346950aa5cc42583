package org.noisescape.experiments.wei.negative;

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
 * Four seeds of nine runs over a factor 5 of L − L*, as {@code standard} has them; the sums scatter
 * by 7 % about their law, exponents by .03 between seeds.
 */
class NegativePowerTest {
  private static final int SEEDS = 4;
  private static final int RUNS = 9;
  private static final int DESCENT = 7;
  private static final double RATIO = 5;
  private static final double SCATTER = 0.07;
  private static final double BETWEEN_SEEDS = 0.03;
  private static final double FLOOR = 0.5;

  @Test
  void proportionalSumsAgreeWhereTheDescentHasAnotherExponent() {
    assertThat(agreeing(1, 1.6)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(0.5, 1.6)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0, 1.6)).isLessThanOrEqualTo(Power.MOST);
    // the exponent of the descent, whatever it is
    assertThat(agreeing(1.6, 1.6)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(1, 1)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(double exponent, double still) {
    return Power.agreeing(seed -> findings(seed, exponent, still));
  }

  private static Findings findings(long seed, double exponent, double still) {
    List<RunSpectrum> runs = new ArrayList<>();
    List<RunSpectrum> descent = new ArrayList<>();
    List<RunSpectrum> minima = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, s).stream(0);
      double own = exponent + BETWEEN_SEEDS * random.nextGaussian();
      for (int i = 0; i < RUNS; i++) {
        double excess = Math.pow(RATIO, (double) i / (RUNS - 1));
        runs.add(run(s, excess, Math.pow(excess, own) * Math.exp(SCATTER * random.nextGaussian())));
      }
      double path = still + BETWEEN_SEEDS * random.nextGaussian();
      for (int i = DESCENT - 1; i >= 0; i--) {
        double excess = Math.pow(RATIO, (double) i / (DESCENT - 1));
        descent.add(run(s, excess, Math.pow(excess, path)));
      }
      minima.add(run(s, RATIO, Math.pow(RATIO, path)));
    }
    return NegativeEigenvalues.findings(
        new NegativeEigenvalues.Spectra(minima, descent, runs),
        SeedLine.of(runs, SEEDS, FLOOR),
        SeedLine.of(descent, SEEDS, FLOOR),
        FLOOR);
  }

  private static RunSpectrum run(int seed, double excess, double size) {
    NegativePart part = new NegativePart(-size, 0, 1, -size, 1, 1, 10);
    return new RunSpectrum(
        5, 0.1, seed, List.of(new StateSpectrum(1, FLOOR + excess, 0, part)), part);
  }
}
