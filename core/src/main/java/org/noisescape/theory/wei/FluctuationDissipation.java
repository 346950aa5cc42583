package org.noisescape.theory.wei;

import org.noisescape.theory.Domain;

/**
 * Constants of ⟨θ·∇L⟩ = (η(1+μ)/(2(1−ν))) ⟨v²⟩, which a stationary state obeys.
 *
 * <p>For v ← μv + (1 − ν)g, θ ← θ − ηv, in the whole space and in each subspace that a projection
 * commuting with the dynamics keeps. Exact for any η.
 *
 * <p>Source: Yaida (2019); Wei and Schwab (2019), appendix A.5, FDR and FDR′.
 */
public final class FluctuationDissipation {
  private FluctuationDissipation() {}

  /** η(1+μ)/(2(1−ν)). */
  public static double factor(double learningRate, double momentum, double dampening) {
    Domain.positive("learning rate", learningRate);
    Domain.atLeast("momentum", momentum, 0);
    Domain.between("momentum", momentum, -1, 1);
    Domain.atLeast("dampening", dampening, 0);
    Domain.between("dampening", dampening, -1, 1);
    return learningRate * (1 + momentum) / (2 * (1 - dampening));
  }

  /** |O_L/O_R − 1|, the distance from stationarity. */
  public static double deviation(double left, double right) {
    if (!(right > 0)) {
      throw new IllegalArgumentException(
          "the right side is a mean square times a constant and must be > 0, got " + right);
    }
    return Math.abs(left / right - 1);
  }
}
