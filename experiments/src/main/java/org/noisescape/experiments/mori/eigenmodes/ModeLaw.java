package org.noisescape.experiments.mori.eigenmodes;

/** How Var(q_i·θ) may depend on λ_i. */
enum ModeLaw {
  /** The noise of Eq. 6, ∝ λ, against the force, ∝ λ. Source: Mori et al. (2022), Eq. 30. */
  EQUAL("alike along every eigenvector", 0),
  /** Isotropic noise. */
  ISOTROPIC("isotropic noise, ~ 1/lambda", -1),
  /** Noise without a force, as in a random walk of fixed length. */
  FREE("noise without a force, ~ lambda", 1);

  final String label;

  /** d log Var / d log λ. */
  final double slope;

  ModeLaw(String label, double slope) {
    this.label = label;
    this.slope = slope;
  }
}
