package org.noisescape.dynamics.landscape;

/** L(θ) = (1/N) Σ ℓ_μ(θ) with the gradients of single samples: what mini-batches are drawn from. */
public interface SampledLandscape extends Landscape {
  /** Number of samples N. */
  int samples();

  /**
   * into ← into + ∇ℓ_μ(θ).
   *
   * @param sample μ in 0, …, N − 1
   * @param theta θ (P)
   * @param into (P)
   */
  void addSampleGradient(int sample, double[] theta, double[] into);
}
