package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.AutocorrelationTime;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Small fits, errors and judgements by hand. */
class FitsByHandTest {
  private static final double MANY = Double.POSITIVE_INFINITY;

  /** Iterated in Python, with the median of an odd and of an even number of residuals. */
  @Test
  void robustLinesAreThoseOfTheIteration() {
    HuberLine odd =
        HuberLine.fit(
            new double[] {0, 1, 2, 3, 4, 5, 6}, new double[] {0.5, 0.8, 12.3, 2.9, 4.1, 4.7, 6.2});
    assertThat(odd.intercept()).isCloseTo(0.30929289592789866, within(1e-9));
    assertThat(odd.slope()).isCloseTo(0.9394887699694838, within(1e-9));
    HuberLine even =
        HuberLine.fit(
            new double[] {0, 1, 2, 3, 4, 5}, new double[] {0.3, 0.8, 12.3, 2.9, 4.4, 4.6});
    assertThat(even.intercept()).isCloseTo(0.3454656015496207, within(1e-9));
    assertThat(even.slope()).isCloseTo(0.9225441278140454, within(1e-9));
  }

  @Test
  void correlationTimesAreThoseOfTheAutoregressionFreedOfItsBias() {
    // rho = 0.8/1.9, (rho + 2/20)/(1 - 4/20) = 0.651316, (1 + it)/(1 - it)
    double[] series = {2, 1, 2, -1, -1, -2, -1, 1, 2, 1, -1, -2, -1, 1, 1, 2, -1, -1, -1, -1};
    assertThat(AutocorrelationTime.of(series).time()).isLessThan(4.7);
    assertThat(SlopeFit.correlationTime(series)).isCloseTo(4.735849056603775, within(1e-12));
    // rho = 24/60, (0.4 + 2/8)/(1 - 4/8) = 1.3 beyond the bound 1 - 4/8
    double[] bound = {1, 2, 3, 4, -4, -3, -2, -1};
    assertThat(AutocorrelationTime.of(bound).time()).isLessThan(3);
    assertThat(SlopeFit.correlationTime(bound)).isCloseTo(3, within(1e-12));
    assertThat(SlopeFit.correlationTime(new double[] {1, -1, 1, -1, 1, -1, 1, -1})).isEqualTo(1);
    assertThat(SlopeFit.correlationTime(new double[6])).isEqualTo(1);
  }

  /** The error whose coverage SlopeFitTest proves, to its digits. */
  @Test
  void theErrorOfASlopeStays() {
    double[] x = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
    double[] scatter = {2, 1, 2, -1, -1, -2, -1, 1, 9, 1, -1, -2, -1, 1, 1, 2, -1, -1, -1, -1};
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 3 * x[i] + 0.1 * scatter[i];
    }
    SlopeFit fit = SlopeFit.of(x, y, RandomKey.of(1, Purpose.BOOTSTRAP, 0));
    assertThat(fit.block()).isEqualTo(5);
    assertThat(fit.standardError()).isCloseTo(0.008049974020576414, within(1e-12));
  }

  /** Residuals 1, -1, 0, 0, -1, 1 about y = x: n ln(4/6) + 2k + 2k(k + 1)/(n - k - 1), k = 3. */
  @Test
  void theInformationCriterionIsThatOfTheResiduals() {
    double[] x = {-5, -3, -1, 1, 3, 5};
    PolynomialFit fit = PolynomialFit.ofDegree(1, x, new double[] {-4, -4, -1, 1, 2, 6});
    assertThat(fit.aicc()).isCloseTo(6 * Math.log(4.0 / 6) + 6 + 12, within(1e-12));
    assertThat(PolynomialFit.ofDegree(1, new double[] {1, 2, 3, 4, 5}, new double[5]).points())
        .isEqualTo(5);
  }

  /** Residuals -1/2, 1, -1/2 of errors 1/2 about y = 1/2 + x/2. */
  @Test
  void aWeightedLineKnowsHowFarItsPointsAre() {
    double[] half = {0.5, 0.5, 0.5};
    WeightedLine line = WeightedLine.of(new double[] {0, 1, 2}, new double[] {0, 2, 1}, half);
    assertThat(line.slope()).isCloseTo(0.5, within(1e-15));
    assertThat(line.intercept()).isCloseTo(0.5, within(1e-15));
    assertThat(line.chiSquare()).isCloseTo(6, within(1e-12));
    assertThat(line.slopeError()).isCloseTo(Math.sqrt(1.0 / 8), within(1e-15));
    assertThat(line.interceptError()).isCloseTo(Math.sqrt(1.0 / 12 + 1.0 / 8), within(1e-15));
  }

  /** 1, 2, 4 without one of three groups: (2/3) times 14/3, the squares about their mean. */
  @Test
  void theJackknifeOfThreeGroups() {
    double[] without = {1, 2, 4};
    PointEstimate found = PointEstimate.jackknife(3, g -> g < 0 ? 10 : without[g]);
    assertThat(found.value()).isEqualTo(10);
    assertThat(found.standardError()).isCloseTo(Math.sqrt(28.0 / 9), within(1e-12));
    assertThat(found.degreesOfFreedom()).isEqualTo(2);
    assertThat(found.provided(true)).isSameAs(found);
    assertThat(found.provided(false)).isEqualTo(PointEstimate.unknown(10));
  }

  @Test
  void seedsGiveOneDegreeOfFreedomLessAndPredictionsErrMore() {
    SeedMean mean = SeedMean.of(1, 2, 6);
    assertThat(PointEstimate.of(mean).degreesOfFreedom()).isEqualTo(2);
    // s = sqrt(7), times sqrt(4/3)
    assertThat(mean.predictionError()).isCloseTo(Math.sqrt(28.0 / 3), within(1e-12));
    assertThat(new Share(1, 1).value()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Share(0, 0));
  }

  @Test
  void whatIsExactExceedsNothingOrAlways() {
    assertThat(PointEstimate.exact(1).exceeding(0)).isEqualTo(1);
    assertThat(PointEstimate.exact(1).exceeding(-1)).isEqualTo(1);
    assertThat(PointEstimate.exact(1).exceeding(1e-9)).isZero();
    assertThat(new PointEstimate(1, 0, 5).exceeding(1)).isNaN();
    // Cauchy's law at one
    assertThat(new PointEstimate(1, 2, 1).exceeding(2)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void aJudgementOfSeveralStandsAtItsEdges() {
    Judgement first = new Judgement(Verdict.AGREES, 0.9, 3, 0.1, 0.4);
    Judgement second = new Judgement(Verdict.AGREES, 0.8, 7, 0.2, 0.4);
    assertThat(Judgement.all(List.of(first, second)).degreesOfFreedom()).isEqualTo(3);
    Judgement edge = new Judgement(Verdict.INCONCLUSIVE, Criterion.LEVEL, 3, 0.1, 0.4);
    assertThat(Judgement.all(List.of(edge)).verdict()).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void aRuleAgainstARivalIsTheSameRuleElsewhere() {
    assertThat(Criterion.factor(2, 1.5).against(3)).isEqualTo(Criterion.factor(3, 1.5));
    assertThat(Criterion.within(1, 0.2).against(MANY).theory()).isEqualTo(MANY);
    assertThat(Criterion.terms()).startsWith("t is Student's 97.5 % quantile").contains("Holm");
  }
}
