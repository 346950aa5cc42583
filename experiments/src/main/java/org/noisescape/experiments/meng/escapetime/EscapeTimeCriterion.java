package org.noisescape.experiments.meng.escapetime;

import org.noisescape.experiments.fit.Verdict;

/**
 * When an escape time is that of a theory. Fixed before any run.
 *
 * <p>Tolerances: 0.1 for what the quadrature gives exactly, where only the step of time is left;
 * 0.2 for orders that are right for small noise only; 0.25 for a time that is to be independent of
 * a barrier that grows sixfold.
 */
final class EscapeTimeCriterion {
  static final double EXACT = 0.1;
  static final double ORDER = 0.2;
  static final double INDEPENDENT = 0.25;
  private static final double STANDARD_ERRORS = 2;

  private EscapeTimeCriterion() {}

  /** |log(τ/theory)| ≤ tolerance + 2 SE. */
  static Verdict time(WellPassage passage, double theory, double tolerance) {
    boolean known =
        passage.time().reliable()
            && passage.halving().converged()
            && passage.logError() <= tolerance;
    if (!known) {
      return Verdict.INCONCLUSIVE;
    }
    return number(passage.log() - Math.log(theory), passage.logError(), 0, tolerance);
  }

  /** |value − theory| ≤ tolerance + 2 SE, provided the SE is at most the tolerance. */
  static Verdict number(double value, double error, double theory, double tolerance) {
    if (!(error <= tolerance) || Double.isNaN(value)) {
      return Verdict.INCONCLUSIVE;
    }
    return Math.abs(value - theory) <= tolerance + STANDARD_ERRORS * error
        ? Verdict.AGREES
        : Verdict.DISAGREES;
  }

  static String text() {
    return "times: |log(tau/exact)| <= "
        + EXACT
        + " + 2 SE at half the step, inconclusive if halving the step changes it by more than 3 SE or"
        + " the SE exceeds the tolerance; growth: chi^2 of log tau linear in log(1 + (mu/sigma) Delta"
        + " L) below that of log tau linear in Delta L by "
        + (int) GrowthLaw.DECISIVE
        + " for power-law noise, above by as much for Langevin; alpha-stable: |d log tau/d log width -"
        + " alpha| <= "
        + ORDER
        + " + 2 SE, and at fixed width |log of the times' ratio| <= "
        + INDEPENDENT
        + " + 2 SE over the barriers; n wells: |log(n tau_n/tau_1 exact)| <= "
        + ORDER
        + " + 2 SE; whatever rests on a time that is inconclusive is too. Theorem 4's power of time is judged by itself";
  }
}
