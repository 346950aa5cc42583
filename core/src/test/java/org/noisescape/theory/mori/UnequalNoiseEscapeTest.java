package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The factor of noise that is not isotropic, against finite volumes and closed limits. */
class UnequalNoiseEscapeTest {
  /** L = L* + S/8, S = (1 − x²)², beyond −1 a parabola: h_e = 1, h_eˢ = −½. */
  private record Well(double c, double minimum, double saddle) {
    double lowest() {
      return 1 / (8 * (c - 1));
    }

    double profile(double x) {
      double shape = x < -1 ? 4 * (x + 1) * (x + 1) : (1 - x * x) * (1 - x * x);
      return lowest() + shape / 8;
    }

    double k(double x) {
      return x < -1 ? minimum : minimum + (saddle - minimum) * (1 - x * x) * (1 - x * x);
    }

    double logSlope(double x) {
      return -x * (1 - x * x) / 2 / profile(x);
    }

    double kappa(double x) {
      return k(x) / profile(x);
    }

    double logFactor(double ratio) {
      double step = 1e-5;
      DoubleUnaryOperator slope = x -> (kappa(x + step) - kappa(x - step)) / (2 * step);
      return new UnequalNoiseEscape(this::logSlope, -1, 0).logFactor(this::kappa, slope, ratio);
    }

    /** ln of the exact rate over (16), finite volumes. */
    double exact(double inverse, double ratio) {
      double narrow = Math.min(minimum, saddle);
      double top = 7 * Math.sqrt(ratio / inverse * lowest() * c / narrow);
      double time =
          new TwoDimensionalPassage(this::profile, this::k, 1 / inverse, ratio / inverse, top)
              .meanTime();
      double[] low = {1, minimum};
      double[] high = {-0.5, saddle};
      return -Math.log(time * EscapeRate.general(low, high, c, inverse));
    }
  }

  /** The first order in T by two temperatures; the cells leave about 0.01. */
  @ParameterizedTest
  @CsvSource({
    "2, 3, 3, 3, 0.75",
    "2, 0.25, 0.25, 0.25, -0.27",
    "3, 2, 2, 2, 0.63",
    "3, 0.25, 0.25, 0.25, -0.44",
    "2, 0.25, 0.75, 0.25, 0.15",
    "2, 1, 2, 1, 0"
  })
  void isTheLimitOfTheExactMeanTime(
      double c, double minimum, double saddle, double ratio, double rounded) {
    Well well = new Well(c, minimum, saddle);
    double factor = well.logFactor(ratio);
    assertThat(factor).isCloseTo(rounded, offset(0.01));
    double limit = 2 * well.exact(24, ratio) - well.exact(12, ratio);
    assertThat(limit).isCloseTo(factor, offset(0.03));
  }

  /** k ∝ L: nothing along the path changes what y does. */
  @ParameterizedTest
  @CsvSource({"2, 0.3, 5", "3, 1, 0.2"})
  void doesNothingWhereTheCurvatureOfLogLStaysOrTheNoiseIsIsotropic(
      double c, double minimum, double ratio) {
    assertThat(new Well(c, minimum, c * minimum).logFactor(ratio)).isCloseTo(0, offset(1e-6));
    assertThat(new Well(c, minimum, 4 * minimum).logFactor(1)).isCloseTo(0, offset(1e-6));
  }

  /** Fast axes follow at once, c^{(r − 1)/2}; slow ones move at the saddle only. */
  @ParameterizedTest
  @CsvSource({"100, 0.5", "100, 2.5", "0.0005, 0.5", "0.0005, 1.3"})
  void fastAndSlowAxesHaveTheirLimits(double curvature, double ratio) {
    double c = 2.5;
    double factor = new Well(c, curvature, curvature).logFactor(ratio);
    double limit =
        curvature > 1 ? (ratio - 1) / 2 * Math.log(c) : -Math.log(c - ratio * (c - 1)) / 2;
    assertThat(factor).isCloseTo(limit, offset(0.02));
  }

  /** Much noise on an axis that does not hold: the escape leaves the straight path. */
  @Test
  void hasNoValueWhereTheStraightPathIsNotTheOptimalOne() {
    assertThat(new Well(6, 0.5, 0.5).logFactor(8)).isNaN();
    assertThatIllegalArgumentException().isThrownBy(() -> new UnequalNoiseEscape(x -> 1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Well(2, 1, 1).logFactor(-1));
  }
}
