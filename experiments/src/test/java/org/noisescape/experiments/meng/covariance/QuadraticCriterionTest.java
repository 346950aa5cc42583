package org.noisescape.experiments.meng.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;

class QuadraticCriterionTest {
  @Test
  void parabolaAwayFromTheMinimumAgreesButNotWithEquationFive() {
    PathFit fit = NoisePaths.fit(u -> 2 + 0.4 * u + 4 * u * u);

    assertThat(judge(fit, NoiseShape.QUADRATIC)).isEqualTo(Verdict.AGREES);
    assertThat(judge(fit, NoiseShape.CONE)).isEqualTo(Verdict.DISAGREES);
    assertThat(judge(fit, NoiseShape.QUARTIC)).isEqualTo(Verdict.DISAGREES);
    assertThat(fit.even().rSquared()).isLessThan(0.99);
    // −b/2c = −5e-4, of a half width of 0.01
    assertThat(fit.vertex()).isCloseTo(-0.05, within(1e-9));
    assertThat(fit.shareOfTheSquare()).isCloseTo(1, within(1e-9));
    assertThat(fit.variation()).isGreaterThan(2);
  }

  @Test
  void whatIsNoQuadraticDisagreesHoweverLargeTheMisfit() {
    for (DoubleUnaryOperator other :
        List.<DoubleUnaryOperator>of(
            Math::abs,
            u -> Math.pow(u, 4),
            u -> u < 0 ? 1 : 2,
            u -> Math.tanh(5 * u),
            u -> Math.exp(4 * u))) {
      assertThat(judge(NoisePaths.fit(u -> 10 + other.applyAsDouble(u)), NoiseShape.QUADRATIC))
          .isEqualTo(Verdict.DISAGREES);
    }
  }

  @Test
  void anUnseenPointCountsAsWellAsTheFittedOnes() {
    // one outlier at the end, which the parabola bends to
    PathFit fit = NoisePaths.fit(u -> 2 + u * u + (u > 0.99 ? 0.136 : 0));

    assertThat(fit.shape(NoiseShape.QUADRATIC).rSquared())
        .isGreaterThan(QuadraticCriterion.FIT.theory());
    assertThat(fit.shape(NoiseShape.QUADRATIC).crossValidated())
        .isGreaterThan(QuadraticCriterion.LEFT_OUT.theory());
    assertThat(judge(fit, NoiseShape.QUADRATIC)).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void noiseThatDoesNotVaryHasNoFitToJudge() {
    // roundings of a constant
    PathFit fit = NoisePaths.fit(u -> 1 + 1e-15 * Math.signum(Math.sin(1e4 * u)));

    assertThat(fit.varies()).isFalse();
    assertThat(judge(fit, NoiseShape.QUADRATIC)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void pointAboveTheTargetLossIsNoMinimum() {
    PathFit fit = NoisePaths.fit(u -> 1 + u * u);

    assertThat(
            QuadraticCriterion.judged("conv1", List.of(fit), NoiseShape.QUADRATIC, false).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Verdict judge(PathFit fit, NoiseShape shape) {
    return QuadraticCriterion.judged("conv1", List.of(fit), shape, true).verdict();
  }
}
