package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.special.Beta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.random.RandomStream;

class PowerLawFitTest {
  /** q = χ²_d/χ²_ν, beta-prime with (d/2, ν/2): φ = (ν + d)/2. */
  private static double[] excess(int n, int d, int nu, int trial) {
    RandomStream random = Draws.stream(trial);
    double[] q = new double[n];
    for (int i = 0; i < n; i++) {
      q[i] = chiSquare(random, d) / chiSquare(random, nu);
    }
    return q;
  }

  private static double chiSquare(RandomStream random, int freedom) {
    double sum = 0;
    for (int k = 0; k < freedom; k++) {
      double normal = random.nextGaussian();
      sum += normal * normal;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "1, 20", "1, 600", "2, 5", "5, 4", "10, 30"})
  void exponentOfItsOwnLawIsFound(int d, int nu) {
    double exponent = 0.5 * (nu + d);

    PowerLawFit fit = PowerLawFit.of(new double[][] {excess(4000, d, nu, 1)}, d);

    assertThat(fit.exponent()).isCloseTo(exponent, within(3 * fit.standardError()));
    assertThat(fit.standardError()).isLessThan(0.05 * exponent);
    // sample and model variance of s agree to √(2/n)·few
    assertThat(fit.sandwichError() / fit.standardError()).isBetween(0.85, 1.15);
    // 1.36 is the 95 % quantile with a known exponent, larger than with a fitted one
    assertThat(fit.scaledDistance()).isLessThan(1.36);
    assertThat(fit.converged()).isTrue();
  }

  @Test
  void inTwoDimensionsItIsAClosedForm() {
    double[] q = {0.1, 2, 0.7};
    double mean = (Math.log(1.1) + Math.log(3) + Math.log(1.7)) / 3;

    // ψ(φ) − ψ(φ − 1) = 1/(φ − 1)
    assertThat(PowerLawFit.of(new double[][] {q}, 2).exponent())
        .isCloseTo(1 + 1 / mean, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({"1, 2.5", "3, 4.1", "4, 700"})
  void itMaximisesTheLikelihood(int d, double exponent) {
    double[] q = {0.2 / exponent, 0.05 / exponent, 0.6 / exponent, 1.7 / exponent};

    double best = PowerLawFit.of(new double[][] {q}, d).exponent();

    double at = likelihood(q, d, best);
    double step = 1e-3 * (best - 0.5 * d);
    assertThat(likelihood(q, d, best + step)).isLessThan(at);
    assertThat(likelihood(q, d, best - step)).isLessThan(at);
  }

  private static double likelihood(double[] q, int d, double exponent) {
    double sum = -q.length * Beta.logBeta(0.5 * d, exponent - 0.5 * d);
    for (double excess : q) {
      sum -= exponent * Math.log1p(excess);
    }
    return sum;
  }

  @Test
  void twoStandardErrorsCoverTheExponentOfCorrelatedSamples() {
    int trials = 300;
    int covered = 0;
    int withoutCorrelation = 0;
    for (int trial = 0; trial < trials; trial++) {
      // every sample stands eight times
      double[] q = excess(250, 1, 8, trial);
      double[] repeated = new double[8 * q.length];
      Arrays.setAll(repeated, i -> q[i / 8]);
      PowerLawFit fit = PowerLawFit.of(new double[][] {repeated}, 1);
      assertThat(fit.scaledDistance())
          .isCloseTo(fit.distance() * Math.sqrt(fit.effectiveSamples()), within(1e-12));
      assertThat(fit.effectiveSamples()).isLessThan(fit.points() / 4.0);
      double error = fit.standardError() * Math.sqrt(fit.effectiveSamples() / fit.points());
      covered += Math.abs(fit.exponent() - 4.5) <= 2 * fit.standardError() ? 1 : 0;
      withoutCorrelation += Math.abs(fit.exponent() - 4.5) <= 2 * error ? 1 : 0;
    }

    // nominally 95 %, standard error 0.013
    assertThat(covered / 300.0).isBetween(0.91, 0.99);
    assertThat(withoutCorrelation / 300.0).isLessThan(0.7);
  }

  @Test
  void anotherLawShowsInTheDistance() {
    double[] uniform = new double[2000];
    Arrays.setAll(uniform, i -> (i + 0.5) / 2000);

    assertThat(PowerLawFit.of(new double[][] {uniform}, 1).distance()).isGreaterThan(0.15);
  }

  @Test
  void allInTheMinimumIsAnInfiniteExponent() {
    PowerLawFit fit = PowerLawFit.of(new double[][] {new double[100]}, 1);

    assertThat(fit.exponent()).isInfinite();
    assertThat(fit.standardError()).isNaN();
    assertThat(fit.converged()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLawFit.of(new double[][] {{-0.1}}, 1))
        .withMessageContaining("L/L* - 1 must be >= 0, got -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLawFit.of(new double[][] {{0.1}}, 0));
  }
}
