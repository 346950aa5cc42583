package org.noisescape.experiments.liu.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.liu.stationary.StationaryPoints.point;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Rival;

class GridCriterionTest {
  /** Ten replicas: t = 2.26 for nine degrees of freedom. */
  @Test
  void aPointAgreesWithinTwoPercentItsErrorIncluded() {
    assertThat(exact(1.008, 0.005)).isEqualTo(Verdict.AGREES);
    assertThat(exact(1.010, 0.005)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(exact(1.031, 0.005)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(exact(1.032, 0.005)).isEqualTo(Verdict.DISAGREES);
    assertThat(exact(0.968, 0.005)).isEqualTo(Verdict.DISAGREES);
    assertThat(exact(1, 0.009)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(exact(1, Double.NaN)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(exact(Double.NaN, Double.NaN)).isEqualTo(Verdict.DISAGREES);
    assertThat(GridCriterion.judge(point(-2.01, 0.005, -2, 1, 1), GridTheory.EXACT).verdict())
        .isEqualTo(Verdict.AGREES);
  }

  @Test
  void everyTheoryIsJudgedByTheSameRule() {
    GridPoint point = point(1, 0.001, 1.001, 0.97, 0.5);
    assertThat(GridCriterion.judge(point, GridTheory.EXACT).verdict()).isEqualTo(Verdict.AGREES);
    assertThat(GridCriterion.judge(point, GridTheory.TEXT).verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(GridCriterion.judge(point, GridTheory.EARLIER).verdict())
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void onlyRivalsThatDifferFromTheTheoryAreNamed() {
    assertThat(found(point(1, 0.001, 1, 1, 1)).rivals()).isEmpty();
    assertThat(found(point(1, 0.001, 1, 1, 0.5)).rivals())
        .extracting(Rival::name)
        .containsExactly("continuous theory");
    assertThat(found(point(1, 0.001, 1, 0.5, 1)).rivals())
        .extracting(Rival::name)
        .containsExactly("the text's formula");
  }

  @Test
  void aTheoryWhoseRivalIsNotExcludedHasWonNothing() {
    assertThat(found(point(1, 0.001, 1, 1, 0.5)).verdict()).isEqualTo(Verdict.AGREES);
    // 1 % apart: both are within 2 %
    assertThat(found(point(1, 0.001, 1, 1, 0.99)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(found(point(1, 0.001, 1, 0.99, 0.5)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    // a value on the rival
    assertThat(found(point(0.5, 0.001, 1, 1, 0.5)).verdict()).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void pointsWithoutATheoryAreNotJudged() {
    Findings found =
        found(point(1, 0.001, 1, 1, 1), point(5, 0.001, Double.NaN, Double.NaN, Double.NaN));
    assertThat(found.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(found.rivals()).isEmpty();
    assertThat(found.measurements()).hasSize(1);
    assertThat(found.measurements().getFirst().name()).contains("furthest of 1");
  }

  @Test
  void worstPointIsReportedAndADivergedOneIsWorst() {
    NamedMeasurement worst =
        found(
                point(1.01, 0.001, 1, 1, 1),
                point(Double.NaN, Double.NaN, 1, 1, 1),
                point(1.5, 0.001, 1, 1, 1))
            .measurements()
            .getFirst();
    assertThat(worst.verdict()).contains(Verdict.DISAGREES);
    assertThat(worst.value()).isNaN();
  }

  @Test
  void criterionNamesItsNumbersAndRivals() {
    assertThat(GridCriterion.text("second order"))
        .contains("|value/discrete theory - 1| + t SE <= 0.02")
        .contains("second order")
        .contains("the text's formula");
  }

  private static Verdict exact(double value, double error) {
    return GridCriterion.judge(point(value, error, 1, 1, 1), GridTheory.EXACT).verdict();
  }

  private static Findings found(GridPoint... points) {
    return GridFindings.of("continuous theory", List.of(points), List.of(), new Measurements());
  }

  @Test
  void everyNumberAndCellIsThatOfItsPoint() {
    List<GridPoint> points =
        List.of(
            new GridPoint(
                new StationaryCase.Label("a", "white", "sgd", 0.5, 0, 0, 0.6),
                "variance",
                1.03,
                0.002,
                1,
                1.01,
                0.5,
                10,
                100),
            new GridPoint(
                new StationaryCase.Label("b", "mini-batch", "momentum", 0.25, 0.9, 20, 0.7),
                "training loss",
                2.02,
                0.002,
                2,
                1.5,
                2,
                12,
                200));
    GridNumber more =
        new GridNumber("edge", PointEstimate.exact(0.375), Criterion.within(0.375, 0.001), 0);
    Findings found =
        GridFindings.of("theory before", points, List.of(more), new Measurements().value("told", 7))
            .table(GridFindings.table("loss", points));
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            a: value / discrete theory, furthest of 1 (learning rate 0.5, variance) | 1.03 | 0.002 | 1 | DISAGREES
            b: value / discrete theory, furthest of 1 (learning rate 0.25, momentum 0.9, training loss) | 1.01 | 0.001 | 1 | AGREES
            edge | 0.375 | 0 | 0.375 | AGREES
            told | 7 | - | - | -
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival theory before: DISAGREES
            a: value / theory before, furthest of 1 (learning rate 0.5, variance) | 2.06 | 0.004 | 1 | DISAGREES
            b: value / theory before, furthest of 1 (learning rate 0.25, momentum 0.9, training loss) | 1.01 | 0.001 | 1 | AGREES
            edge | 0.375 | 0 | 0 | DISAGREES
            rival the text's formula: DISAGREES
            a: value / the text's formula, furthest of 1 (learning rate 0.5, variance) | 1.0198 | 0.0019802 | 1 | INCONCLUSIVE
            b: value / the text's formula, furthest of 1 (learning rate 0.25, momentum 0.9, training loss) | 1.34667 | 0.00133333 | 1 | DISAGREES
            edge | 0.375 | 0 | 0.375 | AGREES
            """);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            learning_rate,momentum,batch,noise,loss,standard_error,theory_discrete,theory_continuous,theory_exact,panel,method,quantity,replicas,steps
            0.5,0.0,,white,1.03,0.002,1.01,0.5,1.0,a,sgd,variance,10,100
            0.25,0.9,20,mini-batch,2.02,0.002,1.5,2.0,2.0,b,momentum,training loss,12,200
            """);
  }
}
