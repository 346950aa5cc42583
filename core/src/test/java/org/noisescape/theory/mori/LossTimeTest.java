package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.theory.passage.StationaryDensity;

/** Laws on the clock ∫L dt, against quadrature. */
class LossTimeTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double H = 1.5;
  private static final LogLandscape SGD = new LogLandscape(0.1, 1, H);

  private static double loss(double w) {
    return 0.2 + H * w * w / 2;
  }

  /** P(|w| < 0.1) of the normalised L^−φ and of the stationary laws of (12) and (14). */
  @Test
  void densitiesInBothTimesAreThoseOfTheirDiffusions() {
    LossTime time = new LossTime(SGD.inverseTemperature());
    LogLandscapeDiffusion sgd = new LogLandscapeDiffusion(SGD, LossTimeTest::loss, w -> H * w);
    assertThat(share(time.stationaryExponent(0)))
        .isCloseTo(
            share(new StationaryDensity(sgd.inTime(), -INFINITE, 0, 0.2, INFINITE)), offset(1e-8));
    assertThat(share(time.stationaryExponent(1)))
        .isCloseTo(
            share(new StationaryDensity(sgd.inLossTime(), -INFINITE, 0, 0.2, INFINITE)),
            offset(1e-8));
    assertThat(time.stationaryExponent(0.5) - time.stationaryExponent(1))
        .isCloseTo(0.5, offset(1e-12));
    assertThat(time.variationExponent(1)).isZero();
    assertThat(time.variationExponent(0)).isEqualTo(1);
  }

  private static double share(StationaryDensity density) {
    return density.probability(-0.1, 0.1).value();
  }

  private static double share(double exponent) {
    PowerLawLossDensity law = new PowerLawLossDensity(1, exponent, 0.2, H);
    int steps = 20_000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double w = 0.1 * (2 * (i + 0.5) / steps - 1);
      sum += Math.exp(law.logDensity(w * w)) * 0.2 / steps;
    }
    return sum;
  }

  /** Moments of L/L* = 1 + u over the beta-prime density of u, midpoints in log u. */
  @ParameterizedTest
  @CsvSource({"1, 3", "1, 10", "4, 6", "10, 9.5"})
  void rateAndKurtosisAreMomentsOfTheLoss(int dimension, double inverse) {
    PowerLawLossDensity law = new PowerLawLossDensity(dimension, 1 + inverse, 1, 2);
    double mean = integral(law, u -> 1 + u);
    double square = integral(law, u -> (1 + u) * (1 + u));
    LossTime time = new LossTime(inverse);
    assertThat(time.rate(dimension) / mean).isCloseTo(1, offset(1e-6));
    assertThat(time.kurtosisInTime(dimension) / (3 * (square / (mean * mean) - 1)))
        .isCloseTo(1, offset(1e-4));
  }

  private static double integral(PowerLawLossDensity law, DoubleUnaryOperator f) {
    double width = 0.001;
    double sum = 0;
    for (double x = -40; x < 25; x += width) {
      double u = Math.exp(x);
      sum += f.applyAsDouble(u) * Math.exp(law.logDensityOfExcess(u)) * u * width;
    }
    return sum;
  }

  @Test
  void momentsThatDoNotExistAreInfinite() {
    assertThat(new LossTime(2).rate(4)).isInfinite();
    assertThat(new LossTime(2.9).kurtosisInTime(4)).isInfinite();
    assertThat(new LossTime(3.1).kurtosisInTime(4)).isFinite();
    assertThatIllegalArgumentException().isThrownBy(() -> new LossTime(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LossTime(1).rate(0));
  }
}
