package org.noisescape.linop;

import java.util.function.IntConsumer;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/**
 * An operator's matrix, from its products with the unit vectors: (A + Aᵀ)/2 of what they give.
 *
 * <p>A symmetric operator is asymmetric by the rounding of its products, so asymmetry measures the
 * error of an element.
 *
 * @param matrix (P, P); closed by {@link #close}
 * @param asymmetry largest |a_ij − a_ji| over largest |a_ij|, 0 for A = 0; NaN where an element is
 * @param products number of products, P
 */
public record DenseMaterialization(SymmetricMatrix matrix, double asymmetry, int products)
    implements AutoCloseable {

  /** Memory that {@link #of} takes: 8P² for the matrix, and blocks of vectors. */
  public static long bytes(LinearOperator operator) {
    int n = operator.dimension();
    long vectors = (long) Math.min(operator.block(), n) * n;
    return SymmetricMatrix.bytes(n) + 2 * vectors * (operator.dtype().bytes() + Double.BYTES);
  }

  /** The matrix of an operator. Cost: P products. */
  public static DenseMaterialization of(LinearOperator operator) {
    return of(operator, rows -> {});
  }

  /**
   * The matrix of an operator. Cost: P products.
   *
   * @param progress is told the number of rows done, after each block
   * @throws IllegalArgumentException where the matrix does not fit in memory
   */
  public static DenseMaterialization of(LinearOperator operator, IntConsumer progress) {
    int n = operator.dimension();
    SymmetricMatrix matrix = SymmetricMatrix.zeros(n);
    try (Arena arena = operator.engine().arena()) {
      int block = Math.min(operator.block(), n);
      Tensor units = arena.reserve(operator.dtype(), block, n);
      Tensor products = arena.reserve(operator.dtype(), block, n);
      arena.commit();
      fill(operator, matrix, units, products, progress);
      double asymmetry = matrix.symmetrize();
      double largest = matrix.largestElement();
      return new DenseMaterialization(matrix, asymmetry == 0 ? 0 : asymmetry / largest, n);
    } catch (RuntimeException e) {
      matrix.close();
      throw e;
    }
  }

  private static void fill(
      LinearOperator operator,
      SymmetricMatrix matrix,
      Tensor units,
      Tensor products,
      IntConsumer progress) {
    Memory memory = operator.engine().memory();
    int n = operator.dimension();
    int block = units.dim(0);
    double[] unit = new double[block * n];
    double[] rows = new double[block * n];
    for (int first = 0; first < n; first += block) {
      int count = Math.min(block, n - first);
      if (count < block) {
        unit = new double[count * n];
        rows = new double[count * n];
      }
      Tensor x = units.rows(0, count);
      Tensor y = products.rows(0, count);
      for (int i = 0; i < count; i++) {
        unit[i * n + first + i] = 1;
      }
      memory.write(x, unit);
      for (int i = 0; i < count; i++) {
        unit[i * n + first + i] = 0;
      }
      operator.apply(x, y);
      memory.read(y, rows);
      for (int i = 0; i < count; i++) {
        matrix.putRow(first + i, rows, i * n);
      }
      progress.accept(first + count);
    }
  }

  @Override
  public void close() {
    matrix.close();
  }
}
