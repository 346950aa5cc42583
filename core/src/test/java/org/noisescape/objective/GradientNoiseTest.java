package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.testing.Vectors;

/** The noise scale, on gradients g_μ ~ N(a, I) in three dimensions: B_simple = 3/|a|². */
class GradientNoiseTest {
  private static final int SAMPLES = 500;
  private static final double SQUARED = 2;

  /** g = (3, 0) and (1, 2): ḡ = (2, 1), ‖ḡ‖² = 5, ⟨‖g‖²⟩ = 7, S = ((1, −1), (−1, 1)). */
  @Test
  void noiseScaleIsTheBatchWhoseNoiseEqualsTheGradient() {
    GradientNoise noise = GradientNoise.of(new RiskValue(0, 0, 0, 2), 5, 7, 2 / Math.sqrt(2), 0);
    assertThat(noise.noiseStrength()).isEqualTo(2);
    assertThat(noise.noiseScale()).isCloseTo(0.4, within(1e-15));
    // (√2 + 2·7 √(2/2/5))/5
    assertThat(noise.noiseScaleStandardError())
        .isCloseTo((Math.sqrt(2) + 14 / Math.sqrt(5)) / 5, within(1e-15));
    GradientNoise negative = new GradientNoise(new RiskValue(0, 0, 0, 2), 5, 7, -1, 1);
    assertThat(negative.noiseScaleStandardError()).isCloseTo(0.2, within(1e-15));
  }

  /** The error is a bound: the spread over data sets lies below, and not by an order. */
  @Test
  void errorOfTheNoiseScaleBoundsItsSpread() {
    int sets = 300;
    double error = 0;
    double mean = 0;
    double square = 0;
    for (int s = 0; s < sets; s++) {
      GradientNoise noise = drawn(100 + s);
      error += noise.noiseScaleStandardError() / sets;
      mean += noise.noiseScale() / sets;
      square += noise.noiseScale() * noise.noiseScale() / sets;
    }
    double spread = Math.sqrt(square - mean * mean);
    assertThat(spread).isLessThan(error).isGreaterThan(error / 5);
    // bias of |mean g|^2: 3/N
    assertThat(mean).isCloseTo(3 / (SQUARED + 3.0 / SAMPLES), within(4 * spread / Math.sqrt(sets)));
  }

  @Test
  void aDifferenceWithinItsRoundingIsNoNegativeStrength() {
    double epsilon = 0x1p-23;
    RiskValue value = new RiskValue(0, 0, 0, 100);
    GradientNoise rounded = GradientNoise.of(value, 2 + 4 * epsilon, 2, 0, epsilon);
    assertThat(rounded.noiseStrength()).isZero();
    assertThat(rounded.noiseStrengthStandardError()).isEqualTo(26 * epsilon * 2);
    assertThat(GradientNoise.of(value, 2.1, 2, 0, epsilon).noiseStrength())
        .as("beyond rounding it shows")
        .isNegative();
    assertThat(GradientNoise.of(value, 1, 2, 0.5, epsilon).noiseStrengthStandardError())
        .isEqualTo(0.5);
    RiskValue one = new RiskValue(0, Double.NaN, 0, 1);
    assertThat(GradientNoise.of(one, 1.9999999, 2, Double.NaN, epsilon).noiseStrength()).isZero();
  }

  private static GradientNoise drawn(long seed) {
    double[] x = Vectors.normals(seed, 3 * SAMPLES);
    double[] mean = new double[3];
    double norms = 0;
    double fourth = 0;
    for (int n = 0; n < SAMPLES; n++) {
      double norm = 0;
      for (int i = 0; i < 3; i++) {
        double g = x[3 * n + i] + (i == 0 ? Math.sqrt(SQUARED) : 0);
        mean[i] += g / SAMPLES;
        norm += g * g;
      }
      norms += norm / SAMPLES;
      fourth += norm * norm / SAMPLES;
    }
    double squared = Vectors.dot(mean, mean);
    return new GradientNoise(
        new RiskValue(0, 0, 0, SAMPLES),
        squared,
        norms,
        norms - squared,
        Math.sqrt((fourth - norms * norms) / SAMPLES));
  }
}
