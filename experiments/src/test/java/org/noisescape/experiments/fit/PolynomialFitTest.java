package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class PolynomialFitTest {
  private static final double[] X = new double[21];

  static {
    // the scale of a path through parameter space: powers far from 1
    Arrays.setAll(X, i -> (i - 10) * 1e-4);
  }

  @Test
  void quadraticIsFoundWithItsCoefficients() {
    double[] y = map(x -> 3 + 200 * x - 5e6 * x * x);

    PolynomialFit fit = PolynomialFit.ofDegree(2, X, y);

    // normal equations of a well-conditioned design: a few hundred roundings
    assertThat(fit.coefficients()[0]).isCloseTo(3, within(1e-13));
    assertThat(fit.coefficients()[1]).isCloseTo(200, within(1e-9));
    assertThat(fit.coefficients()[2]).isCloseTo(-5e6, within(1e-5));
    assertThat(fit.rSquared()).isCloseTo(1, within(1e-12));
    assertThat(fit.crossValidated()).isLessThan(1e-12);
    assertThat(fit.at(5e-4)).isCloseTo(3 + 0.1 - 1.25, within(1e-12));
  }

  @Test
  void evenFitLeavesTheLinearTermUnexplained() {
    double[] y = map(x -> 1 + 1e3 * x + 1e6 * x * x);

    PolynomialFit even = PolynomialFit.of(X, y, 2);

    // x and x² are orthogonal on symmetric points: R² is the share of the quadratic term
    double linear = Arrays.stream(X).map(x -> 1e6 * x * x).sum();
    double mean = Arrays.stream(X).map(x -> 1e6 * x * x).average().orElseThrow();
    double quadratic = Arrays.stream(X).map(x -> Math.pow(1e6 * x * x - mean, 2)).sum();
    assertThat(even.rSquared()).isCloseTo(quadratic / (quadratic + linear), within(1e-12));
  }

  @Test
  void crossValidatedErrorIsThatOfFitsWithoutThePoint() {
    double[] y = map(x -> Math.exp(2e3 * x));
    PolynomialFit whole = PolynomialFit.ofDegree(2, X, y);

    double sum = 0;
    for (int left = 0; left < X.length; left++) {
      int skip = left;
      double[] x =
          java.util.stream.IntStream.range(0, 21)
              .filter(i -> i != skip)
              .mapToDouble(i -> X[i])
              .toArray();
      double[] kept =
          java.util.stream.IntStream.range(0, 21)
              .filter(i -> i != skip)
              .mapToDouble(i -> y[i])
              .toArray();
      sum += Math.pow(y[left] - PolynomialFit.ofDegree(2, x, kept).at(X[left]), 2);
    }
    double mean = Arrays.stream(y).average().orElseThrow();
    double total = Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum();
    assertThat(whole.crossValidated()).isCloseTo(Math.sqrt(sum / total), within(1e-10));
  }

  @Test
  void criterionPrefersTheDegreeThatMadeTheData() {
    RandomStream random = RandomKey.of(3, Purpose.BOOTSTRAP, 0).stream(0);
    double[] y = map(x -> 1 + 300 * x + 1e6 * x * x + 0.05 * random.nextGaussian());

    double[] aicc = new double[5];
    for (int degree = 1; degree <= 4; degree++) {
      aicc[degree] = PolynomialFit.ofDegree(degree, X, y).aicc();
    }

    assertThat(aicc[2]).isLessThan(aicc[1]).isLessThan(aicc[3]).isLessThan(aicc[4]);
  }

  @Test
  void noiseLowersTheCoefficientOfDeterminationByItsShare() {
    RandomStream random = RandomKey.of(4, Purpose.BOOTSTRAP, 0).stream(0);
    double[] y = map(x -> 1e6 * x * x + 0.1 * random.nextGaussian());

    PolynomialFit fit = PolynomialFit.ofDegree(2, X, y);

    // variance of 1e6 x² on the points is 0.106; of the noise 0.01
    assertThat(fit.rSquared()).isBetween(0.8, 0.97);
  }

  @Test
  void constantHasNoCoefficientOfDetermination() {
    assertThat(PolynomialFit.ofDegree(2, X, map(x -> 0.5)).rSquared()).isNaN();
  }

  @Test
  void tooFewOrBrokenPointsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolynomialFit.ofDegree(2, new double[5], new double[5]))
        .withMessageContaining("needs 6 points");
    double[] y = map(x -> x);
    y[4] = Double.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolynomialFit.ofDegree(2, X, y))
        .withMessageContaining("point 4");
  }

  private static double[] map(DoubleUnaryOperator f) {
    return Arrays.stream(X).map(f).toArray();
  }
}
