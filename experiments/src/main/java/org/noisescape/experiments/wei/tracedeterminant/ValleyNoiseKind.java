package org.noisescape.experiments.wei.tracedeterminant;

import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.experiments.wei.ValleyDrift;
import org.noisescape.theory.wei.SpectralDrift;

/** The two noises whose effect on the spectrum differs, and what each is to lower. */
enum ValleyNoiseKind {
  /** C_ii = s λ_i, lowers f = Σ λ_i. */
  SGD("SGD noise"),
  /** C_ii = c in the curved directions, lowers f = Σ log λ_i. */
  ISOTROPIC("isotropic noise");

  final String label;

  ValleyNoiseKind(String label) {
    this.label = label;
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
    double[] noise = here.designedNoise(derivatives);
    for (int i = 0; i < noise.length; i++) {
      noise[i] *= strength;
    }
    return here.rate(derivatives, noise);
  }
}
