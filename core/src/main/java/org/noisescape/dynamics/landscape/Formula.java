package org.noisescape.dynamics.landscape;

/**
 * A function f(θ̂) of the degenerate parameters of a {@link Valley}, θ̂ = (θ_n, …, θ_(P−1)).
 *
 * <p>Methods take all of θ and the index n at which θ̂ begins, so that nothing is copied.
 */
public interface Formula {
  /** Number of degenerate parameters it takes, or 0 for any. */
  int arity();

  /** f(θ̂). */
  double value(double[] theta, int from);

  /** into_j ← into_j + factor · ∂f/∂θ_j for j ≥ from; into has P entries. */
  void addGradient(double[] theta, int from, double factor, double[] into);

  /** into_jk ← into_jk + factor · ∂²f/∂θ_j∂θ_k for j, k ≥ from; into has P·P entries. */
  void addHessian(double[] theta, int from, double factor, double[] into);
}
