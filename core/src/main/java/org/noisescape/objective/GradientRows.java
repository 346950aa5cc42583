package org.noisescape.objective;

import org.noisescape.nn.Network;

/** What the rows of a Gram matrix A Aᵀ are, each over √N. */
public enum GradientRows {
  /** ∇ℓ_μ, N rows: AᵀA = (1/N) Σ g_μ g_μᵀ, not centred. */
  LOSS,
  /**
   * J_μᵀ R_μ e_k with R Rᵀ = ∂²ℓ/∂f², row μ·K + k of N·K: AᵀA = G. For the mean-square loss these
   * are ∇f_k(x_μ).
   */
  GAUSS_NEWTON;

  /** Number of rows for a network and N samples. */
  public long count(Network network, int samples) {
    return (long) samples * perSample(network);
  }

  /** Rows of one sample. */
  int perSample(Network network) {
    return this == LOSS ? 1 : network.outputSize();
  }
}
