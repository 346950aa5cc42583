package org.noisescape.krylov;

import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Tensor;

/** Products with an operator: in its blocks, counted, and refused where they are not finite. */
final class Products {
  private final LinearOperator operator;
  private final Norms norms;
  private long count;

  /** Reserves room for the norms of some products at once. */
  Products(LinearOperator operator, Arena arena, int rows) {
    this.operator = operator;
    this.norms = new Norms(arena, rows);
  }

  static long bytes(int rows) {
    return Norms.bytes(rows);
  }

  /**
   * Y ← X A; returns the norms ‖y_r‖.
   *
   * @throws ArithmeticException where a product is not finite
   */
  double[] apply(Tensor x, Tensor y) {
    // so that a product that is not finite is the operator's doing
    assert Finite.all(operator.name() + ": norms of the vectors it is applied to", norms.of(x));
    int rows = x.dim(0);
    int block = Math.max(1, operator.block());
    if (rows <= block) {
      operator.apply(x, y);
    } else {
      for (int from = 0; from < rows; from += block) {
        int part = Math.min(block, rows - from);
        operator.apply(x.rows(from, part), y.rows(from, part));
      }
    }
    double[] lengths = norms.of(y);
    for (int r = 0; r < rows; r++) {
      if (!Double.isFinite(lengths[r])) {
        throw new ArithmeticException(
            "%s: the product with vector %d is not finite: is θ finite?"
                .formatted(operator.name(), count + r + 1));
      }
    }
    count += rows;
    return lengths;
  }

  /** Inner products of rows. */
  Norms norms() {
    return norms;
  }

  /** Products so far, one a vector. */
  long count() {
    return count;
  }
}
