package org.noisescape.linop;

import java.util.Arrays;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/** An operator as a dense matrix, from its products with unit vectors. */
public final class Materialization {
  private Materialization() {}

  /**
   * Hands over the rows A e_i, as the products give them: not symmetrised.
   *
   * <p>Cost: P products in blocks; memory: two blocks of vectors.
   *
   * @throws ArithmeticException where a product is not finite
   */
  public static void rows(LinearOperator operator, RowSink sink) {
    int dimension = operator.dimension();
    int block = Math.min(operator.block(), dimension);
    double[] values = new double[dimension];
    try (Arena arena = operator.engine().arena()) {
      Tensor units = arena.reserve(operator.dtype(), block, dimension);
      Tensor products = arena.reserve(operator.dtype(), block, dimension);
      arena.commit();
      for (int from = 0; from < dimension; from += block) {
        int count = Math.min(block, dimension - from);
        diagonal(units, from, count, 1);
        operator.apply(units.rows(0, count), products.rows(0, count));
        diagonal(units, from, count, 0);
        for (int r = 0; r < count; r++) {
          operator.engine().memory().read(products.rows(r, 1), values);
          requireFinite(operator, from + r, values);
          sink.accept(from + r, values);
        }
      }
    }
  }

  /** All of A in a Java array, for small P. */
  public static double[][] dense(LinearOperator operator) {
    double[][] matrix = new double[operator.dimension()][];
    rows(operator, (row, values) -> matrix[row] = values.clone());
    return matrix;
  }

  private static void diagonal(Tensor units, int from, int count, double value) {
    for (int r = 0; r < count; r++) {
      units.engine().memory().fill(units.rows(r, 1).slice(from + r, 1), value);
    }
  }

  private static void requireFinite(LinearOperator operator, int row, double[] values) {
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new ArithmeticException(
          "%s: the product with unit vector %d is not finite: is θ finite?"
              .formatted(operator.name(), row));
    }
  }
}
