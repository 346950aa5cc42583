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

  /** n = 10.4 of 50; two seeds are nearly alike. */
  @Test
  void structureHasThreeParts() {
    double[] good = new double[50];
    Arrays.fill(good, 0, 10, 1);
    Arrays.fill(good, 10, 50, 0.005);
    double[] flat = new double[50];
    Arrays.setAll(flat, i -> 1 - 0.01 * i);
    double[] steep = new double[50];
    Arrays.setAll(steep, i -> Math.pow(0.1, i));

    assertThat(verdicts(good, 1.05))
        .containsExactly(Verdict.AGREES, Verdict.AGREES, Verdict.AGREES);
    assertThat(verdicts(good, 1.11))
        .containsExactly(Verdict.AGREES, Verdict.AGREES, Verdict.DISAGREES);
    assertThat(verdicts(flat, 1))
        .containsExactly(Verdict.DISAGREES, Verdict.DISAGREES, Verdict.AGREES);
    // n = 1.22: a single outlier
    assertThat(verdicts(steep, 1))
        .containsExactly(Verdict.DISAGREES, Verdict.AGREES, Verdict.AGREES);
    assertThat(HessianCriterion.structure(List.of(point(good, 1))).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static List<Verdict> verdicts(double[] values, double hessian) {
    double[] near = values.clone();
    near[0] *= 1 + 1e-6;
    return HessianCriterion.structure(
            List.of(point(values, hessian), point(near, (1 - 1e-6) * hessian)))
        .list()
        .stream()
        .map(m -> m.verdict().orElseThrow())
        .toList();
  }

  /** (Σ 1/i)²/Σ 1/i² of four is (25/12)²/(205/144). */
  @Test
  void rivalsHaveTheDimensionOfTheirSpectra() {
    assertThat(HessianRival.ISOTROPIC.dimension(7)).isCloseTo(7, within(1e-12));
    assertThat(HessianRival.HARMONIC.dimension(4)).isCloseTo(625.0 / 205, within(1e-12));
    // that of 7,861 eigenvalues would have passed for "at most a hundredth of P"
    assertThat(HessianRival.HARMONIC.dimension(7861)).isBetween(50.0, 60.0);
  }

  /** s = 10, R = 4: s √(1 + 1/R) = 11.2, t = 3.18, tolerance 9.56. */
  @Test
  void numberOfTheTextIsKnownNoBetterThanAnotherSeed() {
    assertThat(value(95.6, 10, 4)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(value(95.6 + 45, 10, 4)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(value(95.6 + 46, 10, 4)).isEqualTo(Verdict.DISAGREES);
    assertThat(value(95.6, 2, 4)).isEqualTo(Verdict.AGREES);
    assertThat(value(95.6, Double.NaN, 1)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Verdict value(double mean, double deviation, int seeds) {
    return HessianCriterion.value(95.6)
        .judge(HessianCriterion.prediction(new SeedMean(mean, deviation, seeds)))
        .verdict();
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
