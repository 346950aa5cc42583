package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantiles are those of Student's table: 12.7062, 4.3027, 2.7764, 1.9600. */
class CriterionTest {
  @ParameterizedTest
  @CsvSource({"1, 12.7062", "2, 4.30265", "4, 2.77645", "30, 2.04227", "Infinity, 1.95996"})
  void marginIsStudentsQuantileOfTheDegreesOfFreedom(double freedom, double quantile) {
    assertThat(new PointEstimate(1, 0.5, freedom).margin()).isCloseTo(quantile / 2, within(3e-5));
  }

  @Test
  void nothingIsKnownWithoutDegreesOfFreedomUnlessThereIsNoSampling() {
    assertThat(new PointEstimate(1, 0.5, 0).margin()).isNaN();
    assertThat(PointEstimate.unknown(1).margin()).isNaN();
    assertThat(PointEstimate.of(SeedMean.of(3)).margin()).isNaN();
    assertThat(PointEstimate.exact(1).margin()).isZero();
    assertThat(judge(Criterion.within(1, 0.1), new PointEstimate(1, 0.001, 0)))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(Criterion.within(1, 0.1), PointEstimate.unknown(9)))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  /** t SE = .1 throughout. */
  @ParameterizedTest
  @CsvSource({
    "1.04, AGREES", "0.96, AGREES",
    "1.06, INCONCLUSIVE", "0.94, INCONCLUSIVE",
    "1.24, INCONCLUSIVE", "0.76, INCONCLUSIVE",
    "1.26, DISAGREES", "0.74, DISAGREES"
  })
  void deviationMustLieWithinTheToleranceWithItsErrorOrOutsideWithIt(
      double value, Verdict expected) {
    assertThat(judge(Criterion.within(1, 0.15), new PointEstimate(value, 0.1 / 4.302653, 2)))
        .isEqualTo(expected);
  }

  @Test
  void aNoisierRunNeverAgreesMoreEasily() {
    Criterion criterion = Criterion.within(1, 0.15);
    for (double deviation : new double[] {0, 0.1, 0.2, 1}) {
      boolean agreed = true;
      for (double error = 0.001; error < 1; error += 0.01) {
        boolean agrees =
            judge(criterion, new PointEstimate(1 + deviation, error, 9)) == Verdict.AGREES;
        assertThat(agrees && !agreed).isFalse();
        agreed = agrees;
      }
    }
  }

  @Test
  void exactNumbersAreJudgedWithoutError() {
    assertThat(judge(Criterion.within(2, 0.5), PointEstimate.exact(2.5))).isEqualTo(Verdict.AGREES);
    assertThat(judge(Criterion.within(2, 0.5), PointEstimate.exact(2.51)))
        .isEqualTo(Verdict.DISAGREES);
  }

