package org.noisescape.experiments.liu;

import org.noisescape.theory.liu.KramersRate;

/**
 * A measured escape rate beside Eqs. 51 and 52.
 *
 * @param reading of the noise
 * @param scale r
 * @param measured escapes a step
 * @param theory barrier and curvatures
 * @param learningRate λ
 */
record EscapePoint(
    CappedDoubleWell.NoiseReading reading,
    double scale,
    CensoredRate measured,
    KramersRate theory,
    double learningRate) {
  /** γ/|k_b|. */
  double reduced() {
    return measured.rate() / steepness();
  }

  double reducedError() {
    return measured.standardError() / steepness();
  }

  /** Eq. 52 over |k_b|. */
  double discrete() {
    return theory.discrete(learningRate) / steepness();
  }

  /** Eq. 51 over |k_b|. */
  double continuous() {
    return theory.continuous(learningRate) / steepness();
  }

  /** λk_a. */
  double scaledRate() {
    return learningRate * theory.curvatureAtMinimum();
  }

  private double steepness() {
    return -theory.curvatureAtTop();
  }
}
