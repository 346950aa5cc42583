package org.noisescape.experiments.meng.density;

import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.theory.mori.ExponentFit;

/**
 * When a stationary density has an exponent. Fixed before any run.
 *
 * <p>Tolerance: the theories are limits of small steps; the presets' steps are hundredths of the
 * relaxation time.
 */
final class DensityCriterion {
  private static final double TOLERANCE = 0.05;

  private DensityCriterion() {}

  /** Against one theory. */
  static Criterion of(double theory) {
    return Criterion.share(theory, TOLERANCE);
  }

  /** The exponent, or variance, with its error where that is known. */
  static PointEstimate estimate(DensityEstimate estimate) {
    return new PointEstimate(
            estimate.exponent(), estimate.standardError(), estimate.effectiveSamples() - 1)
        .provided(estimate.converged());
  }

  /** The exponent that the fit finds in a Gaussian, the density under constant noise. */
  static double gaussian(double kappa) {
    // βκw² with w ~ N(0, 1/(2β))
    return ExponentFit.ofGaussian(kappa / 2);
  }

  static String text() {
    return "exponent phi of (1 + beta kappa w^2)^(-phi) by maximum likelihood: "
        + of(1).text("phi", "theory")
        + "; SE aware of the autocorrelation. Inconclusive if the autocorrelation time is not known"
        + " or halving the step of an SDE changes the mean of log(1 + beta kappa w^2) by more than 3"
        + " SE. Overall: the text's density, phi = 1/kappa, against the iteration that it is to"
        + " describe; its rivals, Ito's 1 + 1/kappa and the Gaussian of constant noise, on the same"
        + " fits; the SDEs for themselves. "
        + Criterion.terms();
  }
}
