package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionedCovarianceTest {
  private static final double SETTLED = 1e-10;
  private static final double[][] K = DiscreteTimeTest.K;
  private static final double[][] C = DiscreteTimeTest.C;
  private static final double[][] LAMBDA = {{0.7, -0.2, 0.1}, {-0.2, 1.1, 0}, {0.1, 0, 0.4}};

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void nothingNeedsToCommute(double mu) {
    double[][] sigma =
        PreconditionedCovariance.covariance(
            LAMBDA, mu, Hessian.of(K), GradientNoiseCovariance.of(C));
    double[][] expected = MomentRecursion.preconditioned(LAMBDA, mu, K).fixedPoint(C);
    assertThat(MomentRecursion.distance(sigma, expected)).isLessThan(SETTLED);
  }

  @Test
  void multipleOfTheIdentityIsALearningRate() {
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(C);
    assertThat(
            MomentRecursion.distance(
                PreconditionedCovariance.covariance(
                    MomentRecursion.scalar(0.8, 3), 0.4, hessian, noise),
                DiscreteTime.covariance(new HeavyBallSgd(0.8, 0.4), hessian, noise)))
        .isLessThan(1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6})
  void newtonsMethodIsPreconditionedByTheInverseHessian(double mu) {
    double rate = 0.9;
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(C);
    double[][] inverse = hessian.function(k -> rate / k).getData();
    double[][] expected = MomentRecursion.preconditioned(inverse, mu, K).fixedPoint(C);
    DampedNewton newton = new DampedNewton(rate, mu);
    assertThat(MomentRecursion.distance(newton.covariance(hessian, noise), expected))
        .isLessThan(SETTLED);
    double error = 0.5 * MomentRecursion.trace(MomentRecursion.product(K, expected));
    assertThat(newton.approximationError(hessian, noise)).isCloseTo(error, within(SETTLED * error));
    // Eq. 59 with (N - S)/(NS) = 0.009: a multiple of the inverse Hessian
    double scale = (1 + mu) / (1 - mu) * rate / (2 * (1 + mu) - rate) * 0.009;
    assertThat(
            MomentRecursion.distance(
                newton.miniBatchCovariance(hessian, 0.009),
                hessian.function(k -> scale / k).getData()))
        .isLessThan(1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6})
  void naturalGradientIsItsOwnPreconditioner(double mu) {
    NaturalGradient rule = new NaturalGradient(0.3, mu);
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(C);
    double[][] sigma = rule.covariance(hessian, noise);
    double[][] lambda = rule.preconditioner(hessian, sigma);
    double[][] fisher = MomentRecursion.product(lambda, K, sigma, K);
    assertThat(MomentRecursion.distance(fisher, MomentRecursion.scalar(0.3, 3))).isLessThan(1e-12);
    double[][] expected = MomentRecursion.preconditioned(lambda, mu, K).fixedPoint(C);
    assertThat(MomentRecursion.distance(sigma, expected)).isLessThan(SETTLED);
    double error = 0.5 * MomentRecursion.trace(MomentRecursion.product(K, expected));
    assertThat(rule.approximationError(hessian, noise)).isCloseTo(error, within(SETTLED * error));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6})
  void naturalGradientWithMiniBatchNoiseIsSelfConsistent(double mu) {
    double factor = 0.09;
    NaturalGradient rule = new NaturalGradient(0.3, mu);
    Hessian hessian = Hessian.of(K);
    double[][] sigma = rule.miniBatchCovariance(hessian, factor);
    double[][] noise =
        MomentRecursion.matrix(MomentRecursion.product(K, sigma, K))
            .scalarMultiply(factor)
            .getData();
    double[][] lambda = rule.preconditioner(hessian, sigma);
    assertThat(
            MomentRecursion.distance(
                MomentRecursion.preconditioned(lambda, mu, K).fixedPoint(noise), sigma))
        .isLessThan(SETTLED);
    assertThat(
            MomentRecursion.distance(
                rule.covariance(hessian, GradientNoiseCovariance.of(noise)), sigma))
        .isLessThan(1e-12);
    assertThat(rule.miniBatchApproximationError(hessian, factor))
        .isCloseTo(0.5 * MomentRecursion.trace(MomentRecursion.product(K, sigma)), within(1e-12));
  }

  @Test
  void withoutNoiseTheNaturalGradientStandsAtTheEdgeOfStability() {
    NaturalGradient rule = new NaturalGradient(0.3, 0.5);
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance none = GradientNoiseCovariance.isotropic(0, 3);
    double[][] sigma = rule.covariance(hessian, none);
    assertThat(MomentRecursion.distance(sigma, hessian.function(k -> 0.3 / 3 / k).getData()))
        .isLessThan(1e-12);
    // ΛK = 2(1+μ): fluctuations neither grow nor shrink
    double[][] seen = MomentRecursion.product(rule.preconditioner(hessian, sigma), K);
    assertThat(MomentRecursion.distance(seen, MomentRecursion.scalar(3, 3))).isLessThan(1e-12);
  }

  /**
   * One dimension, k = 1: Λ = λ/Σ with the Σ of the ensemble at this step, not the stationary one.
   */
  @Test
  void fisherInformationOfEveryStepMakesTheStationaryStateUnstable() {
    // C = aKΣK: slope 1 − 4/(1+a) of the map, beyond −1 for a less than 1
    assertThat(drift(0.3, 0, 0.09)).isGreaterThan(2);
    // constant C: stable for λ/(kΣ) less than 2 − √2
    assertThat(drift(0.05, 1, 0)).isLessThan(0.9);
    assertThat(drift(0.5, 1, 0)).isGreaterThan(1.1);
  }

  /** Deviation from the stationary state after three steps over that before. */
  private static double drift(double rate, double noise, double factor) {
    NaturalGradient rule = new NaturalGradient(rate, 0);
    Hessian one = Hessian.diagonal(1);
    double fixed =
        factor > 0
            ? rule.miniBatchCovariance(one, factor)[0][0]
            : rule.covariance(one, GradientNoiseCovariance.isotropic(noise, 1))[0][0];
    double start = 1e-4 * fixed;
    double sigma = fixed + start;
    for (int step = 0; step < 3; step++) {
      double lambda = rate / sigma;
      sigma = (1 - lambda) * (1 - lambda) * sigma + lambda * lambda * (noise + factor * sigma);
    }
    return Math.abs(sigma - fixed) / start;
  }

  @Test
  void argumentsOutsideTheDomainAreNamed() {
    assertThatThrownBy(() -> new DampedNewton(2, 0)).hasMessageContaining("2(1+mu)/k* = 2");
    assertThatThrownBy(() -> new NaturalGradient(-1, 0)).hasMessageContaining("> 0");
    assertThatThrownBy(() -> new NaturalGradient(1, 0).miniBatchCovariance(Hessian.of(K), -0.1))
        .hasMessageContaining("noise factor");
    assertThatThrownBy(
            () ->
                PreconditionedCovariance.covariance(
                    MomentRecursion.scalar(-1, 3), 0, Hessian.of(K), GradientNoiseCovariance.of(C)))
        .hasMessageContaining("preconditioner");
    assertThatThrownBy(
            () ->
                PreconditionedCovariance.covariance(
                    MomentRecursion.scalar(2, 3), 0, Hessian.of(K), GradientNoiseCovariance.of(C)))
        .hasMessageContaining("no stationary state");
  }
}
