package org.noisescape.experiments.meng.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;

class QuadraticCriterionTest {
  @Test
  void parabolaAwayFromTheMinimumAgreesButNotWithEquationFive() {
    PathFit fit = fit(s -> 2 + 40 * s + 4e4 * s * s);

    assertThat(judge(fit)).isEqualTo(Verdict.AGREES);
    assertThat(fit.even().rSquared()).isLessThan(0.99);
    // −b/2c = −5e-4, of a half width of 0.01
    assertThat(fit.vertex()).isCloseTo(-0.05, within(1e-9));
    assertThat(fit.shareOfTheSquare()).isCloseTo(1, within(1e-9));
    assertThat(fit.variation()).isGreaterThan(3);
  }

  @Test
  void stepDisagrees() {
    // a step of constant height: R² of a quadratic is 0.75, the error of R² small
    PathFit fit = fit(s -> s < 0 ? 1 : 2);

    QuadraticCriterion.Estimate r2 = QuadraticCriterion.estimate(List.of(fit));
    assertThat(r2.mean()).isBetween(0.7, 0.8);
    assertThat(QuadraticCriterion.judge(new QuadraticCriterion.Estimate(0.97, 0.004), true))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(QuadraticCriterion.judge(new QuadraticCriterion.Estimate(0.985, 0.003), true))
        .isEqualTo(Verdict.AGREES);
  }

  @Test
  void noiseThatDoesNotVaryHasNoFitToJudge() {
    // roundings of a constant
    PathFit fit = fit(s -> 1 + 1e-15 * Math.signum(Math.sin(1e6 * s)));

    assertThat(fit.varies()).isFalse();
    assertThat(QuadraticCriterion.estimate(List.of(fit)).mean()).isNaN();
    assertThat(judge(fit)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void pointAboveTheTargetLossIsNoMinimum() {
    PathFit fit = fit(s -> 1 + s * s);

    assertThat(QuadraticCriterion.judge(QuadraticCriterion.estimate(List.of(fit)), false))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void spreadBetweenSeedsIsAnError() {
    PathFit good = fit(s -> 1 + 1e4 * s * s);
    PathFit cubic = fit(s -> 1 + 1e4 * s * s + 2e6 * s * s * s);

    QuadraticCriterion.Estimate both = QuadraticCriterion.estimate(List.of(good, cubic));

    double difference = good.quadratic().rSquared() - cubic.quadratic().rSquared();
    assertThat(both.error()).isGreaterThanOrEqualTo(difference / 2 * (1 - 1e-12));
  }

  private static Verdict judge(PathFit fit) {
    return QuadraticCriterion.judge(QuadraticCriterion.estimate(List.of(fit)), true);
  }

  private static PathFit fit(DoubleUnaryOperator noise) {
    List<CovariancePoint> points = new ArrayList<>();
    for (int i = -10; i <= 10; i++) {
      double s = i * 1e-3;
      points.add(new CovariancePoint(i, s, s, 0.001, noise.applyAsDouble(s), 0));
    }
    return PathFit.of(new CovariancePath("conv1", 0, 1, points));
  }
}
