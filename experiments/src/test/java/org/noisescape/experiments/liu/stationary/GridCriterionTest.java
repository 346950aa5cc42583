package org.noisescape.experiments.liu.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.liu.stationary.StationaryPoints.point;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.frame.NamedMeasurement;

class GridCriterionTest {
  @Test
  void exactTheoryIsJudgedWithinTwoPercentAndThreeErrors() {
    assertThat(GridCriterion.onTheory(point(1.04, 0.01, 1, 1, 1))).isEqualTo(Verdict.AGREES);
    assertThat(GridCriterion.onTheory(point(1.06, 0.01, 1, 1, 1))).isEqualTo(Verdict.DISAGREES);
    assertThat(GridCriterion.onTheory(point(0.94, 0.01, 1, 1, 1))).isEqualTo(Verdict.DISAGREES);
    assertThat(GridCriterion.onTheory(point(1, 0.03, 1, 1, 1))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(GridCriterion.onTheory(point(1, Double.NaN, 1, 1, 1)))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(GridCriterion.onTheory(point(Double.NaN, Double.NaN, 1, 1, 1)))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(GridCriterion.onTheory(point(-2.02, 0.01, -2, 1, 1))).isEqualTo(Verdict.AGREES);
  }

  @Test
  void continuousTheoryIsJudgedOnlyWhereItShouldBeOff() {
    GridPoint near = point(1, 0.01, 1, 1, 0.9);
    GridPoint off = point(1, 0.01, 1, 1, 0.5);
    assertThat(GridCriterion.continuousOff(List.of(near))).isEmpty();
    assertThat(GridCriterion.continuousOff(List.of(near, off))).contains(Verdict.AGREES);
    // a value on the continuous theory
    assertThat(GridCriterion.continuousOff(List.of(point(0.5, 0.01, 1, 1, 0.5))))
        .contains(Verdict.DISAGREES);
    // not told apart
    assertThat(GridCriterion.continuousOff(List.of(point(0.7, 0.05, 1, 1, 0.5))))
        .contains(Verdict.INCONCLUSIVE);
  }

  @Test
  void textIsJudgedWhereTheExactNoiseDiffersByATenth() {
    assertThat(GridCriterion.textOff(List.of(point(1, 0.01, 1, 0.95, 1)))).isEmpty();
    assertThat(GridCriterion.textOff(List.of(point(1, 0.01, 1, 0.8, 1)))).contains(Verdict.AGREES);
    assertThat(GridCriterion.textOff(List.of(point(0.81, 0.01, 1, 0.8, 1))))
        .contains(Verdict.DISAGREES);
  }

  @Test
  void pointsWithoutATheoryAreNotJudged() {
    List<GridPoint> points =
        List.of(point(1, 0.01, 1, 1, 1), point(5, 0.01, Double.NaN, Double.NaN, Double.NaN));
    assertThat(GridCriterion.exact(points)).isEqualTo(Verdict.AGREES);
    List<NamedMeasurement> all = GridFindings.numbers("continuous theory", points).list();
    assertThat(all).hasSize(1);
    assertThat(all.getFirst().name()).contains("furthest of 1");
    assertThat(all.getFirst().verdict()).isEqualTo(Optional.of(Verdict.AGREES));
  }

  @Test
  void worstPointIsReportedAndADivergedOneIsWorst() {
    List<NamedMeasurement> all =
        GridFindings.numbers(
                "continuous theory",
                List.of(
                    point(1.01, 0.001, 1, 1, 1),
                    point(Double.NaN, Double.NaN, 1, 1, 1),
                    point(1.5, 0.001, 1, 1, 1)))
            .list();
    assertThat(all.getFirst().verdict()).contains(Verdict.DISAGREES);
    assertThat(all.getFirst().value()).isNaN();
  }

  @Test
  void criterionNamesItsNumbers() {
    assertThat(GridCriterion.text("continuous theory"))
        .contains("<= 0.02 + 3 SE")
        .contains("by 0.25 or more")
        .contains("by 0.1 or more")
        .contains("more than 5 SE");
  }

  @Test
  void everyNumberAndCellIsThatOfItsPoint() {
    List<GridPoint> points =
        List.of(
            new GridPoint(
                new StationaryCase.Label("a", "white", "sgd", 0.5, 0, 0, 0.6),
                "variance",
                1.03,
                0.01,
                1,
                1.02,
                0.5,
                10,
                100),
            new GridPoint(
                new StationaryCase.Label("b", "mini-batch", "momentum", 0.25, 0.9, 20, 0.7),
                "training loss",
                2.04,
                0.02,
                2,
                1.5,
                1.9,
                12,
                200));
    Findings found =
        Findings.of(GridFindings.numbers("theory before", points))
            .table(GridFindings.table("loss", points));
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            a: value / discrete theory, furthest of 1 (learning rate 0.5, variance) | 1.03 | 0.01 | 1 | AGREES
            a: value / theory before (learning rate 0.5, variance) | 2.06 | 0.02 | 2 | AGREES
            b: value / discrete theory, furthest of 1 (learning rate 0.25, momentum 0.9, training loss) | 1.02 | 0.01 | 1 | AGREES
            b: value / the text's formula (learning rate 0.25, momentum 0.9, training loss) | 1.36 | 0.0133333 | 1.33333 | AGREES
            """);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            learning_rate,momentum,batch,noise,loss,standard_error,theory_discrete,theory_continuous,theory_exact,panel,method,quantity,replicas,steps
            0.5,0.0,,white,1.03,0.01,1.02,0.5,1.0,a,sgd,variance,10,100
            0.25,0.9,20,mini-batch,2.04,0.02,1.5,1.9,2.0,b,momentum,training loss,12,200
            """);
  }
}
