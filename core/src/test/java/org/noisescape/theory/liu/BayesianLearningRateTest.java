package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BayesianLearningRateTest {
  private static final Hessian SPREAD = Hessian.diagonal(1, 0.4, 0.1);

  @Test
  void oneDimensionMeetsThePosteriorAtTwiceTheBatchOverTheSamples() {
    BayesianLearningRate rule = new BayesianLearningRate(1000, 300);
    Hessian hessian = Hessian.diagonal(0.7);
    double rate = rule.optimal(hessian);
    assertThat(rate).isCloseTo(2 * 300 / (1000 * 0.7), within(1e-12));
    assertThat(rule.divergence(rate, hessian)).isCloseTo(0, within(1e-14));
    assertThat(rule.covariance(rate, hessian)[0][0]).isCloseTo(1 / (1000 * 0.7), within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1000,1", "1000,100", "1000,450", "1000,900", "3,2"})
  void optimalRateIsTheLowestOfAFineScanAndARootOfTheDerivative(int samples, int batch) {
    BayesianLearningRate rule = new BayesianLearningRate(samples, batch);
    double rate = rule.optimal(SPREAD);
    double least = rule.divergence(rate, SPREAD);
    for (int i = 1; i < 2000; i++) {
      assertThat(rule.divergence(2.0 * i / 2000, SPREAD)).isGreaterThanOrEqualTo(least - 1e-12);
    }
    // terms of the derivative are of the order D/λ
    assertThat(rule.derivative(rate, SPREAD)).isCloseTo(0, within(1e-9 * 3 / rate));
  }

  @Test
  void derivativeIsTwiceThatOfTheDivergence() {
    BayesianLearningRate rule = new BayesianLearningRate(50, 7);
    double step = 1e-5;
    for (double rate : new double[] {0.1, 0.9, 1.8}) {
      double difference =
          (rule.divergence(rate + step, SPREAD) - rule.divergence(rate - step, SPREAD)) / step;
      double derivative = rule.derivative(rate, SPREAD);
      assertThat(derivative).isCloseTo(difference, within(1e-6 * (1 + Math.abs(derivative))));
    }
  }

  @Test
  void divergenceOfTheStationaryStateIsThatOfItsCovariance() {
    BayesianLearningRate rule = new BayesianLearningRate(80, 9);
    Hessian hessian = Hessian.of(DiscreteTimeTest.K);
    assertThat(rule.divergence(0.7, hessian))
        .isCloseTo(rule.divergence(rule.covariance(0.7, hessian), hessian), within(1e-12));
    double[][] posterior = hessian.function(k -> 1 / (80 * k)).getData();
    assertThat(rule.divergence(posterior, hessian)).isCloseTo(0, within(1e-12));
  }

  @Test
  void smallRateLimitHoldsForSmallBatches() {
    double last = Double.POSITIVE_INFINITY;
    for (int samples : new int[] {100, 1000, 10000}) {
      BayesianLearningRate rule = new BayesianLearningRate(samples, 1);
      double gap = Math.abs(rule.optimal(SPREAD) / rule.smallRateLimit(SPREAD) - 1);
      assertThat(gap).isLessThan(0.15 * last);
      last = gap;
    }
    assertThat(last).isLessThan(1e-3);
  }

  @Test
  void argumentsOutsideTheDomainAreNamed() {
    assertThatThrownBy(() -> new BayesianLearningRate(10, 10)).hasMessageContaining("[1, N - 1]");
    assertThatThrownBy(() -> new BayesianLearningRate(10, 0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new BayesianLearningRate(10, 2).divergence(2.1, SPREAD))
        .hasMessageContaining("no stationary state");
  }

  /** NKΣ = diag(1, 2) for Σ = (λ/2)(N − S)/(NS) = 0.1: ½(3 − log 2 − 2); 2Sd/(N tr K). */
  @Test
  void divergenceAndOptimumOfContinuousTimeAreTheirClosedForms() {
    BayesianLearningRate rate = new BayesianLearningRate(10, 2);
    assertThat(rate.continuousDivergence(0.5, Hessian.diagonal(1, 2)))
        .isCloseTo((1 - Math.log(2)) / 2, within(1e-14));
    assertThat(rate.smallRateLimit(Hessian.diagonal(1, 2))).isCloseTo(8 / 30.0, within(1e-15));
  }
}
