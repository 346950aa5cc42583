package org.noisescape.dynamics.landscape;

/** A loss L(θ) as a formula. Stateless: several threads call it at once. */
public interface Landscape {
  /** Number of parameters P. */
  int dimension();

  /** L(θ); infinite or NaN where θ has left the finite numbers. */
  double value(double[] theta);

  /**
   * ∇L(θ).
   *
   * @param theta θ (P)
   * @param into receives ∇L (P)
   */
  void gradient(double[] theta, double[] into);

  /**
   * The Hessian H(θ).
   *
   * @param theta θ (P)
   * @param into receives H (P·P), row by row
   */
  void hessian(double[] theta, double[] into);
}
