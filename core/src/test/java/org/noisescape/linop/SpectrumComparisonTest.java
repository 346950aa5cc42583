package org.noisescape.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpectrumComparisonTest {
  /** Rounding of log₁₀ of numbers up to 10³. */
  private static final double ROUNDING = 8 * Math.ulp(3.0);

  @Test
  void spectraThatDifferInTheSmallestOnlyAgreeAboveTheCut() {
    double[] a = {1e-9, 1, 100, 10};
    double[] b = {100, 10, 1, 1e-3, 0, -5};
    SpectrumComparison comparison = SpectrumComparison.of(a, b, 1e-4);
    assertThat(comparison.countA()).isEqualTo(3);
    assertThat(comparison.countB()).isEqualTo(3);
    assertThat(comparison.logRatios()).containsExactly(0, 0, 0);
    assertThat(comparison.largest()).isZero();
    assertThat(comparison.distance()).isZero();
    // with the small ones: 1e-9 against 1e-3
    assertThat(SpectrumComparison.of(a, b, 0).largest()).isCloseTo(6, within(ROUNDING));
  }

  @Test
  void aFactorShiftsEveryLogRatioByItsLogarithm() {
    double[] b = {1, 3, 10, 30, 100};
    double[] a = {10, 30, 100, 300, 1000};
    SpectrumComparison comparison = SpectrumComparison.of(a, b, 0);
    assertThat(comparison.logRatios())
        .containsExactly(new double[] {1, 1, 1, 1, 1}, within(ROUNDING));
    assertThat(comparison.median()).isCloseTo(1, within(ROUNDING));
    // above 100 there are two values of a and none of b, above 30 three and one
    assertThat(comparison.distance()).isEqualTo(2 / 5.0);
    assertThat(SpectrumComparison.of(b, a, 0).logRatios())
        .containsExactly(new double[] {-1, -1, -1, -1, -1}, within(ROUNDING));
    assertThat(SpectrumComparison.of(b, a, 0).distance()).isEqualTo(2 / 5.0);
  }

  @Test
  void largestAndMedianAreThoseOfTheSizes() {
    SpectrumComparison comparison =
        SpectrumComparison.of(new double[] {1000, 10, 1, 0.5}, new double[] {100, 100, 1, 0.5}, 0);
    assertThat(comparison.logRatios())
        .containsExactly(new double[] {1, -1, 0, 0}, within(ROUNDING));
    assertThat(comparison.largest()).isCloseTo(1, within(ROUNDING));
    assertThat(comparison.median()).isCloseTo(0.5, within(ROUNDING));
  }

  @Test
  void differentNumbersAboveTheCutShowInCountsAndDistance() {
    SpectrumComparison comparison =
        SpectrumComparison.of(new double[] {1, 1, 1, 1}, new double[] {1}, 0.5);
    assertThat(comparison.countA()).isEqualTo(4);
    assertThat(comparison.countB()).isEqualTo(1);
    assertThat(comparison.logRatios()).hasSize(1);
    assertThat(comparison.distance()).isEqualTo(3 / 4.0);
  }

  @Test
  void badSpectraAreNamed() {
    double[] good = {1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpectrumComparison.of(good, new double[] {2, Double.NaN}, 0))
        .withMessage("eigenvalue 1 of b must be finite, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpectrumComparison.of(new double[] {0}, good, 0))
        .withMessageContaining("must be positive, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpectrumComparison.of(new double[0], good, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> SpectrumComparison.of(good, good, 1));
  }
}
