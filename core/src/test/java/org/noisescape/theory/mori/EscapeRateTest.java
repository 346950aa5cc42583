package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.theory.passage.FirstPassage;
import org.noisescape.theory.passage.Integral;

/** Rates (15) and (16) against exact mean first-passage times in one and two dimensions. */
class EscapeRateTest {
  /** L = 1 + g(x² − 1)²/4: curvatures 2g and −g, c = 1 + g/4. */
  private static final double G = 4;

  private static final double RATIO = 1 + G / 4;

  private static double loss(double x) {
    return 1 + G * (x * x - 1) * (x * x - 1) / 4;
  }

  private static double meanTime(double inverseTemperature, double barrier) {
    LogLandscape landscape = new LogLandscape(1 / (2 * G * inverseTemperature), 1, 2 * G);
    LogLandscapeDiffusion sgd =
        new LogLandscapeDiffusion(landscape, EscapeRateTest::loss, x -> G * x * (x * x - 1));
    Integral time = FirstPassage.meanTime(sgd.inTime(), Double.NEGATIVE_INFINITY, -1, barrier);
    assertThat(time.converged()).isTrue();
    return time.value();
  }

  @Test
  void oneDimensionalRateIsTheLimitOfTheExactMean() {
    double previous = Double.NaN;
    for (double inverse : new double[] {40, 80, 160, 320}) {
      double rate = EscapeRate.oneDimensional(2 * G, -G, RATIO, inverse);
      double correction = (rate * meanTime(inverse, 1) - 1) * inverse;
      assertThat(Math.abs(correction)).isLessThan(3);
      if (!Double.isNaN(previous)) {
        // first order in the temperature: the coefficient settles
        assertThat(correction).isCloseTo(previous, offset(0.2));
      }
      previous = correction;
    }
  }

  @Test
  void theSaddleItselfIsReachedInHalfTheTime() {
    double inverse = 320;
    assertThat(meanTime(inverse, 0) / meanTime(inverse, 1)).isCloseTo(0.5, offset(1e-6));
  }

  /** L = 1 + g(x² − 1)²/4 + ky²/2, isotropic noise, by finite volumes. */
  @ParameterizedTest
  @ValueSource(doubles = {16, 32})
  void twoDimensionalRateIsTheLimitOfTheExactMean(double inverse) {
    double k = 3;
    double exact = new TwoDimensionalPassage(x -> loss(x), k, inverse).meanTime();
    double rate = EscapeRate.general(new double[] {2 * G, k}, new double[] {-G, k}, RATIO, inverse);
    // c^{1/2} = 1.41 would be the error of a wrong dimension
    assertThat(rate * exact).isCloseTo(1, offset(3 / inverse));
  }

  @Test
  void generalRateBecomesTheSimplifiedOneAndThatTheOneOfOneDimension() {
    double simplified = EscapeRate.simplified(3, -2, 4, 2.5, 7);
    assertThat(EscapeRate.general(new double[] {3, 1, 5, 2}, new double[] {-2, 1, 5, 2}, 2.5, 7))
        .isCloseTo(simplified, offset(1e-15));
    assertThat(EscapeRate.simplified(3, -2, 1, 2.5, 7))
        .isEqualTo(EscapeRate.oneDimensional(3, -2, 2.5, 7));
    assertThat(EscapeRate.general(new double[] {3}, new double[] {-2}, 2.5, 7))
        .isCloseTo(EscapeRate.oneDimensional(3, -2, 2.5, 7), offset(1e-15));
    assertThat(EscapeRate.oneDimensional(3, -2, 1, 7))
        .isCloseTo(Math.sqrt(6) / (2 * Math.PI), offset(1e-15));
  }

  @Test
  void refusesWhatIsNoSaddle() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EscapeRate.general(new double[] {1, 1}, new double[] {1, 1}, 2, 5))
        .withMessageContaining("got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EscapeRate.general(new double[] {1, 1}, new double[] {-1, -1}, 2, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> EscapeRate.oneDimensional(1, 1, 2, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EscapeRate.oneDimensional(1, -1, 0.5, 5))
        .withMessageContaining("loss ratio");
  }

  /** The slope of (16) at large c, and SCIENCE's 8.9 and 5.8 at finite c. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10})
  void passageOutOfAParabolaHasTheSlopeOfTheRate(int dimension) {
    LogLandscape landscape = new LogLandscape(0.1, 1, 1);
    QuadraticPassage passage = new QuadraticPassage(dimension, 1, landscape.inverseTemperature());
    double expected = landscape.passageSlope(dimension);
    double far = slope(passage, 1e4, 2e4);
    assertThat(far).isCloseTo(expected, offset(2e-3));
    double near = slope(passage, 1.2, 1.3);
    assertThat(near).isLessThan(expected - 0.3);
  }

  private static double slope(QuadraticPassage passage, double from, double to) {
    Integral first = passage.meanTime(from);
    Integral second = passage.meanTime(to);
    assertThat(first.converged() && second.converged()).isTrue();
    return (second.logValue() - first.logValue()) / Math.log(to / from);
  }

  @Test
  void passageOutOfAParabolaIsThatOfTheDiffusionInOneDimension() {
    LogLandscape landscape = new LogLandscape(0.4, 2, 1.5);
    LogLandscapeDiffusion sgd =
        new LogLandscapeDiffusion(landscape, w -> 0.2 + 0.75 * w * w, w -> 1.5 * w);
    double right = Math.sqrt(2 * 0.2 / 1.5 * (3.0 - 1));
    double exact = FirstPassage.meanTime(sgd.inTime(), 0, 0, right).value();
    double radial =
        new QuadraticPassage(1, 1.5, landscape.inverseTemperature()).meanTime(3).value();
    assertThat(radial / exact).isCloseTo(1, offset(1e-9));
  }
}
