package org.noisescape.krylov;

import org.noisescape.tensor.Tensor;

/**
 * Approximate eigenpairs of an operator, with residuals from products of their own. Owns the
 * vectors' memory.
 *
 * <p>Within |λ − value| ≤ residual there is an eigenvalue (Parlett 1998, theorem 4.5.1).
 *
 * @param operator name of the operator
 * @param values Rayleigh quotients vᵀAv, descending for the largest, ascending for the smallest
 * @param residuals ‖Av − value·v‖
 * @param converged residual ≤ tolerance · scale
 * @param vectors (k, P) with orthonormal rows
 * @param scale max|θ|, the largest absolute Ritz value seen, a lower bound of ‖A‖
 * @param tolerance relative to the scale
 * @param products products used, the residuals' included
 * @param restarts times the basis was compressed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RitzPairs(
    String operator,
    double[] values,
    double[] residuals,
    boolean[] converged,
    Tensor vectors,
    double scale,
    double tolerance,
    long products,
    int restarts)
    implements AutoCloseable {
  /** Number of pairs. */
  public int size() {
    return values.length;
  }

  /** Whether all pairs converged. */
  public boolean allConverged() {
    for (boolean one : converged) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  /** Gives the vectors' memory back. */
  @Override
  public void close() {
    vectors.arena().close();
  }
}
