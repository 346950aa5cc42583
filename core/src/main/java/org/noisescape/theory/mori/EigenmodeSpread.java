package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;

/**
 * How far SGD spreads along the eigenvectors of the Hessian from a point where the gradient
 * vanishes, with the noise C = 2LH/B of Mori et al. (2022), Eq. 6, L held fixed.
 *
 * <p>z ← (1 − ηλ)z + ηξ, ⟨ξ²⟩ = 2Lλ/B, z = 0 at first:
 *
 * <pre>
 * ⟨z_k²⟩ = (ηL/B) (1 − (1 − ηλ)^(2k)) / (1 − ηλ/2)
 * </pre>
 *
 * <p>For ηλk ≫ 1 and ηλ ≪ 1 that is ηL/B along every eigenvector (Eq. 30); for ηλk ≪ 1 it is
 * 2η²Lλk/B, so that flat directions are frozen, but for a time (section 3.1). Ours but for the
 * limits.
 *
 * @param learningRate η
 * @param batch B
 * @param loss L
 */
public record EigenmodeSpread(double learningRate, int batch, double loss) {
  /** Requires η &gt; 0, B ≥ 1 and L ≥ 0. */
  public EigenmodeSpread {
    Domain.positive("learning rate", learningRate);
    Domain.atLeast("batch", batch, 1);
    Domain.nonNegative("loss", loss);
  }

  /** ηL/B, the same along every eigenvector (30). */
  public double stationary() {
    return learningRate * loss / batch;
  }

  /**
   * ⟨z²⟩ after some steps; infinite from ηλ = 2 on.
   *
   * @param eigenvalue λ ≥ 0: (6) has no noise where the Hessian is negative
   */
  public double variance(double eigenvalue, long steps) {
    Domain.nonNegative("eigenvalue", eigenvalue);
    double rate = learningRate * eigenvalue;
    if (rate >= 2) {
      return Double.POSITIVE_INFINITY;
    }
    // 1 − (1 − ηλ)^2k without cancellation
    double spread =
        rate < 1
            ? -Math.expm1(2.0 * steps * Math.log1p(-rate))
            : 1 - Math.pow(1 - rate, 2.0 * steps);
    return stationary() * spread / (1 - rate / 2);
  }
}
