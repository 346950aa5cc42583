package org.noisescape.experiments.wei.tracedeterminant;

import java.util.Arrays;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.experiments.wei.ValleyDrift;
import org.noisescape.theory.wei.SpectralDrift;

/** The two noises whose effect on the spectrum differs, and what each is to lower. */
enum ValleyNoiseKind {
  /** C_ii = s λ_i, lowers f = Σ λ_i. */
  SGD("SGD noise", "trace"),
  /** C_ii = c in the curved directions, lowers f = Σ log λ_i. */
  ISOTROPIC("isotropic noise", "log determinant");

  final String label;

  /** f in words. */
  final String lowered;

  ValleyNoiseKind(String label, String lowered) {
    this.label = label;
    this.lowered = lowered;
  }

  ValleyNoiseKind other() {
    return this == SGD ? ISOTROPIC : SGD;
  }

  DiagonalNoise noise(Valley valley, double strength) {
    return this == SGD
        ? ValleyNoise.aligned(valley, strength)
        : ValleyNoise.isotropic(valley, strength);
  }

  /** f. */
  double lowered(Valley valley, double[] theta) {
    return this == SGD ? valley.trace(theta) : valley.logDeterminant(theta);
  }

  /**
   * −(η²/4) s ‖∇̂f‖², the change of f a step by Theorems 1 and 2: C_ii = s λ_i ∂f/∂λ_i for both.
   */
  double theoremRate(Valley valley, double[] theta, double learningRate, double strength) {
    SpectralDrift here = ValleyDrift.theory(valley, theta, learningRate);
    if (this == SGD) {
      return here.traceRate(strength);
    }
    double[] derivatives = here.derivativesOfLogDeterminant();
    return here.rate(derivatives, isotropic(derivatives.length, strength));
  }

  /** The change of the same f a step under the other noise, of the same trace, by Eq. 13. */
  double exchangedRate(Valley valley, double[] theta, double learningRate, double strength) {
    SpectralDrift here = ValleyDrift.theory(valley, theta, learningRate);
    double[] aligned = here.alignedNoise(1);
    double trace = Arrays.stream(aligned).sum();
    if (this == SGD) {
      double[] derivatives = isotropic(aligned.length, 1);
      return here.rate(derivatives, isotropic(aligned.length, strength * trace / aligned.length));
    }
    return here.rate(
        here.derivativesOfLogDeterminant(), here.alignedNoise(strength * aligned.length / trace));
  }

  private static double[] isotropic(int directions, double variance) {
    double[] noise = new double[directions];
    Arrays.fill(noise, variance);
    return noise;
  }
}