  /** Two seeds that give the same number say nothing of how far a third would lie. */
  @Test
  void equalDrawsKnowNoError() {
    PointEstimate equal = new PointEstimate(2, 0, 1);

    assertThat(equal.margin()).isNaN();
    assertThat(judge(Criterion.within(2, 0.5), equal)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(Criterion.within(9, 0.5), equal)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(Criterion.atMost(1).judge(equal).pValue()).isNaN();
    assertThat(judge(Criterion.within(2, 0.5), equal.plusError(1e-12, Double.POSITIVE_INFINITY)))
        .isEqualTo(Verdict.AGREES);
  }

  @Test
  void sharesFactorsAndBoundsTakeTheirErrorsAlong() {
    PointEstimate six = new PointEstimate(6, 0.3, Double.POSITIVE_INFINITY);

    // 6/5 − 1 = .2, SE .06
    assertThat(Criterion.share(5, 0.25).judge(six).noticed())
        .isCloseTo(0.25 + 1.95996 * 0.06, within(1e-5));
    assertThat(judge(Criterion.share(-5, 0.25), six.times(-1))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(Criterion.share(5, 0.32), six)).isEqualTo(Verdict.AGREES);
    // ln 1.2 = .182, SE .05
    assertThat(judge(Criterion.factor(5, Math.exp(0.29)), six)).isEqualTo(Verdict.AGREES);
    assertThat(judge(Criterion.factor(5, Math.exp(0.27)), six)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(Criterion.factor(7.5, Math.exp(0.1)), six)).isEqualTo(Verdict.DISAGREES);
    assertThat(judge(Criterion.atLeast(5.4), six)).isEqualTo(Verdict.AGREES);
    assertThat(judge(Criterion.atLeast(5.5), six)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(Criterion.atLeast(6.6), six)).isEqualTo(Verdict.DISAGREES);
    assertThat(judge(Criterion.atMost(6.6), six)).isEqualTo(Verdict.AGREES);
    assertThat(judge(Criterion.atMost(5.4), six)).isEqualTo(Verdict.DISAGREES);
  }

  /** (1.3 − 1 − .15)/.05 = 3 standard errors; P(t_2 > 3) = .0477, P(t_9 > 3) = .00748. */
  @ParameterizedTest
  @CsvSource({"2, 0.04773", "9, 0.00748", "Infinity, 0.00135"})
  void pValueIsThatOfADeviationWithinTheTolerance(double freedom, double p) {
    assertThat(Criterion.within(1, 0.15).judge(new PointEstimate(1.3, 0.05, freedom)).pValue())
        .isCloseTo(p, within(1e-5));
  }

  @Test
  void allMustAgreeAndOneThatDisagreesAfterHolmDecides() {
    assertThat(all(part(1), part(1))).isEqualTo(Verdict.AGREES);
    assertThat(all(part(1), Judgement.of(Verdict.INCONCLUSIVE))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(all(part(1), part(2), Judgement.of(Verdict.INCONCLUSIVE)))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(all()).isEqualTo(Verdict.INCONCLUSIVE);
    // one of three at p = .0124 disagrees alone, .0371 among three
    Judgement doubtful =
        Criterion.within(1, 0.15).judge(new PointEstimate(1.15 + 2.243 * 0.01, 0.01, 1e9));
    assertThat(doubtful.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(all(doubtful)).isEqualTo(Verdict.DISAGREES);
    assertThat(all(doubtful, part(1), part(1))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void severalNoticeWhatTheLeastSensitiveNotices() {
    Judgement fine = Criterion.within(0, 0.1).judge(new PointEstimate(0, 0.01, 1e9));
    Judgement coarse = Criterion.within(0, 0.1).judge(new PointEstimate(0, 0.05, 2));

    Judgement both = Judgement.all(List.of(fine, coarse));

    assertThat(both.noticed()).isEqualTo(coarse.noticed()).isGreaterThan(fine.noticed());
    assertThat(both.degreesOfFreedom()).isEqualTo(2);
  }

  @Test
  void ruleIsWrittenWithItsNumbers() {
    assertThat(Criterion.within(1, 0.15).text("slope")).isEqualTo("|slope - 1| + t SE <= 0.15");
    assertThat(Criterion.share(2, 0.1).text("phi", "theory"))
        .isEqualTo("|phi/theory - 1| + t SE <= 0.1");
    assertThat(Criterion.atLeast(0.9).text("CS")).isEqualTo("0.9 - CS + t SE <= 0");
  }

  @Test
  void toleranceIsFiniteAndNotNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> Criterion.within(1, -0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> Criterion.within(1, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Criterion.within(1, Double.POSITIVE_INFINITY));
  }

  private static Judgement part(double value) {
    return Criterion.within(1, 0.15).judge(new PointEstimate(value, 0.01, 1e9));
  }

  private static Verdict all(Judgement... parts) {
    return Judgement.all(List.of(parts)).verdict();
  }

  private static Verdict judge(Criterion criterion, PointEstimate estimate) {
    return criterion.judge(estimate).verdict();
  }
}
