package org.noisescape.theory.meng;

import org.noisescape.theory.Domain;
import org.noisescape.theory.passage.Interpretation;

/**
 * ε-escape time: when ⟨‖w − w*‖²⟩, from the minimum, is ε².
 *
 * <p>Source: Meng et al. (2020), Definition 3 and Theorem 4.
 */
public final class EpsilonEscape {
  private EpsilonEscape() {}

  /**
   * Exact time of one coordinate, −log(1 − rε²/(ησ))/r; infinite where ε² is never reached.
   *
   * <p>For short times ε²/(ησ) in both interpretations: κ does not enter the leading order.
   */
  public static double time(
      PowerLawDynamic dynamic, double epsilon, Interpretation interpretation) {
    Domain.positive("epsilon", epsilon);
    double rate = dynamic.secondMomentRate(interpretation);
    double linear = epsilon * epsilon / (dynamic.learningRate() * dynamic.sigma());
    if (rate == 0) {
      return linear;
    }
    double reached = rate * linear;
    return reached >= 1 ? Double.POSITIVE_INFINITY : -Math.log1p(-reached) / rate;
  }

  /**
   * The text's order O(ε^(2 − min κ)/Tr Σ), Σ_jj = ησ_j, without its constant.
   *
   * <p>Called an upper bound in the text; but its proof bounds the second moment from above, which
   * bounds the time from below, and solving for t gives (ε²/Tr Σ)^((2 − κ)/2), not ε^(2−κ)/Tr Σ.
   * {@link TsallisBukman} says why the power of t behind it is not that of (7).
   */
  public static double literalOrder(double epsilon, double smallestKappa, double noiseTrace) {
    Domain.positive("epsilon", epsilon);
    Domain.positive("trace of Sigma", noiseTrace);
    if (!(smallestKappa >= 0 && smallestKappa < 2.0 / 3)) {
      throw new IllegalArgumentException(
          "kappa must lie in [0, 2/3), where a second moment exists, got " + smallestKappa);
    }
    return Math.pow(epsilon, 2 - smallestKappa) / noiseTrace;
  }
}
