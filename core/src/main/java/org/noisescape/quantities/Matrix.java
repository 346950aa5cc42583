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
  COVARIANCE("covariance", "S", Curvature::covariance),
  /** P^−½ H P^−½ with the preconditioner P of the update rules. */
  PRECONDITIONED_HESSIAN("preconditioned-hessian", "P^-1/2 H P^-1/2", Curvature::hessian),
  /** P^−½ S P^−½. */
  PRECONDITIONED_COVARIANCE("preconditioned-covariance", "P^-1/2 S P^-1/2", Curvature::covariance);

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

  /** It, or for a preconditioned one the matrix between the roots of P, at the θ of a curvature. */
  LinearOperator of(Curvature curvature) {
    return of.apply(curvature);
  }

  /** Whether it stands between roots of P. */
  boolean isPreconditioned() {
    return this == PRECONDITIONED_HESSIAN || this == PRECONDITIONED_COVARIANCE;
  }

  /** Letter of the notation. */
  String symbol() {
    return symbol;
  }
}
