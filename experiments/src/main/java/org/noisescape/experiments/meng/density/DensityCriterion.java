package org.noisescape.experiments.meng.density;

import org.noisescape.experiments.fit.Verdict;

/**
 * When a stationary density has an exponent. Fixed before any run.
 *
 * <p>Tolerance: the theories are limits of small steps; the presets' steps are hundredths of the
 * relaxation time.
 */
final class DensityCriterion {
  static final double TOLERANCE = 0.05;
  private static final double STANDARD_ERRORS = 2;

  private DensityCriterion() {}

  /** Judges an exponent, or a variance, against one theory. */
  static Verdict judge(DensityEstimate estimate, double theory) {
    double error = estimate.standardError() / theory;
    if (!estimate.converged() || !(error <= TOLERANCE)) {
      return Verdict.INCONCLUSIVE;
    }
    return Math.abs(estimate.exponent() / theory - 1) <= TOLERANCE + STANDARD_ERRORS * error
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  static String text() {
    return "exponent phi of (1 + beta kappa w^2)^(-phi) by maximum likelihood: |phi/theory - 1| <= "
        + TOLERANCE
        + " + 2 SE; inconclusive if the SE exceeds "
        + TOLERANCE
        + ", the autocorrelation time is not known or halving the step of an SDE changes the mean of"
        + " log(1 + beta kappa w^2) by more than 3 SE. Overall: the text's density, phi = 1/kappa,"
        + " against the iteration that it is to describe; Ito's 1 + 1/kappa and the SDEs being named";
  }
}
