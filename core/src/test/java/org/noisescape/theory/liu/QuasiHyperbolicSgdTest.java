package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuasiHyperbolicSgdTest {
  private static final double SETTLED = 1e-10;
  private static final double[][] K = DiscreteTimeTest.K;
  private static final double[][] C = DiscreteTimeTest.C;

  @ParameterizedTest
  @CsvSource({"0.1,0.9,0.7", "1.0,0.5,0.3", "2.0,0.9,0.7", "1.5,0.9,0", "3.0,0.8,1", "1.2,0,0.6"})
  void covarianceIsTheFixedPointOfTheMomentRecursion(double rate, double mu, double nu) {
    QuasiHyperbolicSgd rule = new QuasiHyperbolicSgd(rate, mu, nu);
    double[][] expected = MomentRecursion.quasiHyperbolic(rate, mu, nu, K).fixedPoint(C);
    assertThat(
            MomentRecursion.distance(
                rule.covariance(Hessian.of(K), GradientNoiseCovariance.of(C)), expected))
        .isLessThan(SETTLED);
    double error = 0.5 * MomentRecursion.trace(MomentRecursion.product(K, expected));
    assertThat(rule.approximationError(Hessian.of(K), GradientNoiseCovariance.of(C)))
        .isCloseTo(error, within(SETTLED * error));
  }

  @Test
  void gainIsThatOfHeavyBallAndOfSgdAtTheEnds() {
    double k = 0.7;
    assertThat(new QuasiHyperbolicSgd(2, 0.8, 1).gain(k))
        .isCloseTo(
            DiscreteTime.variance(new HeavyBallSgd(2 * (1 - 0.8), 0.8), k, 1), within(1e-12));
    assertThat(new QuasiHyperbolicSgd(2, 0.8, 0).gain(k))
        .isCloseTo(DiscreteTime.variance(HeavyBallSgd.sgd(2), k, 1), within(1e-12));
  }

  @Test
  void printedGainMissesTheTextsOwnLimits() {
    double k = 0.2;
    // without momentum, at nu = 0 (SGD) and at nu = 1 (heavy ball)
    assertThat(new QuasiHyperbolicSgd(1, 0, 0.3).printedGain(k)).isLessThan(0.3 / (k * (2 - k)));
    QuasiHyperbolicSgd sgd = new QuasiHyperbolicSgd(1, 0.5, 0);
    assertThat(sgd.printedGain(k)).isLessThan(0.7 * sgd.gain(k));
    assertThat(new QuasiHyperbolicSgd(1, 0.5, 1).printedGain(k)).isNegative();
    // λ = k = 1 without momentum is the one point where the powers of K that are lost do not count
    assertThat(new QuasiHyperbolicSgd(1, 0, 0.3).printedGain(1)).isCloseTo(1, within(1e-15));
  }

  /** Eqs. 55 and 57 in exact fractions, term by term. */
  @Test
  void printedGainIsThatOfTheFractions() {
    QuasiHyperbolicSgd rule = new QuasiHyperbolicSgd(0.5, 0.25, 0.75);
    assertThat(rule.printedGain(1.5)).isCloseTo(111265.0 / 353901.0, within(1e-13));
    assertThat(rule.printedGain(1)).isCloseTo(5525.0 / 12068.0, within(1e-13));
    // ½ Σ k C_kk gain(k)
    double error = 0.5 * (1.5 * 2 * rule.printedGain(1.5) + 3 * rule.printedGain(1));
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(new double[][] {{2, 0}, {0, 3}});
    assertThat(rule.printedApproximationError(Hessian.diagonal(1.5, 1), noise))
        .isCloseTo(error, within(1e-13));
  }

  @Test
  void tableOneExpandsTheApproximationErrorToSecondOrder() {
    Hessian hessian = Hessian.of(K);
    GradientNoiseCovariance noise = GradientNoiseCovariance.of(C);
    double[] gaps = new double[2];
    for (int i = 0; i < 2; i++) {
      QuasiHyperbolicSgd rule = new QuasiHyperbolicSgd(i == 0 ? 1e-2 : 1e-3, 0.6, 0.7);
      gaps[i] = rule.approximationError(hessian, noise) - rule.secondOrder(hessian, noise);
    }
    assertThat(gaps[0] / gaps[1]).isCloseTo(1000, within(30.0));
  }

  @Test
  void stabilityBoundIsWhereTheVarianceDiverges() {
    QuasiHyperbolicSgd rule = new QuasiHyperbolicSgd(0.1, 0.9, 0.7);
    double bound = rule.largestLearningRate(Hessian.diagonal(2));
    assertThat(new QuasiHyperbolicSgd(bound * (1 - 1e-9), 0.9, 0.7).gain(2)).isGreaterThan(1e6);
    assertThatThrownBy(() -> new QuasiHyperbolicSgd(bound * (1 + 1e-9), 0.9, 0.7).gain(2))
        .hasMessageContaining("no stationary state");
    assertThatThrownBy(() -> new QuasiHyperbolicSgd(0.1, 0.9, 1.1)).hasMessageContaining("nu");
    assertThatThrownBy(() -> new QuasiHyperbolicSgd(0.1, 1, 0.5)).hasMessageContaining("momentum");
  }
}
