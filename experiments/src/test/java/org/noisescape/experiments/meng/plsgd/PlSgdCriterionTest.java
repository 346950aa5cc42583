package org.noisescape.experiments.meng.plsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.fit.Verdict.AGREES;
import static org.noisescape.experiments.fit.Verdict.DISAGREES;
import static org.noisescape.experiments.fit.Verdict.INCONCLUSIVE;
import static org.noisescape.experiments.meng.plsgd.PlSgdCriterion.Side.ABOVE;
import static org.noisescape.experiments.meng.plsgd.PlSgdCriterion.Side.BELOW;
import static org.noisescape.experiments.meng.plsgd.PlSgdCriterion.Side.NOT_ABOVE;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.meng.plsgd.PlSgdCriterion.Side;

class PlSgdCriterionTest {
  private static final double MARGIN = 0.005;

  @ParameterizedTest
  @CsvSource({
    "ABOVE, 0.02, 0.04, AGREES",
    "ABOVE, 0.02, 0.05, AGREES",
    "ABOVE, 0.02, 0.06, INCONCLUSIVE",
    "ABOVE, -0.02, 0.04, DISAGREES",
    "ABOVE, -0.02, 0.06, INCONCLUSIVE",
    "BELOW, -0.02, 0.04, AGREES",
    "BELOW, -0.02, 0.06, INCONCLUSIVE",
    "BELOW, 0.02, 0.04, DISAGREES",
    "BELOW, 0.02, 0.06, INCONCLUSIVE",
  })
  void aSideIsTakenWhereTheAdjustedTestSaysSo(
      Side side, double mean, double adjusted, Verdict verdict) {
    assertThat(judge(side, mean, 0.006, 8, adjusted)).isEqualTo(verdict);
  }

  /** Upper ends of the interval are mean + .01. */
  @ParameterizedTest
  @CsvSource({
    // ends below the margin, whatever the test of zero says
    "-0.006, 0.9, AGREES",
    "-0.005, 0.9, AGREES",
    "-0.03, 0.001, AGREES",
    // reaches beyond the margin
    "-0.004, 0.9, INCONCLUSIVE",
    "0.03, 0.001, DISAGREES",
    "0.03, 0.06, INCONCLUSIVE"
  })
  void noBetterIsShownByTheIntervalAndNotByATestThatFails(
      double mean, double adjusted, Verdict verdict) {
    PairedDifference d =
        new PairedDifference(mean, 0.004, 8, adjusted / 4, mean - 0.01, mean + 0.01);
    assertThat(PlSgdCriterion.judge(NOT_ABOVE, d, adjusted, 8, MARGIN)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void twoSeedsTellNothing(int seeds) {
    for (Side side : Side.values()) {
      assertThat(
              PlSgdCriterion.judge(
                  side,
                  new PairedDifference(-0.02, 1e-6, seeds, 1e-9, -0.021, -0.019),
                  1e-9,
                  seeds,
                  MARGIN))
          .isEqualTo(INCONCLUSIVE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABOVE", "BELOW", "NOT_ABOVE"})
  void aSeedThatDivergedOrDifferencesWithoutSpreadTellNothing(Side side) {
    PairedDifference seven = new PairedDifference(-0.02, 0.001, 7, 1e-9, -0.022, -0.018);
    assertThat(PlSgdCriterion.judge(side, seven, 1e-9, 8, MARGIN)).isEqualTo(INCONCLUSIVE);
    PairedDifference same = PairedDifference.of(0, 0, 0, 0);
    assertThat(PlSgdCriterion.judge(side, same, Double.NaN, 4, MARGIN)).isEqualTo(INCONCLUSIVE);
    PairedDifference fine = new PairedDifference(-0.02, 0.001, 8, 1e-9, -0.022, -0.018);
    assertThat(PlSgdCriterion.judge(side, fine, 1e-8, 8, MARGIN))
        .isEqualTo(side == ABOVE ? DISAGREES : AGREES);
    assertThat(side).isIn(ABOVE, BELOW, NOT_ABOVE);
  }

  private static Verdict judge(Side side, double mean, double error, int n, double adjusted) {
    PairedDifference d =
        new PairedDifference(mean, error, n, adjusted / 4, mean - 2 * error, mean + 2 * error);
    return PlSgdCriterion.judge(side, d, adjusted, n, MARGIN);
  }
}
