package org.noisescape.theory.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mean first-passage times against closed forms; the quadrature promises 1e-10. */
class FirstPassageTest {
  private static final double PROMISED = 1e-9;
  private static final double NATURAL = Double.NEGATIVE_INFINITY;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1.9})
  void brownianMotionTakesTheSquareOfTheDistance(double start) {
    Diffusion brownian = Diffusion.additive(w -> 0, 0.7);
    isClose(FirstPassage.meanTime(brownian, 0, start, 2), (4 - start * start) / 0.7);
  }

  @Test
  void driftedMotionHasItsClosedForm() {
    double v = 3;
    double d = 0.5;
    Diffusion drifted = Diffusion.additive(w -> -v, d);
    double x = 0.2;
    double b = 1.5;
    double exact =
        (b - x) / v - d / (2 * v * v) * (Math.exp(-2 * v * x / d) - Math.exp(-2 * v * b / d));
    isClose(FirstPassage.meanTime(drifted, 0, x, b), exact);
    double splitting = Math.expm1(-2 * v * (x + 1) / d) / Math.expm1(-2 * v * (b + 1) / d);
    isClose(FirstPassage.splitting(drifted, -1, x, b), splitting);
  }

  /** Ricciardi and Sato (1988): series of the mean for dz = −hz dt + √(2h) dB. */
  @ParameterizedTest
  @ValueSource(doubles = {-1.5, 0, 1})
  void ornsteinUhlenbeckMeanIsItsSeries(double start) {
    double h = 1.7;
    double b = 2.5;
    double sum = 0;
    for (int n = 1; n < 150; n++) {
      double log = n * Math.log(2) / 2 - Gamma.logGamma(n + 1) + Gamma.logGamma(n / 2.0);
      sum += Math.exp(log) * (Math.pow(b, n) - Math.pow(start, n));
    }
    Diffusion process = Diffusion.additive(z -> h * z, 2 * h);
    isClose(FirstPassage.meanTime(process, NATURAL, start, b), sum / (2 * h));
  }

  @Test
  void doubleWellTendsToKramers() {
    // L = (w² − 1)²/4: L″ = 2 and −1, barrier 1/4; next order is linear in the temperature D/2
    double previous = Double.NaN;
    for (double temperature : new double[] {0.02, 0.01, 0.005}) {
      double ratio = Math.exp(doubleWell(temperature).logValue() - kramers(temperature));
      double correction = (ratio - 1) / temperature;
      assertThat(ratio).isCloseTo(1, offset(5 * temperature));
      if (!Double.isNaN(previous)) {
        assertThat(correction / previous).isCloseTo(1, offset(0.1));
      }
      previous = correction;
    }
  }

  @Test
  void barriersOfAThousandTemperaturesDoNotOverflow() {
    double temperature = 0.25 / 1000;
    Integral time = doubleWell(temperature);
    assertThat(time.converged()).isTrue();
    assertThat(time.value()).isInfinite();
    assertThat(time.logValue()).isCloseTo(kramers(temperature), offset(5 * temperature));
  }

  /** From the bottom of a well to the top of its barrier: half the time to the other side. */
  @Test
  void endsOnTopOfABarrierDoNotOverflow() {
    double temperature = 0.25 / 1000;
    Diffusion well = Diffusion.additive(w -> w * (w * w - 1), 2 * temperature);
    Integral time = FirstPassage.meanTime(well, NATURAL, -1, 0);
    assertThat(time.converged()).isTrue();
    assertThat(time.logValue())
        .isCloseTo(doubleWell(temperature).logValue() - Math.log(2), offset(5 * temperature));
  }

  private static Integral doubleWell(double temperature) {
    Diffusion well = Diffusion.additive(w -> w * (w * w - 1), 2 * temperature);
    return FirstPassage.meanTime(well, NATURAL, -1, 1);
  }

  private static double kramers(double temperature) {
    return Math.log(2 * Math.PI / Math.sqrt(2)) + 0.25 / temperature;
  }

  @Test
  void klimontovichIsItoWithTheDriftOfTheNoise() {
    double h = 1;
    double sigma = 0.4;
    double rho = 0.6;
    Diffusion klimontovich =
        new Diffusion(w -> h * w, w -> sigma + rho * w * w, Interpretation.HANGGI_KLIMONTOVICH);
    Diffusion ito =
        new Diffusion(w -> h * w - rho * w, w -> sigma + rho * w * w, Interpretation.ITO);
    double expected = FirstPassage.meanTime(ito, NATURAL, 0.1, 3).value();
    isClose(FirstPassage.meanTime(klimontovich, NATURAL, 0.1, 3), expected);
    isClose(
        FirstPassage.splitting(klimontovich, -2, 0.1, 3),
        FirstPassage.splitting(ito, -2, 0.1, 3).value());
  }

  /** |B| in d dimensions is a Bessel process: E T = R²/d from the centre. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void besselProcessLeavesABall(int dimension) {
    ScaleAndSpeed bessel =
        new ScaleAndSpeed(
            r -> (1 - dimension) * Math.log(r), r -> (dimension - 1) * Math.log(r) + Math.log(2));
    isClose(FirstPassage.meanTime(bessel, 0, 0, 1.7), 1.7 * 1.7 / dimension);
  }

  @Test
  void leftEndIsFeltAndThenForgotten() {
    Diffusion process = Diffusion.additive(w -> w, 2);
    double natural = FirstPassage.meanTime(process, NATURAL, 0, 2).value();
    assertThat(FirstPassage.meanTime(process, -1, 0, 2).value()).isLessThan(0.9 * natural);
    isClose(FirstPassage.meanTime(process, -12, 0, 2), natural);
  }

  @Test
  void withoutAStationaryStateTheMeanIsInfiniteAndNotConverged() {
    Integral time = FirstPassage.meanTime(Diffusion.additive(w -> 0, 1), NATURAL, 0, 1);
    assertThat(time.value()).isInfinite();
    assertThat(time.converged()).isFalse();
  }

  @Test
  void nanOfTheDriftIsNotSwallowed() {
    Diffusion broken = Diffusion.additive(w -> w > 0.5 ? Double.NaN : w, 1);
    Integral time = FirstPassage.meanTime(broken, -1, 0, 1);
    assertThat(time.value()).isNaN();
    assertThat(time.converged()).isFalse();
  }

  @Test
  void refusesWhatHasNoMeaning() {
    Diffusion process = Diffusion.additive(w -> w, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FirstPassage.meanTime(process, 0, 2, 1))
        .withMessageContaining("start = 2.0, right = 1.0");
    Diffusion noiseless = new Diffusion(w -> w, w -> 1 - w, Interpretation.ITO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FirstPassage.meanTime(noiseless, 0, 0, 2))
        .withMessageContaining("variance of the noise must be > 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FirstPassage.splitting(process, NATURAL, 0, 1));
  }

  private static void isClose(Integral integral, double expected) {
    assertThat(integral.converged()).isTrue();
    assertThat(integral.value() / expected).isCloseTo(1, offset(PROMISED));
    assertThat(integral.relativeError()).isLessThan(1e-10);
  }
}
