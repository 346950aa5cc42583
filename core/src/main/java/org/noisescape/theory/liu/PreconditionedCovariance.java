package org.noisescape.theory.liu;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * Stationary covariance with a constant preconditioner Λ in the place of λ.
 *
 * <p>With w = Λ^½u the rule is heavy ball with learning rate 1, Hessian Λ^½KΛ^½ and noise Λ^½CΛ^½,
 * so that Λ, K and C need not commute. Source: Liu et al. (2021), Corollary 3, Eq. 22.
 */
public final class PreconditionedCovariance {
  private PreconditionedCovariance() {}

  /**
   * The solution of (1−μ)(ΛKΣ+ΣKΛ) − (1+μ²)/(1−μ²)·ΛKΣKΛ + μ/(1−μ²)(ΛKΛKΣ+ΣKΛKΛ) = ΛCΛ.
   *
   * @param preconditioner Λ, shape (D, D), symmetric and positive definite
   * @throws IllegalArgumentException unless the largest eigenvalue of ΛK is less than 2(1+μ)
   */
  public static double[][] covariance(
      double[][] preconditioner, double momentum, Hessian hessian, GradientNoiseCovariance noise) {
    RealMatrix root;
    try {
      root = Hessian.of(preconditioner).function(Math::sqrt);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the preconditioner, too, is checked: " + e.getMessage(), e);
    }
    Hessian scaled = Hessian.of(sandwich(root, hessian.matrix()));
    GradientNoiseCovariance seen = GradientNoiseCovariance.of(sandwich(root, noise.matrix()));
    RealMatrix inner =
        new Array2DRowRealMatrix(
            DiscreteTime.covariance(new HeavyBallSgd(1, momentum), scaled, seen));
    return sandwich(root, inner);
  }

  /** RMR with R symmetric. */
  static double[][] sandwich(RealMatrix outer, RealMatrix inner) {
    return outer.multiply(inner).multiply(outer).getData();
  }
}
