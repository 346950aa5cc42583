package org.noisescape.experiments.meng.escapetime;

import org.noisescape.experiments.fit.Criterion;

/**
 * When an escape time is that of a theory. Fixed before any run.
 *
 * <p>Tolerances: 0.1 for what the quadrature gives exactly, where only the step of time is left;
 * 0.2 for orders that are right for small noise only; 0.25 for a time that is to be independent of
 * a barrier that grows sixfold; a half for q, nearer to one law than to the other.
 */
final class EscapeTimeCriterion {
  private static final double EXACT = 0.1;
  private static final double ORDER = 0.2;
  private static final double INDEPENDENT = 0.25;
  private static final double NEARER = 0.5;

  private EscapeTimeCriterion() {}

  /** Of a power of time, or a mean of log(τ/exact). */
  static Criterion exact(double theory) {
    return Criterion.within(theory, EXACT);
  }

  /** Of an exponent that is a limit of small noise. */
  static Criterion order(double theory) {
    return Criterion.within(theory, ORDER);
  }

  /** Of the time to the first escape from several wells. */
  static Criterion first(double theory) {
    return Criterion.factor(theory, Math.exp(ORDER));
  }

  /** Of the logarithm of the times' ratio at fixed width. */
  static Criterion independent(double theory) {
    return Criterion.within(theory, INDEPENDENT);
  }

  /** Of q, 0 for a power and 1 for an exponential. */
  static Criterion bend(double theory) {
    return Criterion.within(theory, NEARER);
  }

  static String text() {
    return "times: "
        + exact(0).text("mean of log(tau/exact) over the barriers", "0")
        + " at half the step; growth: "
        + bend(0).text("q", "theory")
        + " of log tau linear in ((1 + (mu/sigma) Delta L)^q - 1)/q, q = 0 (power) for power-law"
        + " noise, 1 (exponential) for Langevin, and "
        + order(0).text("exponent", "theory")
        + ", 2/(eta mu) + 1/2 for Ito, 2/(eta mu) - 1/2 for Hanggi-Klimontovich, 2/(eta sigma) for"
        + " Langevin; alpha-stable: "
        + order(0).text("d log tau/d log width", "alpha")
        + ", and at fixed width "
        + independent(0).text("log of the times' ratio", "0")
        + " from the lowest barrier to the highest; n wells: "
        + first(1).text("n tau_n", "tau_1 exact")
        + ", and of unequal ones the same of tau along one and of 1/(sum 1/tau_j); eta mu swept: the"
        + " same of log(tau/exact), "
        + order(2).text("d log tau/d(log(1 + (mu/sigma) Delta L)/(eta mu))")
        + " without the formula's other factors, and with mu/sigma kept "
        + bend(1).text("q")
        + " of log tau linear in ((eta mu)^-q - 1)/q"
        + ". Inconclusive where a time rests on too few passages or halving the step changes it by"
        + " more than "
        + WellPassage.HALVING_ERRORS
        + " SE. Theorem 4's power of time, and q with sigma kept, are judged by themselves. "
        + Criterion.terms();
  }
}
