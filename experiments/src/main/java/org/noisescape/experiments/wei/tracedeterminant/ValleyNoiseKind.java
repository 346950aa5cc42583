package org.noisescape.experiments.wei.tracedeterminant;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.experiments.wei.ValleyDrift;
import org.noisescape.theory.wei.SpectralDrift;

/** Noises that differ in what they do to the spectrum, each with the f = Σ φ(λ_i) it is to lower. */
enum ValleyNoiseKind {
  /** C_ii = s λ_i, lowers f = Σ λ_i. */
  SGD("SGD noise", "trace", lambda -> 1),
  /** C_ii = c in the curved directions, lowers f = Σ log λ_i. */
  ISOTROPIC("isotropic noise", "log determinant", lambda -> 1 / lambda),
  /** C_ii = 2 s λ_i², lowers f = Σ λ_i². */
  SQUARES("noise of squares", "sum of squares", lambda -> 2 * lambda);

  final String label;

  /** f in words. */
  final String lowered;

  private final DoubleUnaryOperator slope;

  /**
   * A noise.
   *
   * @param slope φ′
   */
  ValleyNoiseKind(String label, String lowered, DoubleUnaryOperator slope) {
    this.label = label;
    this.lowered = lowered;
    this.slope = slope;
  }

  /** A noise that raises this one's quantity. */
  ValleyNoiseKind other() {
    return this == ISOTROPIC ? SGD : ISOTROPIC;
  }

  /** f for a table. */
  String column() {
    return lowered.replace(' ', '_').toLowerCase(Locale.ROOT);
  }

  DiagonalNoise noise(Valley valley, double strength) {
    return switch (this) {
      case SGD -> ValleyNoise.aligned(valley, strength);
      case ISOTROPIC -> ValleyNoise.isotropic(valley, strength);
      case SQUARES -> ValleyNoise.designed(valley, strength, slope);
    };
  }

  /** f. */
  double quantity(Valley valley, double[] theta) {
    return switch (this) {
      case SGD -> valley.trace(theta);
      case ISOTROPIC -> valley.logDeterminant(theta);
      case SQUARES ->
          IntStream.range(0, valley.curved())
              .mapToDouble(i -> valley.eigenvalue(i, theta))
              .map(lambda -> lambda * lambda)
              .sum();
    };
  }

  /**
   * −(η²/4) s ‖∇̂f‖², the change of f a step by Theorems 1 and 2: C_ii = s λ_i ∂f/∂λ_i for all.
   */
  double theoremRate(Valley valley, double[] theta, double learningRate, double strength) {
    SpectralDrift here = ValleyDrift.theory(valley, theta, learningRate);
    return here.rate(derivatives(here), variances(here, strength));
  }

  /** The change of the same f a step under the other noise, of the same trace, by Eq. 13. */
  double exchangedRate(Valley valley, double[] theta, double learningRate, double strength) {
    SpectralDrift here = ValleyDrift.theory(valley, theta, learningRate);
    double own = Arrays.stream(variances(here, strength)).sum();
    double others = Arrays.stream(other().variances(here, 1)).sum();
    return here.rate(derivatives(here), other().variances(here, own / others));
  }

  /** ∂f/∂λ_i. */
  private double[] derivatives(SpectralDrift here) {
    // noise aligned with the Hessian, of strength one, has the eigenvalues for variances
    return Arrays.stream(here.alignedNoise(1)).map(slope).toArray();
  }

  /** C_ii. */
  private double[] variances(SpectralDrift here, double strength) {
    return Arrays.stream(here.designedNoise(derivatives(here))).map(c -> strength * c).toArray();
  }
}
