package org.noisescape.experiments.mori.cumulants;

import org.noisescape.dynamics.statistics.SampleCumulants;

/**
 * The noise along u where a shift along u has raised the loss to cL*.
 *
 * @param level c
 * @param shift δ, with its sign
 * @param loss L there
 * @param mean ḡ·u there
 * @param variance u·Su there
 * @param root s* ≠ 0 of Λ(s*) = 0: the slope of the quasi-potential along u, over B; NaN where
 *     there is none
 * @param largestShare of one sample in the sum of Λ(s*)
 */
record RaisedPoint(
    double level,
    double shift,
    double loss,
    double mean,
    double variance,
    double root,
    double largestShare) {
  static RaisedPoint of(double level, double shift, double loss, double[] projections) {
    SampleCumulants law = new SampleCumulants(projections);
    double root = law.root();
    return new RaisedPoint(
        level, shift, loss, law.mean(), law.variance(), root, law.largestShare(root));
  }

  /** s* over that of Gaussian noise with this mean and variance, 2κ₁/κ₂. */
  double rootOverGaussian() {
    return root * variance / (2 * mean);
  }

  /** s* over κ₁/(Lh), that of Gaussian noise with the variance 2Lh of Eq. 6. */
  double rootOverText(double curvature) {
    return root * loss * curvature / mean;
  }
}
