package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Shares by Wilson's formula, lines through points of known error. */
class ShareAndLineTest {
  @Test
  void intervalSolvesWilsonsEquation() {
    // its ends p satisfy |p̂ − p| = z √(p(1 − p)/n), the score test
    for (int k : new int[] {0, 1, 7, 19, 20}) {
      Share share = new Share(k, 20);
      for (double p : new double[] {share.lower(1.96), share.upper(1.96)}) {
        assertThat(Math.abs(share.value() - p))
            .isCloseTo(1.96 * Math.sqrt(Math.max(0, p * (1 - p)) / 20), within(1e-12));
      }
      assertThat(share.lower(1.96)).isBetween(-1e-15, share.value() + 1e-15);
      assertThat(share.upper(1.96)).isBetween(share.value() - 1e-15, 1 + 1e-15);
      assertThat(share.standardError()).isPositive();
    }
    PointEstimate difference = new Share(30, 100).estimate().minus(new Share(10, 50).estimate());
    assertThat(difference.value()).isCloseTo(0.1, within(1e-15));
    assertThat(difference.standardError())
        .isCloseTo(
            Math.hypot(new Share(30, 100).standardError(), new Share(10, 50).standardError()),
            within(1e-15));
    assertThat(difference.degreesOfFreedom()).isEqualTo(49);
    assertThatIllegalArgumentException().isThrownBy(() -> new Share(3, 2));
  }

  @Test
  void lineThroughExactPointsIsThatLine() {
    double[] x = {0, 1, 3, 7};
    double[] y = {2, 1.5, 0.5, -1.5};
    WeightedLine line = WeightedLine.of(x, y, new double[] {0.1, 1, 0.3, 2});
    assertThat(line.slope()).isCloseTo(-0.5, within(1e-14));
    assertThat(line.intercept()).isCloseTo(2, within(1e-14));
    assertThat(line.chiSquare()).isCloseTo(0, within(1e-24));
    assertThat(line.at(2)).isCloseTo(1, within(1e-14));
  }

  @Test
  void errorsOfALineArePropagatedFromItsPoints() {
    // with two points the slope is their quotient, and the intercept the first of them
    WeightedLine line =
        WeightedLine.of(new double[] {0, 2}, new double[] {1, 5}, new double[] {0.3, 0.4});
    assertThat(line.slope()).isCloseTo(2, within(1e-14));
    assertThat(line.slopeError()).isCloseTo(0.25, within(1e-14));
    assertThat(line.interceptError()).isCloseTo(0.3, within(1e-14));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightedLine.of(new double[2], new double[2], new double[] {1, 0}))
        .withMessageContaining("the error of point 1 must be > 0, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightedLine.of(new double[2], new double[2], new double[] {1, 1}))
        .withMessageContaining("two different x");
  }
}
