package org.noisescape.experiments.wei.tracerate;

import org.noisescape.experiments.fit.Criterion;

/**
 * When the trace falls as Theorem 1 has it.
 *
 * <p>Tolerance: the theorem is of leading order in η, and what is left out, ηλ/2, is at most 3 % at
 * the presets' rates. The exponent may be off by twice that over rates a factor of 2.5 apart: ln
 * 1.1/ln 2.5 = .1.
 */
final class TraceCriterion {
  private static final double TOLERANCE = 0.05;

  /** Of the intercept over the largest change. */
  static final Criterion INTERCEPT = Criterion.within(0, TOLERANCE);

  /** Of d ln|ΔT|/d ln η. */
  static final Criterion EXPONENT = Criterion.within(2, 0.1);

  private TraceCriterion() {}

  /**
   * Of ΔT a unit of η².
   *
   * @param theory of Theorem 1
   */
  static Criterion slope(double theory) {
    return Criterion.within(theory, TOLERANCE * Math.abs(theory));
  }

  /** The rule in words. */
  static String text() {
    return "weighted line of the trace's change on eta^2: |slope - theory| + t SE <= "
        + TOLERANCE
        + " |theory|, "
        + INTERCEPT.text("intercept / largest change")
        + "; weighted line on logarithmic axes: "
        + EXPONENT.text("exponent of eta")
        + "; inconclusive if a replica changed the sign of an absolute value. SE: over replicas. "
        + Criterion.terms();
  }
}
