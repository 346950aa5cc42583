package org.noisescape.dynamics.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.ExponentialTail;

/** Values of landscapes by their formulas. */
class LandscapesByHandTest {
  @Test
  void powersNeedNotBeHalfIntegers() {
    PowerWell well = new PowerWell(2, 2.25, 2.6);
    assertThat(well.value(0.5))
        .isCloseTo(2 * Math.pow(0.5, 2.25) * Math.pow(1.5, 2.6), within(1e-14));
    assertThat(new PowerWell(2, 2.5, 3).value(0.5))
        .isCloseTo(2 * Math.pow(0.5, 2.5) * Math.pow(1.5, 3), within(1e-14));
  }

  @Test
  void aRegressionCostsHalfTheMeanSquareAtZero() {
    LinearRegression data = new LinearRegression(1, new double[] {1, 2}, new double[] {3, 4});
    assertThat(data.value(new double[1])).isCloseTo((9 + 16) / 4.0, within(1e-15));
  }

  @Test
  void theEntryThatIsNotSymmetricIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Quadratic(new double[] {1, 2, 3, 2, 1, 4, 3, 5, 1}))
        .withMessageEndingWith("got K[2][1] = 5.0, K[1][2] = 4.0");
    assertThat(new Quadratic(new double[] {1, 2, 3, 2, 1, 4, 3, 4, 1}).dimension()).isEqualTo(3);
  }

  /** Half the variance of 10,000 displacements, to 5 of its errors of 1.4 %. */
  @Test
  void displacementsHaveTheirVariance() {
    DisplacedCopies copies = DisplacedCopies.normal(Separable.of(new Parabola(1, 0)), 10_000, 4, 3);
    assertThat(copies.slice(0).value(0)).isCloseTo(2, within(0.14));
    assertThat(DisplacedCopies.normal(Separable.of(new Parabola(1, 0)), 1, 4, 3).samples()).isOne();
  }

  @Test
  void aTailFallsFromItsDelayOn() {
    ExponentialTail tail = new ExponentialTail(0.5, 2, 0.1, 20, 30, 0.5, true);
    assertThat(tail.at(1.5)).isCloseTo(Math.exp(-2), within(1e-15));
  }
}
