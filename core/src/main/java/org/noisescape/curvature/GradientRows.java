package org.noisescape.curvature;

import org.noisescape.nn.Network;
import org.noisescape.objective.GradientProducts;
import org.noisescape.objective.GradientProducts.Rows;

/** What the rows of a Gram matrix are, each over √N. */
public enum GradientRows {
  /** ∇ℓ_μ: N rows. */
  LOSS(Rows.LOSS),
  /**
   * J_μᵀ R_μ e_k with R Rᵀ = ∂²ℓ/∂f²: N·K rows, number μ·K + k; for the mean-square loss ∇f_k(x_μ).
   */
  GAUSS_NEWTON(Rows.GAUSS_NEWTON);

  private final Rows kind;

  GradientRows(Rows kind) {
    this.kind = kind;
  }

  Rows kind() {
    return kind;
  }

  /** Number of rows for a network and N samples. */
  public long count(Network network, int samples) {
    return GradientProducts.rows(network, samples, kind);
  }
}
