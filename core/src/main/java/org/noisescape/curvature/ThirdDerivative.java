package org.noisescape.curvature;

import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/**
 * ∇³L[v, v, ·] = d/dε H(θ + εv)v at ε = 0: how the curvature along a direction changes with θ.
 *
 * <pre>
 * D(ε) = (H(θ + εv)v − H(θ − εv)v)/2ε,   ∇³L[v, v, ·] = (4D(ε) − D(2ε))/3 + O(ε⁴)
 * </pre>
 *
 * <p>For an eigenvector of H to a simple eigenvalue it is the gradient of that eigenvalue, and
 * summed over an orthonormal basis that of tr H. Networks with kinks have it between these only,
 * where no unit switches within 2ε.
 *
 * <p>Shapes: v (P) of length 1, results (P). Cost: four products, five moves. Error: {@link
 * Value#error}; in smooth networks of inputs of order one some 1e-9 of λ.
 *
 * <p>Sources: central differences of products, Pearlmutter (1994); extrapolation, Richardson
 * (1911).
 */
public final class ThirdDerivative implements AutoCloseable {
  /** ε: rounding of D is ε_64 λ/ε = 1e-13 λ, and ε⁴ is of that order where H varies over 1. */
  private static final double STEP = 1e-3;

  private final Curvature curvature;
  private final LinearOperator hessian;
  private final Arena arena;
  private final Tensor vector;
  private final Tensor product;

  /**
   * Takes two vectors.
   *
   * @param curvature of float64, at θ
   */
  public ThirdDerivative(Curvature curvature) {
    this.curvature = curvature;
    this.hessian = curvature.hessian();
    if (hessian.dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "third derivatives need products in float64, got " + hessian.dtype());
    }
    this.arena = curvature.engine().arena();
    this.vector = arena.reserve(DType.FLOAT64, 1, curvature.dimension());
    this.product = arena.reserve(DType.FLOAT64, 1, curvature.dimension());
    arena.commit();
  }

  /**
   * A third derivative.
   *
   * @param vector ∇³L[v, v, ·] (P)
   * @param error ‖D(ε) − D(2ε)‖/3, the error of D(ε), of which the extrapolation takes most away
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Value(double[] vector, double error) {}

  /** Along v (P), at the θ where the curvature is, and stays. */
  public Value along(double... v) {
    double[] theta = curvature.theta();
    Memory memory = curvature.engine().memory();
    memory.write(vector, v);
    double[] near = difference(theta, v, STEP);
    double[] far = difference(theta, v, 2 * STEP);
    curvature.at(theta);
    double squares = 0;
    for (int i = 0; i < near.length; i++) {
      double third = (near[i] - far[i]) / 3;
      squares += third * third;
      near[i] += third;
    }
    return new Value(near, Math.sqrt(squares));
  }

  private double[] difference(double[] theta, double[] v, double step) {
    double[] ahead = productAt(theta, v, step);
    double[] behind = productAt(theta, v, -step);
    for (int i = 0; i < ahead.length; i++) {
      ahead[i] = (ahead[i] - behind[i]) / (2 * step);
    }
    return ahead;
  }

  private double[] productAt(double[] theta, double[] v, double step) {
    double[] moved = theta.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * v[i];
    }
    curvature.at(moved);
    hessian.apply(vector, product);
    return curvature.engine().memory().readDoubles(product);
  }

  @Override
  public void close() {
    arena.close();
  }
}
