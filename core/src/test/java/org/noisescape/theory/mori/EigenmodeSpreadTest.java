package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class EigenmodeSpreadTest {
  private static final EigenmodeSpread SPREAD = new EigenmodeSpread(0.05, 8, 0.3);

  /** The recursion of the second moment, step by step. */
  private static double recursion(double eigenvalue, int steps) {
    double moment = 0;
    for (int k = 0; k < steps; k++) {
      double kept = 1 - 0.05 * eigenvalue;
      moment = kept * kept * moment + 0.05 * 0.05 * 2 * 0.3 * eigenvalue / 8;
    }
    return moment;
  }

  @Test
  void theVarianceIsThatOfTheRecursion() {
    for (double eigenvalue : new double[] {0, 1e-6, 0.01, 1, 15, 21, 35}) {
      for (int steps : new int[] {1, 10, 1000}) {
        double expected = recursion(eigenvalue, steps);
        assertThat(SPREAD.variance(eigenvalue, steps))
            .isCloseTo(expected, within(1e-12 * Math.abs(expected) + 1e-18));
      }
    }
  }

  @Test
  void stationaryEveryDirectionIsAlikeAndFlatOnesAreFrozen() {
    assertThat(SPREAD.stationary()).isCloseTo(0.05 * 0.3 / 8, within(1e-18));
    for (double eigenvalue : new double[] {0.05, 0.2}) {
      assertThat(SPREAD.variance(eigenvalue, 100_000))
          .isCloseTo(SPREAD.stationary(), withPercentage(1));
    }
    assertThat(SPREAD.variance(1e-5, 1000))
        .isCloseTo(2 * 0.05 * 0.05 * 0.3 * 1e-5 * 1000 / 8, withPercentage(0.1));
    assertThat(SPREAD.variance(40, 10)).isInfinite();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SPREAD.variance(-0.2, 10))
        .withMessageContaining("eigenvalue");
  }
}
