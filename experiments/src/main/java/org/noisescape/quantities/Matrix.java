package org.noisescape.quantities;

/** A symmetric matrix (P, P) of the training data at θ. */
enum Matrix {
  /** H, the Hessian of L. */
  HESSIAN("hessian", "H"),
  /** G, the generalised Gauss-Newton matrix. */
  GGN("ggn", "G"),
  /** S, the centred covariance of the per-sample gradients, with 1/N; C = S/B. */
  COVARIANCE("covariance", "S");

  private final String label;
  private final String symbol;

  Matrix(String label, String symbol) {
    this.label = label;
    this.symbol = symbol;
  }

  /** Name as users write it. */
  String label() {
    return label;
  }

  /** Letter of the notation. */
  String symbol() {
    return symbol;
  }
}
