package org.noisescape.experiments.wei.entropicforce;

import org.noisescape.experiments.fit.Verdict;

/**
 * When the balance of forces is that of Eq. 38. Fixed before any run.
 *
 * <p>Tolerance: the equation is of leading order in η, of which ηλ/2 = 0.5 % is left out.
 */
final class ForceCriterion {
  static final double TOLERANCE = 0.05;
  static final double TOLERANCE_WITHOUT_NOISE = 0.01;
  private static final double STANDARD_ERRORS = 2;

  private ForceCriterion() {}

  static Verdict balance(ForcePath path, double theory) {
    double error = path.standardError() / Math.abs(theory);
    if (!path.settled() || !(error <= TOLERANCE)) {
      return Verdict.INCONCLUSIVE;
    }
    return Math.abs(path.mean() / theory - 1) <= TOLERANCE + STANDARD_ERRORS * error
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  static Verdict slides(ForcePath descent, double theory) {
    return Math.abs(descent.mean() / theory - 1) <= TOLERANCE_WITHOUT_NOISE
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  static String text() {
    return "with noise, at every alpha: |mean theta_2/theory - 1| <= "
        + TOLERANCE
        + " + 2 SE over the second half, inconclusive if the SE exceeds "
        + TOLERANCE
        + " or the burn-in rule does not end in the first half; without noise: theta_2 falls in the"
        + " second half by eta alpha a step within "
        + TOLERANCE_WITHOUT_NOISE;
  }
}
