package org.noisescape.experiments.wei.entropicforce;

import org.noisescape.experiments.fit.Criterion;

/**
 * When the balance of forces is that of Eq. 38.
 *
 * <p>Tolerance: the equation is of leading order in η, of which ηλ/2 = 0.5 % is left out. What
 * happens without noise is computed without any.
 */
final class ForceCriterion {
  private static final double TOLERANCE = 0.05;
  private static final double TOLERANCE_WITHOUT_NOISE = 0.01;

  private ForceCriterion() {}

  /**
   * Of ⟨θ₂⟩ with noise.
   *
   * @param theory of Eq. 38
   */
  static Criterion balance(double theory) {
    return Criterion.within(theory, TOLERANCE * Math.abs(theory));
  }

  /**
   * Of the change of θ₂ a step without noise.
   *
   * @param theory −ηα
   */
  static Criterion slides(double theory) {
    return Criterion.share(theory, TOLERANCE_WITHOUT_NOISE);
  }

  static String text() {
    return "with noise, at every alpha, over the second half: |mean theta_2 - theory| + t SE <= "
        + TOLERANCE
        + " |theory|, inconclusive if the burn-in rule does not end in the first half; without"
        + " noise, theta_2 in the second half: "
        + slides(-1).text("change a step", "(-eta alpha)")
        + ". SE: over replicas. "
        + Criterion.terms();
  }
}
