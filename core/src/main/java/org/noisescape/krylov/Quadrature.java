package org.noisescape.krylov;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The Gauss rule of one vector's Lanczos recurrence: Σ w_i f(θ_i) ≈ vᵀf(A)v, ‖v‖ = 1, exact for
 * polynomials of degree below twice the number of nodes (Golub and Welsch 1969).
 *
 * @param nodes θ, ascending
 * @param weights w ≥ 0 of sum 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Quadrature(double[] nodes, double[] weights) {
  /** The rule of the leading part of a recurrence. */
  static Quadrature of(double[] diagonal, double[] off, int steps) {
    SmallEigen eigen = SmallEigen.tridiagonal(diagonal, off, steps);
    double[] weights = new double[steps];
    for (int i = 0; i < steps; i++) {
      weights[i] = eigen.vectors()[i][0] * eigen.vectors()[i][0];
    }
    double sum = Arrays.stream(weights).sum();
    return new Quadrature(
        eigen.values(), Arrays.stream(weights).map(weight -> weight / sum).toArray());
  }

  /** Σ w_i f(θ_i). */
  public double sum(DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * function.applyAsDouble(nodes[i]);
    }
    return sum;
  }

  /**
   * What −vᵀmin(A, 0)v can be, by the inequalities of Chebyshev, Markov and Stieltjes (Szegő 1975,
   * theorem 3.41.1): the distribution function F of v's spectral measure has Σ_{j<i} w_j ≤ F(θ_i) ≤
   * Σ_{j≤i} w_j, and −∫ min(t, 0) dF = ∫_{−∞}^0 F(t) dt.
   *
   * @param least a lower bound of all eigenvalues
   * @return the least and the largest value
   */
  double[] negativePart(double least) {
    double low = 0;
    double high = weights[0] * Math.max(0, Math.min(0, nodes[0]) - Math.min(0, least));
    double before = 0;
    for (int i = 0; i < nodes.length && nodes[i] < 0; i++) {
      boolean last = i + 1 == nodes.length;
      double width = Math.min(0, last ? 0 : nodes[i + 1]) - nodes[i];
      double next = last ? 0 : weights[i + 1];
      low += before * width;
      high += Math.min(1, before + weights[i] + next) * width;
      before += weights[i];
    }
    return new double[] {low, high};
  }
}
