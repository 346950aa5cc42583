package org.noisescape.experiments.mori.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.mori.HessianPoint;

class HessianCriterionTest {
  @Test
  void effectiveDimensionOfEqualEigenvaluesIsTheirNumber() {
    double[] values = new double[50];
    Arrays.fill(values, 0, 7, 3);

    HessianPoint point = point(values, 3);

    assertThat(point.effectiveDimension()).isCloseTo(7, within(1e-12));
    assertThat(point.median()).isZero();
    assertThat(point(new double[] {9, 4, 2, 1}, 9).median()).isEqualTo(3);
  }

  @Test
  void structureHasThreeParts() {
    double[] good = new double[50];
    Arrays.setAll(good, i -> Math.pow(0.1, i));

    HessianPoint point = point(good, 1.05);

    // n = 1.22 of 100 parameters is above P/100
    assertThat(HessianCriterion.fewOutliers(List.of(point))).isEqualTo(Verdict.DISAGREES);
    assertThat(HessianCriterion.standOut(List.of(point))).isEqualTo(Verdict.AGREES);
    assertThat(HessianCriterion.hessian(List.of(point))).isEqualTo(Verdict.AGREES);
    assertThat(HessianCriterion.hessian(List.of(point(good, 1.11)))).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void numberOfTheTextLiesWithinItsPredictionByTheSeeds() {
    // s = 10, R = 4: 2 s sqrt(1.25) = 22.4, tolerance 9.56
    SeedMean ours = new SeedMean(95.6 + 31.8, 10, 4);
    assertThat(HessianCriterion.value(ours, 95.6)).isEqualTo(Verdict.AGREES);
    assertThat(HessianCriterion.value(new SeedMean(95.6 + 32, 10, 4), 95.6))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(HessianCriterion.value(new SeedMean(95.6, 33, 4), 95.6))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(HessianCriterion.value(SeedMean.of(95.6), 95.6)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void quickDoesNotJudgeTheNumbersOfTheText() {
    assertThat(HessianCriterion.text(Preset.QUICK)).contains("not judged at this size");
    assertThat(HessianCriterion.text(Preset.STANDARD)).contains("95.6").contains("sqrt(1 + 1/R)");
  }

  private static HessianPoint point(double[] values, double hessian) {
    return new HessianPoint(
        0,
        100,
        0.03,
        1e-4,
        0.99,
        values,
        1e-12,
        new double[] {hessian},
        new double[] {1e-9},
        true,
        30);
  }
}
