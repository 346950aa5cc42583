package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** The closed form against averages over input and label on a grid. */
class RegressionCumulantsTest {
  private static final RegressionCumulants LAW = new RegressionCumulants(1.5, 0.8, 0.6);

  /** Of x ~ N(0, 1.5) and ε ~ N(0, .8), by the trapezoidal rule. */
  private static double average(DoubleBinaryOperator f) {
    double sum = 0;
    double step = 0.02;
    for (double u = -16; u <= 16; u += step) {
      for (double v = -16; v <= 16; v += step) {
        double weight = Math.exp(-0.5 * (u * u + v * v)) / (2 * Math.PI) * step * step;
        sum += weight * f.applyAsDouble(u * Math.sqrt(1.5), v * Math.sqrt(0.8));
      }
    }
    return sum;
  }

  private static double gradient(double x, double label) {
    return x * (x * 0.6 - label);
  }

  @Test
  void theGeneratingFunctionIsTheAverage() {
    for (double s : new double[] {-0.3, 0.4, 1, 1.5}) {
      double expected = Math.log(average((x, e) -> Math.exp(-s * gradient(x, e))));
      assertThat(LAW.generating(s)).isCloseTo(expected, within(1e-6));
    }
    assertThat(LAW.generating(3)).isInfinite();
  }

  @Test
  void meanAndVarianceAreTheAverages() {
    double mean = average(RegressionCumulantsTest::gradient);
    assertThat(LAW.mean()).isCloseTo(mean, within(1e-8));
    double square = average((x, e) -> Math.pow(gradient(x, e), 2));
    assertThat(LAW.variance()).isCloseTo(square - mean * mean, within(1e-8));
  }

  @Test
  void theRootIsApartFromTheGaussianOneByTheLoss() {
    assertThat(LAW.generating(LAW.root())).isCloseTo(0, within(1e-14));
    double c = 1 + 1.5 * 0.36 / 0.8;
    double gaussian = 2 * LAW.mean() / LAW.variance();
    assertThat(RegressionCumulants.rootOverGaussian(c))
        .isCloseTo(LAW.root() / gaussian, within(1e-12));
  }

  /** h = 3, L* = .5, c = 1.7: the gradient at the height, and the noise of Eq. 6 there. */
  @Test
  void theTiltIsThatOfTheNoiseOfTheText() {
    double c = 1.7;
    double theta = Math.sqrt(2 * (c - 1) * 0.5 / 3);
    double variance = 2 * c * 0.5 * 3;
    double s = 2 * 3 * theta / variance;
    assertThat(RegressionCumulants.tilt(c)).isCloseTo(s * Math.sqrt(variance), within(1e-12));
    assertThat(RegressionCumulants.lossRatio(RegressionCumulants.tilt(c)))
        .isCloseTo(c, within(1e-12));
    assertThat(RegressionCumulants.lossRatio(2)).isInfinite();
  }
}
