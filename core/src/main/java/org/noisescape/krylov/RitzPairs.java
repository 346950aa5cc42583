package org.noisescape.krylov;

import org.noisescape.linop.EigenDecomposition;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.tensor.Arena;
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
 * @param scale max|θ|, the largest absolute Ritz value seen, a lower bound of ‖A‖; of a dense
 *     matrix its norm, or an upper bound of it
 * @param tolerance relative to the scale
 * @param unseen probability, at most, that an eigenvalue beyond the last pair was missed whose
 *     vector is orthogonal to the basis, as that of a further copy is; 1 where products were too
 *     few to tell, as they often are where the last pair itself has further copies
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
    double unseen,
    long products,
    int restarts)
    implements AutoCloseable {
  /**
   * The pairs of a dense matrix, exact but for rounding.
   *
   * @param operator that the matrix is of
   * @param found its k pairs at one end
   * @param matrix the matrix
   * @param end which
   * @param tolerance of residuals, relative to the norm
   */
  public static RitzPairs of(
      LinearOperator operator,
      EigenDecomposition found,
      SymmetricMatrix matrix,
      End end,
      double tolerance) {
    int k = found.count();
    int dimension = operator.dimension();
    double[] residuals = found.residuals(matrix);
    double norm = found.eigenvalues().norm();
    // a vector is rounded to the element type, and so are the products that made the matrix
    double rounding = operator.dtype().epsilon() * norm;
    double[] values = new double[k];
    double[] errors = new double[k];
    boolean[] converged = new boolean[k];
    double[] vector = new double[dimension];
    Arena arena = operator.engine().arena();
    Tensor vectors = arena.reserve(operator.dtype(), k, dimension);
    arena.commit();
    for (int i = 0; i < k; i++) {
      int at = end == End.LARGEST ? k - 1 - i : i;
      values[i] = found.eigenvalues().values()[at];
      errors[i] = residuals[at] + rounding;
      converged[i] = errors[i] <= tolerance * norm;
      found.vector(at, vector);
      operator.engine().memory().write(vectors.rows(i, 1), vector);
    }
    return new RitzPairs(
        operator.name(),
        values,
        errors,
        converged,
        vectors,
        norm,
        tolerance,
        0,
        matrix.dimension(),
        0);
  }

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
