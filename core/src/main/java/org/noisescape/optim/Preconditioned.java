package org.noisescape.optim;

import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * u ← Λ u with a constant matrix: damped Newton for Λ = K⁻¹, natural gradient for the inverse
 * Fisher matrix.
 *
 * <p>Source: Liu, Ziyin and Ueda (2021), Eq. 22 and section 6.5. Cost: P² products a replica and
 * step, so for few parameters.
 *
 * @param matrix Λ (P, P), row by row
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Preconditioned(double[] matrix) implements UpdateRule {
  /** Checks that the matrix is square and finite. */
  public Preconditioned {
    matrix = matrix.clone();
    int size = (int) Math.round(Math.sqrt(matrix.length));
    if (size < 1 || size * size != matrix.length) {
      throw new IllegalArgumentException(
          "preconditioner: the matrix must be square, got " + matrix.length + " entries");
    }
    for (double entry : matrix) {
      if (!Double.isFinite(entry)) {
        throw new IllegalArgumentException("preconditioner: entries must be finite, got " + entry);
      }
    }
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Tensor u = memory.direction();
    int replicas = u.dim(0);
    int size = u.dim(1);
    requireSize(size);
    Tensor product = memory.scratch();
    Tensor lambda = memory.constant(matrix, 1, size, size);
    Memory copies = memory.engine().memory();
    Tensor rows = u.reshape(1, replicas, size);
    Tensor images = product.reshape(1, replicas, size);
    return () -> {
      memory.engine().linearAlgebra().gemm(Transpose.NO, Transpose.YES, 1, rows, lambda, 0, images);
      copies.copy(product, u);
    };
  }

  @Override
  public VectorRule onVectors() {
    return VectorRule.of(
        1,
        (theta, u, states, draws) -> {
          double[] product = states[0];
          requireSize(u.length);
          for (int i = 0; i < u.length; i++) {
            double sum = 0;
            for (int j = 0; j < u.length; j++) {
              sum += matrix[i * u.length + j] * u[j];
            }
            product[i] = sum;
          }
          System.arraycopy(product, 0, u, 0, u.length);
        });
  }

  private void requireSize(int size) {
    if (size * size != matrix.length) {
      throw new IllegalArgumentException(
          "preconditioner: the matrix has %d entries, %d parameters need %d"
              .formatted(matrix.length, size, size * size));
    }
  }
}
