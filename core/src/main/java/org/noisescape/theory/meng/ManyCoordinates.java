package org.noisescape.theory.meng;

import java.util.List;
import org.noisescape.theory.Domain;
import org.noisescape.theory.passage.Interpretation;

/**
 * Escape in d dimensions where L = Σ ℓ_j(w_j) and each coordinate has its own noise.
 *
 * <p>The coordinates of that model are independent, so the time along e is the one-dimensional one,
 * whatever the others do. Theorem 10 multiplies it with the ratios of populations of the others
 * between a and the saddle b. At a saddle between neighbouring wells these are 1, and the theorem
 * is Theorem 6; where some b_j is another minimum of ℓ_j than a_j, it is too long by Π_j
 * √(h_bj/h_aj) (1 + (μ_j/σ_j)Δℓ_j)^(2/(ημ_j) − ½).
 *
 * <p>Source: Meng et al. (2020), Theorem 10 and Eq. 22; the rest is ours.
 */
public final class ManyCoordinates {
  private ManyCoordinates() {}

  /**
   * A coordinate that does not escape: what it is at a and at b.
   *
   * @param sigma σ_j
   * @param mu μ_j &gt; 0
   * @param minimumCurvature h_aj &gt; 0
   * @param saddleCurvature h_bj &gt; 0
   * @param difference Δℓ_j = ℓ_j(b_j) − ℓ_j(a_j) ≥ 0
   */
  public record Spectator(
      double sigma, double mu, double minimumCurvature, double saddleCurvature, double difference) {
    /** Requires all but the difference of losses, which may be 0, to be positive. */
    public Spectator {
      Domain.positive("sigma", sigma);
      Domain.positive("mu", mu);
      Domain.positive("curvature at the minimum", minimumCurvature);
      Domain.positive("curvature at the saddle", saddleCurvature);
      Domain.nonNegative("difference", difference);
    }
  }

  /** (22) as printed: Theorem 6 along e times the product over the spectators. */
  public static double literalTime(BarrierEscape escape, List<Spectator> spectators) {
    double log = escape.logTime(Interpretation.HANGGI_KLIMONTOVICH);
    for (Spectator other : spectators) {
      log +=
          Math.log(other.saddleCurvature() / other.minimumCurvature()) / 2
              + (2 / (escape.learningRate() * other.mu()) - 0.5)
                  * Math.log1p(other.mu() / other.sigma() * other.difference());
    }
    return Math.exp(log);
  }

  /** Mean time until the first of several independent coordinates has escaped: 1/Σ 1/τ_j. */
  public static double firstOf(double... times) {
    Domain.finite("times", times);
    double rate = 0;
    for (double time : times) {
      Domain.positive("time", time);
      rate += 1 / time;
    }
    return 1 / rate;
  }
}
