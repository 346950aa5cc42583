package org.noisescape.experiments.mori.noise;

/**
 * What the wrongly classified training samples carry.
 *
 * @param samples M
 * @param ofLoss their share of Σ ℓ_μ
 * @param ofGradients their share of Σ ‖g_μ‖²
 */
record WrongShares(double samples, double ofLoss, double ofGradients) {
  /** Where they were not counted. */
  static final WrongShares NONE = new WrongShares(Double.NaN, Double.NaN, Double.NaN);

  boolean counted() {
    return !Double.isNaN(samples);
  }
}
