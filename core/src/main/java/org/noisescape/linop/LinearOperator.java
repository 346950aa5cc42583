package org.noisescape.linop;

import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * A real symmetric matrix A (P, P), known by its products with blocks of vectors.
 *
 * <p>Vectors are rows: a block is (k, P). A is fixed between products; what changes it (θ, data)
 * makes it another operator.
 */
public interface LinearOperator {
  /** Name for messages, for example {@code hessian}. */
  String name();

  /** P. */
  int dimension();

  /** Number of vectors that is applied at once with least cost for each, at least 1. */
  int block();

  /** Where vectors live. */
  Engine engine();

  /** Element type of vectors. */
  DType dtype();

  /**
   * Size of the terms that cancel in a product beyond what is left of them: a product's error is
   * some roundings of (‖A‖ + this) · ‖x‖. 0 where nothing cancels.
   */
  default double cancellation() {
    return 0;
  }

  /**
   * Y ← X A, row by row.
   *
   * <p>Shapes: x, y (k, P), rows may have a stride, any k ≥ 1; x is left as it is and is not y.
   * Cost: k products.
   */
  void apply(Tensor x, Tensor y);
}
