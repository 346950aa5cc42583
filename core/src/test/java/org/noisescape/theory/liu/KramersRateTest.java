package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KramersRateTest {
  private static final KramersRate WELL = new KramersRate(0.25, 2, -1, 0.5, 10);

  @Test
  void discreteRateReducesToTheContinuousOneForFlatMinima() {
    double rate = 0.3;
    double last = Double.POSITIVE_INFINITY;
    for (double factor : new double[] {1e-1, 1e-2, 1e-3}) {
      KramersRate flat = WELL.scaled(factor);
      double gap = Math.abs(flat.discrete(rate) / flat.continuous(rate) - 1);
      assertThat(gap).isLessThan(0.2 * last);
      last = gap;
    }
    assertThat(last).isLessThan(5e-3);
  }

  @Test
  void continuousRateOverCurvatureDoesNotSeeTheScaleOfTheLoss() {
    for (double factor : new double[] {0.1, 1, 3}) {
      assertThat(WELL.scaled(factor).continuous(0.3) / factor)
          .isCloseTo(WELL.continuous(0.3), within(1e-15));
    }
    assertThat(WELL.scaled(3).discrete(0.3) / 3).isGreaterThan(WELL.discrete(0.3));
  }

  @Test
  void ratesAreThePrintedExpressions() {
    // by hand at λ = 0.5: 2SΔL/λ = 10, 2 − λk_a = 1
    assertThat(WELL.continuous(0.5))
        .isCloseTo(Math.exp(-10 * (0.25 + 0.5)) / (2 * Math.PI), within(1e-17));
    double inside = 0.9746526813225318; // erf(√2.5)
    assertThat(WELL.discrete(0.5))
        .isCloseTo(
            Math.sqrt(2) * inside * Math.exp(-10 * (0.125 + 0.5)) / (2 * Math.PI), within(1e-15));
  }

  @Test
  void argumentsOutsideTheDomainAreNamed() {
    assertThatThrownBy(() -> WELL.discrete(1)).hasMessageContaining("2(1+mu)/k* = 1");
    assertThatThrownBy(() -> WELL.continuous(0)).hasMessageContaining("learning rate");
    assertThatThrownBy(() -> new KramersRate(0, 1, -1, 0.5, 1)).hasMessageContaining("barrier");
    assertThatThrownBy(() -> new KramersRate(1, 0, -1, 0.5, 1)).hasMessageContaining("minimum");
    assertThatThrownBy(() -> new KramersRate(1, 1, 1, 0.5, 1)).hasMessageContaining("top");
    assertThatThrownBy(() -> new KramersRate(1, 1, -1, 2, 1)).hasMessageContaining("midpoint");
    assertThatThrownBy(() -> new KramersRate(1, 1, -1, 0.5, 0)).hasMessageContaining("batch");
  }
}
