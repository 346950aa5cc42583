package org.noisescape.experiments.wei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.noisescape.theory.wei.SpectralDrift;

/** The noises of Theorem 2 at λ = (5, 2) with ∇̂λ = (3, 1) and (−1, 2). */
class SpectrumNoiseTest {
  private static final double[] EIGENVALUES = {5, 2};
  private static final double[][] SLOPES = {{3, 1}, {-1, 2}};
  private static final double RATE = 0.2;
  private static final SpectralDrift HERE = new SpectralDrift(RATE, EIGENVALUES, SLOPES);

  /** ∇̂f by differences of f along the valley. */
  private static double[] slope(SpectrumNoise noise) {
    double step = 1e-5;
    double[] slope = new double[2];
    for (int k = 0; k < 2; k++) {
      double[] ahead = EIGENVALUES.clone();
      double[] behind = EIGENVALUES.clone();
      for (int i = 0; i < 2; i++) {
        ahead[i] += step * SLOPES[i][k];
        behind[i] -= step * SLOPES[i][k];
      }
      slope[k] = (noise.of(ahead) - noise.of(behind)) / (2 * step);
    }
    return slope;
  }

  @Test
  void everyNoiseLowersItsQuantityByTheSquareOfItsSlope() {
    for (SpectrumNoise noise : SpectrumNoise.values()) {
      double squares = DoubleStream.of(slope(noise)).map(x -> x * x).sum();
      double expected = -RATE * RATE / 4 * 0.3 * squares;
      assertThat(noise.theoremRate(HERE, 0.3))
          .as(noise.label())
          .isCloseTo(expected, within(1e-7 * Math.abs(expected)));
      // Eq. 12, and any other quantity by the product of both slopes
      double[] own = slope(noise);
      for (SpectrumNoise of : SpectrumNoise.values()) {
        double[] others = slope(of);
        double product = own[0] * others[0] + own[1] * others[1];
        assertThat(of.rate(HERE, noise.variances(0.3, EIGENVALUES)))
            .isCloseTo(-RATE * RATE / 4 * 0.3 * product, within(1e-6 * Math.abs(expected) + 1e-9));
      }
    }
    assertThat(SpectrumNoise.ISOTROPIC.variances(0.3, EIGENVALUES))
        .containsExactly(new double[] {0.3, 0.3}, within(1e-15));
  }

  @Test
  void theOtherNoiseHasTheSameTrace() {
    for (SpectrumNoise noise : SpectrumNoise.values()) {
      double trace = DoubleStream.of(noise.variances(0.3, EIGENVALUES)).sum();
      SpectrumNoise other = noise.other();
      double strength = other.strength(trace, EIGENVALUES);
      double[] variances = other.variances(strength, EIGENVALUES);
      assertThat(DoubleStream.of(variances).sum()).isCloseTo(trace, within(1e-12 * trace));
      assertThat(noise.exchangedRate(HERE, 0.3)).isEqualTo(noise.rate(HERE, variances));
    }
  }
}
