package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Norm, moments and likelihood of L^−φ. */
class PowerLawLossDensityTest {
  private static final double MINIMUM = 0.7;
  private static final double CURVATURE = 1.3;

  /** ∫ over spheres of radius r = e^x, by the trapezoidal rule, exponentially accurate there. */
  private static double integral(PowerLawLossDensity density, double power) {
    int d = density.dimension();
    double sphere = Math.log(2) + d / 2.0 * Math.log(Math.PI) - Gamma.logGamma(d / 2.0);
    double sum = 0;
    double step = 0.01;
    for (double x = -40; x < 40; x += step) {
      sum += step * Math.exp(sphere + (d + power) * x + density.logDensity(Math.exp(2 * x)));
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 3.2", "2, 4", "3, 9.5", "10, 7.5", "40, 600"})
  void densityIsNormalisedAndHasItsSecondMoment(int dimension, double phi) {
    PowerLawLossDensity density = new PowerLawLossDensity(dimension, phi, MINIMUM, CURVATURE);
    assertThat(integral(density, 0)).isCloseTo(1, offset(1e-9));
    assertThat(integral(density, 2) / density.secondMoment()).isCloseTo(1, offset(1e-9));
  }

  @Test
  void densityOfTheExcessIsThatOfTheRadius() {
    PowerLawLossDensity density = new PowerLawLossDensity(3, 5, MINIMUM, CURVATURE);
    double r = 0.9;
    double excess = r * r / density.squaredWidth();
    // p(r) = 4πr² p(θ) = p(u) du/dr
    double radial = Math.log(4 * Math.PI * r * r) + density.logDensity(r * r);
    assertThat(density.logDensityOfExcess(excess) + Math.log(2 * r / density.squaredWidth()))
        .isCloseTo(radial, offset(1e-12));
  }

  @Test
  void secondMomentIsInfiniteBelowItsExponent() {
    assertThat(new PowerLawLossDensity(3, 2.5, 1, 1).secondMoment()).isInfinite();
    assertThat(new PowerLawLossDensity(3, 2.51, 1, 1).secondMoment()).isFinite();
  }

  @Test
  void likelihoodIsTheSumOfLogDensities() {
    PowerLawLossDensity density = new PowerLawLossDensity(2, 3, MINIMUM, CURVATURE);
    assertThat(density.logLikelihood(0, 1, 4))
        .isCloseTo(
            density.logDensity(0) + density.logDensity(1) + density.logDensity(4), offset(1e-12));
  }

  @Test
  void refusesWhatHasNoNorm() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PowerLawLossDensity(4, 2, 1, 1))
        .withMessageContaining("4 dimensions must lie in (2.0,");
    assertThatIllegalArgumentException().isThrownBy(() -> ExponentFit.of(1, 0, 10));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "2, 1e-6", "5, 3", "3, 1e-8"})
  void fitMaximisesTheLikelihood(int dimension, double meanLog) {
    double phi = ExponentFit.of(dimension, meanLog, 100).exponent();
    double excess = Math.expm1(meanLog);
    double step = 1e-3 * (phi - dimension / 2.0);
    double squared = excess * 2 * MINIMUM / CURVATURE;
    double peak = new PowerLawLossDensity(dimension, phi, MINIMUM, CURVATURE).logDensity(squared);
    for (double other : new double[] {phi - step, phi + step}) {
      PowerLawLossDensity density = new PowerLawLossDensity(dimension, other, MINIMUM, CURVATURE);
      assertThat(density.logDensity(squared)).isLessThan(peak);
    }
    if (dimension == 2) {
      assertThat(phi).isCloseTo(1 + 1 / meanLog, offset(1e-8 / meanLog));
    }
  }

  /** ⟨log(L/L*)⟩ = ψ(φ) − ψ(φ − d/2), as far out as the dimension of a network. */
  @ParameterizedTest
  @CsvSource({"3, 4", "1000000, 700000", "1000000, 501000", "8, 2.5e5"})
  void fitInvertsTheMeanOfTheLogarithm(int dimension, double phi) {
    double meanLog = Gamma.digamma(phi) - Gamma.digamma(phi - dimension / 2.0);
    double relative = 1e-9 + 1e-14 / meanLog;
    assertThat(ExponentFit.of(dimension, meanLog, 10).exponent() / phi)
        .isCloseTo(1, offset(relative));
  }

  @Test
  void fitIsSoughtWhereItIsPromised() {
    // φ − d/2 is d/2 over a small mean, and 1 over a large one
    assertThat(ExponentFit.of(8, 9e-12, 1).exponent()).isCloseTo(4 / 9e-12, offset(1e6));
    assertThat(ExponentFit.of(8, 4.9e8, 1).exponent()).isCloseTo(4, offset(1e-8));
    assertThat(ExponentFit.of(1, 4.9e8, 1).exponent()).isCloseTo(0.5, offset(1e-8));
  }

  /** In two dimensions L/L* = U^{−1/(φ−1)} with U uniform. */
  @Test
  void fitRecoversTheExponentWithinItsError() {
    int n = 20_000;
    double phi = 12.5;
    RandomStream stream = RandomKey.of(3, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum -= Math.log(stream.nextDouble()) / (phi - 1);
    }
    ExponentFit fit = ExponentFit.of(2, sum / n, n);
    assertThat(fit.standardError()).isCloseTo((phi - 1) / Math.sqrt(n), offset(1e-3));
    assertThat(Math.abs(fit.exponent() - phi)).isLessThan(3 * fit.standardError());
  }

  /** d = 1: the trapezoidal rule over θ, and a Gaussian of the same kind as limit. */
  @Test
  void kurtosisIsThatOfTheDensity() {
    PowerLawLossDensity density = new PowerLawLossDensity(1, 9, 0.4, 1.3);
    double second = 0;
    double fourth = 0;
    double norm = 0;
    for (int i = -200_000; i <= 200_000; i++) {
      double theta = i * 1e-4;
      double p = Math.exp(density.logDensity(theta * theta));
      norm += p;
      second += p * theta * theta;
      fourth += p * Math.pow(theta, 4);
    }
    assertThat(fourth * norm / (second * second) - 3)
        .isCloseTo(density.excessKurtosis(), offset(1e-6));
    assertThat(new PowerLawLossDensity(1, 2.5, 1, 1).excessKurtosis()).isInfinite();
    assertThat(new PowerLawLossDensity(2, 1e9, 1, 1).excessKurtosis()).isLessThan(1e-8);
  }

  /** L^−φ is a Gaussian of variance a²/2φ where φ is large; else a narrower one looks like it. */
  @Test
  void gaussiansHaveTheExponentOfTheirMeanLogarithm() {
    assertThat(ExponentFit.ofGaussian(1 / 2e6) / (1e6 + 1.5)).isCloseTo(1, offset(1e-6));
    double variance = 0.2;
    RandomStream random = RandomKey.of(8, Purpose.SYNTHETIC_DATA, 0).stream(0);
    int n = 200_000;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = random.nextGaussian();
      sum += Math.log1p(variance * z * z);
    }
    ExponentFit sampled = ExponentFit.of(1, sum / n, n);
    assertThat(ExponentFit.ofGaussian(variance))
        .isCloseTo(sampled.exponent(), offset(4 * sampled.standardError()));
  }
}
