package org.noisescape.experiments.liu.kramers;

import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.theory.liu.KramersRate;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.FirstPassage;
import org.noisescape.theory.passage.Integral;
import org.noisescape.theory.passage.Interpretation;

/**
 * A measured escape rate beside Eqs. 51 and 52.
 *
 * @param reading of the noise
 * @param scale r
 * @param measured exponential law of the escapes, from the first step on
 * @param replicas R
 * @param theory barrier and curvatures
 * @param learningRate λ
 */
record EscapePoint(
    CappedDoubleWell.NoiseReading reading,
    double scale,
    ExponentialTail measured,
    int replicas,
    KramersRate theory,
    double learningRate) {
  /** γ/|k_b|. */
  double reduced() {
    return measured.rate() / steepness();
  }

  double reducedError() {
    return measured.standardError() / steepness();
  }

  /** The same with its error, which is that of the number of escapes. */
  PointEstimate estimate() {
    return PointEstimate.ofDraws(reduced(), reducedError(), measured.events());
  }

  double relativeError() {
    return measured.standardError() / measured.rate();
  }

  boolean escaped() {
    return measured.events() > 0;
  }

  /** Eq. 52 over |k_b|. */
  double discrete() {
    return theory.discrete(learningRate) / steepness();
  }

  /** Eq. 51 over |k_b|. */
  double continuous() {
    return theory.continuous(learningRate) / steepness();
  }

  /**
   * One over the exact mean time of dw = −λL′ dt + λ√C dB (Itô) from the minimum to beyond the
   * barrier, over |k_b|: Eq. 51 without its approximations, the same for every scale.
   *
   * <p>C jumps at the inflections, where Itô's noise makes C·P continuous and not P; Eq. 51 takes
   * the latter and misses a factor near k_a/|k_b| = 2.
   */
  Integral exactMeanTime() {
    CappedDoubleWell well = new CappedDoubleWell(scale);
    Diffusion diffusion =
        new Diffusion(
            w -> learningRate * well.slope(w),
            w -> learningRate * learningRate * reading.variance(well, w) / theory.batch(),
            Interpretation.ITO);
    // the well is symmetric: from -1 up instead of from 1 down
    return FirstPassage.meanTime(
        diffusion, Double.NEGATIVE_INFINITY, -1, CappedDoubleWell.INFLECTION);
  }

  /** γ/|k_b| of a mean time. */
  double reduced(Integral meanTime) {
    return 1 / (meanTime.value() * steepness());
  }

  /** λk_a. */
  double scaledRate() {
    return learningRate * theory.curvatureAtMinimum();
  }

  private double steepness() {
    return -theory.curvatureAtTop();
  }
}
