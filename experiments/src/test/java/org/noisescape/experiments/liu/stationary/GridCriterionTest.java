package org.noisescape.experiments.liu.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.liu.stationary.StationaryPoints.point;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
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
    List<NamedMeasurement> all = new ArrayList<>();
    StationaryExperiment.judge("panel", "continuous theory", points, all);
    assertThat(all).hasSize(1);
    assertThat(all.getFirst().name()).contains("furthest of 1");
    assertThat(all.getFirst().verdict()).isEqualTo(Optional.of(Verdict.AGREES));
  }

  @Test
  void worstPointIsReportedAndADivergedOneIsWorst() {
    List<NamedMeasurement> all = new ArrayList<>();
    StationaryExperiment.judge(
        "panel",
        "continuous theory",
        List.of(
            point(1.01, 0.001, 1, 1, 1),
            point(Double.NaN, Double.NaN, 1, 1, 1),
            point(1.5, 0.001, 1, 1, 1)),
        all);
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
}
