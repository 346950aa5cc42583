package org.noisescape.experiments.wei;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.noisescape.theory.wei.SpectralDrift;

/**
 * Noises of the curved directions that differ in what they do to the spectrum, each with the f = Σ
 * φ(λ_i) it is to lower: C_ii = s λ_i φ′(λ_i). Source: Wei and Schwab, Theorem 2, Eq. 12.
 */
public enum SpectrumNoise {
  /** C_ii = s λ_i, lowers f = Σ λ_i. */
  SGD("SGD noise", "trace", lambda -> lambda, lambda -> 1),
  /** C_ii = s in the curved directions, lowers f = Σ log λ_i. */
  ISOTROPIC("isotropic noise", "log determinant", Math::log, lambda -> 1 / lambda),
  /** C_ii = 2 s λ_i², lowers f = Σ λ_i². */
  SQUARES("noise of squares", "sum of squares", lambda -> lambda * lambda, lambda -> 2 * lambda),
  /** C_ii = s/λ_i, lowers f = −Σ 1/λ_i: most in the least curved directions. */
  INVERSE(
      "noise of the inverse",
      "negative trace of the inverse",
      lambda -> -1 / lambda,
      lambda -> 1 / (lambda * lambda));

  private final String label;
  private final String lowered;
  private final DoubleUnaryOperator value;
  private final DoubleUnaryOperator slope;

  /**
   * A noise.
   *
   * @param value φ
   * @param slope φ′
   */
  SpectrumNoise(
      String label, String lowered, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    this.label = label;
    this.lowered = lowered;
    this.value = value;
    this.slope = slope;
  }

  /** The noise in words. */
  public String label() {
    return label;
  }

  /** f in words. */
  public String lowered() {
    return lowered;
  }

  /** f as a table has it. */
  public String column() {
    return lowered.replace(' ', '_').toLowerCase(Locale.ROOT);
  }

  /** φ′. */
  public DoubleUnaryOperator slope() {
    return slope;
  }

  /** The noise this one is held against: isotropic, or for that one aligned. */
  public SpectrumNoise other() {
    return this == ISOTROPIC ? SGD : ISOTROPIC;
  }

  /** f. */
  public double of(double... eigenvalues) {
    return Arrays.stream(eigenvalues).map(value).sum();
  }

  /** C_ii = s λ_i φ′(λ_i). */
  public double[] variances(double strength, double... eigenvalues) {
    return Arrays.stream(eigenvalues).map(x -> strength * x * slope.applyAsDouble(x)).toArray();
  }

  /** s of a noise of this trace. */
  public double strength(double trace, double... eigenvalues) {
    return trace / Arrays.stream(variances(1, eigenvalues)).sum();
  }

  /** The change of f a step under a noise C_ii of the curved directions, by Eq. 13. */
  public double rate(SpectralDrift here, double... variances) {
    return here.rate(Arrays.stream(eigenvalues(here)).map(slope).toArray(), variances);
  }

  /** −(η²/4) s ‖∇̂f‖², the change of f a step under its own noise by Theorems 1 and 2. */
  public double theoremRate(SpectralDrift here, double strength) {
    return rate(here, variances(strength, eigenvalues(here)));
  }

  /** The change of the same f a step under the other noise, of the same trace, by Eq. 13. */
  public double exchangedRate(SpectralDrift here, double strength) {
    double[] eigenvalues = eigenvalues(here);
    double trace = Arrays.stream(variances(strength, eigenvalues)).sum();
    double others = other().strength(trace, eigenvalues);
    return rate(here, other().variances(others, eigenvalues));
  }

  private static double[] eigenvalues(SpectralDrift here) {
    // the variances of noise aligned with the Hessian, of strength one
    return here.alignedNoise(1);
  }
}
