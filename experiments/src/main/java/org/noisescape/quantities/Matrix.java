package org.noisescape.quantities;

import java.util.function.Function;
import org.noisescape.curvature.Curvature;
import org.noisescape.linop.LinearOperator;

/** A symmetric matrix (P, P) of the training data at θ. */
public enum Matrix {
  /** H, the Hessian of L. */
  HESSIAN("hessian", "H", Curvature::hessian),
  /** G, the generalised Gauss-Newton matrix. */
  GGN("ggn", "G", Curvature::gaussNewton),
  /** S, the centred covariance of the per-sample gradients, with 1/N; C = S/B. */
  COVARIANCE("covariance", "S", Curvature::covariance);

  private final String label;
  private final String symbol;
  private final Function<Curvature, LinearOperator> of;

  Matrix(String label, String symbol, Function<Curvature, LinearOperator> of) {
    this.label = label;
    this.symbol = symbol;
    this.of = of;
  }

  /** Name as users write it. */
  String label() {
    return label;
  }

  /** It, at the θ of a curvature. */
  LinearOperator of(Curvature curvature) {
    return of.apply(curvature);
  }

  /** Letter of the notation. */
  String symbol() {
    return symbol;
  }
}
