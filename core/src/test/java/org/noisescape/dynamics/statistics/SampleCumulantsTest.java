package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

class SampleCumulantsTest {
  private static final int MANY = 200_000;

  /** Quantiles in the middle of equal shares: as good as the law but for its last share. */
  private static double[] quantiles(java.util.function.DoubleUnaryOperator inverse) {
    double[] values = new double[MANY];
    Arrays.setAll(values, i -> inverse.applyAsDouble((i + 0.5) / MANY));
    return values;
  }

  @Test
  void aNormalLawHasNoCumulantsBeyondTheSecond() {
    NormalDistribution law = new NormalDistribution(0.3, 2);
    SampleCumulants normal = new SampleCumulants(quantiles(law::inverseCumulativeProbability));

    assertThat(normal.mean()).isCloseTo(0.3, within(1e-9));
    assertThat(normal.variance()).isCloseTo(4, within(1e-3));
    assertThat(normal.skewness()).isCloseTo(0, within(1e-9));
    assertThat(normal.excessKurtosis()).isCloseTo(0, within(2e-3));
    for (double s : new double[] {-0.5, 0.1, 0.6}) {
      assertThat(normal.generating(s)).isCloseTo(normal.gaussian(s), within(1e-3));
      // ½ s² 4 − .3 s
      assertThat(normal.gaussian(s)).isCloseTo(2 * s * s - 0.3 * s, within(1e-3));
    }
    assertThat(normal.evenRatio(1)).isCloseTo(1, within(1e-3));
    assertThat(normal.root()).isCloseTo(2 * 0.3 / 4, within(1e-3));
  }

  /** A gamma law of shape k and scale b: κ_n = k (n − 1)! bⁿ, Λ(s) = −k log(1 + bs). */
  @Test
  void aSkewedLawHasItsOwn() {
    GammaDistribution law = new GammaDistribution(3, 0.5);
    SampleCumulants gamma = new SampleCumulants(quantiles(law::inverseCumulativeProbability));

    assertThat(gamma.skewness()).isCloseTo(2 / Math.sqrt(3), within(2e-3));
    assertThat(gamma.excessKurtosis()).isCloseTo(2, within(2e-2));
    assertThat(gamma.generating(0.7)).isCloseTo(-3 * Math.log1p(0.35), within(1e-4));
    // of one sign: the mean of e^(−sx) never comes back to 1
    assertThat(gamma.root()).isNaN();
  }

  /** ±1 with weights 3 to 1: e^(−s*) = 1/3 solves ¾e^(−s) + ¼e^s = 1. */
  @Test
  void theRootIsWhereTheGeneratingFunctionComesBack() {
    SampleCumulants up = new SampleCumulants(1, 1, 1, -1);
    SampleCumulants down = new SampleCumulants(-1, -1, -1, 1);

    assertThat(up.root()).isCloseTo(Math.log(3), within(1e-9));
    assertThat(down.root()).isCloseTo(-Math.log(3), within(1e-9));
    assertThat(up.generating(up.root())).isCloseTo(0, within(1e-9));
    // ¼·3 of ¾·⅓ + ¼·3
    assertThat(up.largestShare(up.root())).isCloseTo(0.75, within(1e-9));
    assertThat(up.largestShare(0)).isCloseTo(0.25, within(1e-12));
    assertThat(up.largestShare(1)).isCloseTo(Math.E / (3 / Math.E + Math.E), within(1e-12));
    // one far number brings it back long before mean/variance; 99 e^-s + e^10s = 100 in Python
    double[] tail = new double[100];
    Arrays.fill(tail, 1);
    tail[0] = -10;
    assertThat(new SampleCumulants(tail).root()).isCloseTo(0.33810255231897174, within(1e-9));
    assertThat(new SampleCumulants(-1, 1).root()).isNaN();
  }

  @Test
  void thePairOfSignsHasNoOddPart() {
    SampleCumulants pair = new SampleCumulants(-2, 2);
    assertThat(pair.evenRatio(1)).isCloseTo(2 * Math.log(Math.cosh(1)), within(1e-12));
    assertThat(pair.evenRatio(0.5)).isCloseTo(8 * Math.log(Math.cosh(0.5)), within(1e-12));
    assertThat(pair.excessKurtosis()).isCloseTo(-2, within(1e-12));
    SampleCumulants shifted = new SampleCumulants(1, 5);
    assertThat(shifted.evenRatio(1)).isCloseTo(pair.evenRatio(1), within(1e-12));
  }

  @Test
  void numbersBeyondTheExponentialFunctionAreNoOverflow() {
    SampleCumulants wide = new SampleCumulants(-1e4, 1e4);
    assertThat(wide.generating(1)).isCloseTo(1e4 - Math.log(2), within(1e-9));
  }

  @Test
  void oneNumberHasNone() {
    assertThatThrownBy(() -> new SampleCumulants(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two different numbers");
  }
}
