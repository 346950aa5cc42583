package org.noisescape.linop;

/**
 * An operator's matrix, from its products with the unit vectors: (A + Aᵀ)/2 of what they give.
 *
 * <p>A symmetric operator is asymmetric by the rounding of its products, so asymmetry measures the
 * error of an element.
 *
 * @param matrix (P, P); closed by {@link #close}
 * @param asymmetry largest |a_ij − a_ji| over largest |a_ij|, 0 for A = 0
 * @param products number of products, P
 */
public record DenseMaterialization(SymmetricMatrix matrix, double asymmetry, int products)
    implements AutoCloseable {

  /** Memory that {@link #of} takes: 8P² for the matrix, and two blocks of vectors. */
  public static long bytes(LinearOperator operator) {
    int n = operator.dimension();
    long vectors = (long) Math.min(operator.block(), n) * n;
    return SymmetricMatrix.bytes(n) + 2 * vectors * operator.dtype().bytes();
  }

  /**
   * The matrix of an operator. Cost: P products.
   *
   * @throws IllegalArgumentException where the matrix does not fit in memory
   * @throws ArithmeticException where a product is not finite
   */
  public static DenseMaterialization of(LinearOperator operator) {
    int n = operator.dimension();
    SymmetricMatrix matrix = SymmetricMatrix.zeros(n);
    try {
      Materialization.rows(operator, (i, row) -> matrix.putRow(i, row, 0));
      double asymmetry = matrix.symmetrize();
      double largest = matrix.largestElement();
      return new DenseMaterialization(matrix, asymmetry == 0 ? 0 : asymmetry / largest, n);
    } catch (RuntimeException e) {
      matrix.close();
      throw e;
    }
  }

  @Override
  public void close() {
    matrix.close();
  }
}
