package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void quantilesAreThoseOfTheTables() {
    assertThat(Quantiles.normal(0.975)).isCloseTo(1.959964, within(1e-6));
    assertThat(Quantiles.student(0.975, 1)).isCloseTo(12.706205, within(1e-5));
    assertThat(Quantiles.student(0.975, 3)).isCloseTo(3.182446, within(1e-6));
    assertThat(Quantiles.student(0.95, 99)).isCloseTo(1.660391, within(1e-6));
    assertThat(Quantiles.student(0.975, 1e9)).isCloseTo(1.959964, within(1e-6));
    assertThat(Quantiles.chiSquareTail(3.841459, 1)).isCloseTo(0.05, within(1e-7));
    assertThat(Quantiles.kolmogorov(0.95)).isCloseTo(1.358099, within(1e-6));
    assertThat(Quantiles.kolmogorov(0.99)).isCloseTo(1.627624, within(1e-6));
  }
}
