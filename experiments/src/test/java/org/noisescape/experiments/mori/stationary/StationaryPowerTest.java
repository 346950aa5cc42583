package org.noisescape.experiments.mori.stationary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.LogLandscape;

/** The learning rates, batches, samples and replicas of {@code quick} and of {@code standard}. */
class StationaryPowerTest {
  private static final double[] RATES = {0.1, 0.3, 1};
  private static final int REPLICAS = 20;

  private record Size(long samples, int... batches) {}

  private static final Size QUICK = new Size(60_000, 1, 4, 16);
  private static final Size STANDARD = new Size(100_000, 1, 4, 16, 64, 256);

  @Test
  void theTheoryAgrees() {
    assertThat(agreeing(StationaryLaw.POWER, QUICK)).isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(agreeing(StationaryLaw.POWER, STANDARD)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    for (StationaryLaw rival : List.of(StationaryLaw.GAUSSIAN, StationaryLaw.TEXT)) {
      assertThat(agreeing(rival, QUICK)).as(rival.label).isLessThanOrEqualTo(Power.MOST);
      assertThat(agreeing(rival, STANDARD)).as(rival.label).isLessThanOrEqualTo(Power.MOST);
    }
  }

  private static long agreeing(StationaryLaw law, Size size) {
    return Power.agreeing(seed -> findings(law, size, seed));
  }

  private static Findings findings(StationaryLaw law, Size size, long seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<StationaryPoint> points = new ArrayList<>();
    for (double rate : RATES) {
      for (int batch : size.batches()) {
        LogLandscape theory = new LogLandscape(rate, batch, 1);
        if (StationaryCriterion.hasShape(theory)) {
          points.add(point(law, theory, size.samples(), random));
        }
      }
    }
    return StationaryNumbers.judged(points, StationaryNumbers.judged(points, StationaryLaw.POWER));
  }

  private static StationaryPoint point(
      StationaryLaw law, LogLandscape theory, long samples, RandomStream random) {
    double exponent = law.exponent(theory);
    double error = errorOf(exponent, samples);
    double squares = 0;
    for (int i = 1; i < REPLICAS; i++) {
      squares += Math.pow(random.nextGaussian(), 2) / (REPLICAS - 1);
    }
    double kurtosisError = kurtosisError(law, exponent, samples);
    return new StationaryPoint(
        theory,
        new double[0][],
        new BurnIn(0, 1, true),
        new PowerLawFit(
            exponent + error * random.nextGaussian(), error, error, 0, 0, samples, samples, true),
        new PointEstimate(
            law.kurtosis(theory) + kurtosisError * random.nextGaussian(),
            kurtosisError * Math.sqrt(squares),
            REPLICAS - 1.0));
  }

  private static double errorOf(double exponent, long samples) {
    // nearly inverse to the variance, which n samples know to √(2/n)
    return exponent * Math.sqrt(2.0 / samples);
  }

  /** √((μ₈ − 4μ₄μ₆ + 4μ₄³ − μ₄²)/n), of Student's or the normal density of variance 1. */
  private static double kurtosisError(StationaryLaw law, double exponent, long samples) {
    double v = law == StationaryLaw.GAUSSIAN ? 1e9 : 2 * exponent - 1;
    double fourth = 3 * (v - 2) / (v - 4);
    double sixth = fourth * 5 * (v - 2) / (v - 6);
    double eighth = sixth * 7 * (v - 2) / (v - 8);
    double variance = eighth - 4 * fourth * sixth + 4 * Math.pow(fourth, 3) - fourth * fourth;
    return Math.sqrt(variance / samples);
  }
}
