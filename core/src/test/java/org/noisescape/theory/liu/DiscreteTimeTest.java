package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscreteTimeTest {
  /** The recursion stops where a step moves less than 1e-14; it contracts by at least 1e-3. */
  private static final double SETTLED = 1e-10;

  static final double[][] K = {{1.0, 0.3, -0.1}, {0.3, 0.5, 0.2}, {-0.1, 0.2, 0.8}};
  static final double[][] C = {{0.9, -0.4, 0.2}, {-0.4, 1.3, 0.1}, {0.2, 0.1, 0.4}};

  @ParameterizedTest
  @CsvSource({"0.05,0", "1.2,0", "1.2,0.5", "0.4,0.9", "2.3,0.8"})
  void covarianceIsTheFixedPointOfTheMomentRecursion(double rate, double mu) {
    double[][] sigma =
        DiscreteTime.covariance(
            new HeavyBallSgd(rate, mu), Hessian.of(K), GradientNoiseCovariance.of(C));
    assertThat(
            MomentRecursion.distance(sigma, MomentRecursion.heavyBall(rate, mu, K).fixedPoint(C)))
        .isLessThan(SETTLED);
  }

  @Test
  void covarianceSolvesTheMatrixEquationAsPrinted() {
    double rate = 1.1;
    double mu = 0.6;
    RealMatrix k = MomentRecursion.matrix(K);
    RealMatrix sigma =
        MomentRecursion.matrix(
            DiscreteTime.covariance(
                new HeavyBallSgd(rate, mu), Hessian.of(K), GradientNoiseCovariance.of(C)));
    RealMatrix left =
        k.multiply(sigma)
            .add(sigma.multiply(k))
            .scalarMultiply((1 - mu) * rate)
            .subtract(
                k.multiply(sigma)
                    .multiply(k)
                    .scalarMultiply((1 + mu * mu) / (1 - mu * mu) * rate * rate))
            .add(
                k.multiply(k)
                    .multiply(sigma)
                    .add(sigma.multiply(k).multiply(k))
                    .scalarMultiply(mu / (1 - mu * mu) * rate * rate));
    assertThat(MomentRecursion.distance(left.scalarMultiply(1 / (rate * rate)).getData(), C))
        .isLessThan(1e-13);
  }

  @Test
  void commutingFormulaIsTheGeneralOneForNoiseThatCommutes() {
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = new MixedNoise(0.7, 0.2).covarianceOfNoise(hessian);
    HeavyBallSgd rule = new HeavyBallSgd(1.3, 0.4);
    assertThat(
            MomentRecursion.distance(
                DiscreteTime.commutingCovariance(rule, hessian, noise),
                DiscreteTime.covariance(rule, hessian, noise)))
        .isLessThan(1e-13);
    assertThatThrownBy(
            () -> DiscreteTime.commutingCovariance(rule, hessian, GradientNoiseCovariance.of(C)))
        .hasMessageContaining("do not commute");
  }

  @Test
  void mixedNoiseIsTheoremThree() {
    Hessian hessian = Hessian.of(K);
    MixedNoise mixed = new MixedNoise(0.3, 0.01);
    assertThat(
            MomentRecursion.distance(
                mixed.covariance(1.4, hessian),
                DiscreteTime.covariance(
                    HeavyBallSgd.sgd(1.4), hessian, mixed.covarianceOfNoise(hessian))))
        .isLessThan(1e-13);
  }

  @Test
  void continuousTheoryIsTheLimitOfSmallRates() {
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(C);
    double last = Double.POSITIVE_INFINITY;
    for (double rate : new double[] {1e-1, 1e-2, 1e-3}) {
      HeavyBallSgd rule = new HeavyBallSgd(rate, 0.5);
      double gap =
          MomentRecursion.distance(
              DiscreteTime.covariance(rule, hessian, noise),
              ContinuousTime.covariance(rule, hessian, noise));
      // the correction is linear in the rate
      assertThat(gap).isLessThan(0.15 * last);
      last = gap;
    }
    assertThat(last).isLessThan(1e-3);
  }

  @Test
  void oneDimensionalVarianceDivergesAtTheBound() {
    assertThat(DiscreteTime.variance(HeavyBallSgd.sgd(1), 1, 1)).isCloseTo(1, within(1e-15));
    // Eq. 18 by hand: λ̃ = 2.75/1.5, Σ = λ²/(1-μ²)/(λ̃(2-λ̃))
    double rescaled = 2.75 / 1.5;
    assertThat(DiscreteTime.variance(new HeavyBallSgd(2.75, 0.5), 1, 1))
        .isCloseTo(2.75 * 2.75 / 0.75 / (rescaled * (2 - rescaled)), within(1e-12));
    assertThatThrownBy(() -> DiscreteTime.variance(new HeavyBallSgd(2.75, 0.375), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2(1+mu)/k* = 2.75");
  }

  @ParameterizedTest
  @CsvSource({"0.1,0", "1.2,0.3", "2.0,0.9"})
  void approximationErrorIsTheTraceWithoutCommutation(double rate, double mu) {
    HeavyBallSgd rule = new HeavyBallSgd(rate, mu);
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(C);
    double[][] sigma = MomentRecursion.heavyBall(rate, mu, K).fixedPoint(C);
    double expected = 0.5 * MomentRecursion.trace(MomentRecursion.product(K, sigma));
    assertThat(ApproximationError.of(rule, hessian, noise))
        .isCloseTo(expected, within(SETTLED * expected));
  }

  @Test
  void tableOneExpandsTheApproximationErrorToSecondOrder() {
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(C);
    double[] gaps = new double[2];
    for (int i = 0; i < 2; i++) {
      HeavyBallSgd rule = new HeavyBallSgd(i == 0 ? 1e-2 : 1e-3, 0.7);
      gaps[i] =
          ApproximationError.of(rule, hessian, noise)
              - ApproximationError.secondOrder(rule, hessian, noise);
    }
    // third order: a tenth of the rate leaves a thousandth, up to the fourth order
    assertThat(gaps[0] / gaps[1]).isCloseTo(1000, within(20.0));
  }

  @Test
  void argumentsOutsideTheDomainAreNamed() {
    assertThatThrownBy(() -> new HeavyBallSgd(0, 0)).hasMessageContaining("> 0, got 0");
    assertThatThrownBy(() -> new HeavyBallSgd(1, 1)).hasMessageContaining("[0, 1), got 1");
    assertThatThrownBy(() -> Hessian.diagonal(1, 0)).hasMessageContaining("positive definite");
    assertThatThrownBy(() -> Hessian.diagonal(1, Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> Hessian.of(new double[][] {{1, 0.1}, {0.2, 1}}))
        .hasMessageContaining("symmetric");
    assertThatThrownBy(() -> Hessian.of(new double[][] {{1, 0.1}})).hasMessageContaining("square");
    assertThatThrownBy(() -> GradientNoiseCovariance.isotropic(-1e-3, 2))
        .hasMessageContaining("negative variance");
    assertThatThrownBy(() -> new MixedNoise(-1, 0)).hasMessageContaining(">= 0");
    assertThatThrownBy(
            () ->
                DiscreteTime.covariance(
                    HeavyBallSgd.sgd(0.1), Hessian.of(K), GradientNoiseCovariance.isotropic(1, 2)))
        .hasMessageContaining("one dimension");
    assertThat(GradientNoiseCovariance.isotropic(0, 2).trace()).isZero();
  }
}
