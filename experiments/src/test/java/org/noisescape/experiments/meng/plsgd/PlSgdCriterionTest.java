package org.noisescape.experiments.meng.plsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.fit.Verdict.AGREES;
import static org.noisescape.experiments.fit.Verdict.DISAGREES;
import static org.noisescape.experiments.fit.Verdict.INCONCLUSIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.runs.TrainConfiguration;

class PlSgdCriterionTest {
  private static final PlSgdPlan PLAN =
      new PlSgdPlan(
          TrainConfiguration.defaults(),
          List.of(NoiseMethod.SGD),
          new SeedRange(0, 3),
          new SeedRange(3, 8),
          1,
          1,
          CurveQuantity.LOSS_GAP,
          0.005);

  /** t of seven degrees of freedom is 2.365: the interval reaches .00946 to both sides. */
  @ParameterizedTest
  @CsvSource({
    "0.0095, AGREES, DISAGREES",
    "0.0094, INCONCLUSIVE, INCONCLUSIVE",
    "-0.0094, INCONCLUSIVE, INCONCLUSIVE",
    "-0.0095, DISAGREES, AGREES"
  })
  void aSideIsTakenWhereTheIntervalIsOnIt(double mean, Verdict above, Verdict below) {
    PairedDifference d = difference(mean, 0.004, 8);
    assertThat(judge(PlSgdCriterion.ABOVE, d)).isEqualTo(above);
    assertThat(judge(PlSgdCriterion.BELOW, d)).isEqualTo(below);
  }

  @ParameterizedTest
  @CsvSource({
    // ends below the margin, whatever a test of zero says
    "-0.0047, AGREES",
    "-0.03, AGREES",
    "-0.0044, INCONCLUSIVE",
    "0.014, INCONCLUSIVE",
    "0.0146, DISAGREES"
  })
  void noBetterIsShownByTheIntervalAndNotByATestThatFails(double mean, Verdict verdict) {
    assertThat(judge(PlSgdCriterion.notAbove(PLAN), difference(mean, 0.004, 8))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void twoSeedsTellNothing(int seeds) {
    PairedDifference d = difference(-0.02, 1e-6, seeds);
    for (Criterion criterion : criteria()) {
      assertThat(new Claim("", d, seeds, criterion).verdict()).isEqualTo(INCONCLUSIVE);
    }
    assertThat(new Claim("", difference(-0.02, 1e-6, 3), 3, PlSgdCriterion.BELOW).verdict())
        .isEqualTo(AGREES);
  }

  @Test
  void aSeedThatDivergedOrDifferencesWithoutSpreadTellNothing() {
    for (Criterion criterion : criteria()) {
      assertThat(judge(criterion, difference(-0.02, 0.001, 7))).isEqualTo(INCONCLUSIVE);
      assertThat(new Claim("", PairedDifference.of(0, 0, 0, 0), 4, criterion).verdict())
          .isEqualTo(INCONCLUSIVE);
      assertThat(judge(criterion, difference(-0.02, 0.001, 8)))
          .isEqualTo(criterion.equals(PlSgdCriterion.ABOVE) ? DISAGREES : AGREES);
    }
  }

  private static List<Criterion> criteria() {
    return List.of(PlSgdCriterion.ABOVE, PlSgdCriterion.BELOW, PlSgdCriterion.notAbove(PLAN));
  }

  private static Verdict judge(Criterion criterion, PairedDifference difference) {
    return new Claim("", difference, 8, criterion).verdict();
  }

  private static PairedDifference difference(double mean, double error, int n) {
    return new PairedDifference(mean, error, n, Double.NaN, Double.NaN, Double.NaN);
  }
}
