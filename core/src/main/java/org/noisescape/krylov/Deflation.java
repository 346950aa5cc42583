package org.noisescape.krylov;

import java.util.List;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.Projected;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * An operator A split along a few directions: the eigenvalues of Q A Qᵀ on their span, and Π A Π
 * beside it, Π = I − QᵀQ.
 *
 * <p>tr f(A) = Σ f(θ_i) + tr f(Π A Π), for f(0) = 0, but for O(Σ r_i²) where the directions are
 * eigenvectors up to residuals r_i. With the outermost eigenvectors taken out, a quadrature of as
 * many steps resolves what is left as much better as its range is smaller. Cost: a product a
 * direction; memory: the directions and a block of vectors.
 */
public final class Deflation implements AutoCloseable {
  private final Arena arena;
  private final Projected rest;
  private final double[] values;
  private final long products;

  private Deflation(Arena arena, Projected rest, double[] values, long products) {
    this.arena = arena;
    this.rest = rest;
    this.values = values;
    this.products = products;
  }

  /**
   * Splits an operator.
   *
   * @param directions blocks of rows (k, P), such as Ritz vectors; none need be orthogonal to
   *     others
   */
  public static Deflation of(LinearOperator operator, List<Tensor> directions) {
    int given = directions.stream().mapToInt(rows -> rows.dim(0)).sum();
    int block = Math.max(1, Math.min(operator.block(), given));
    Arena arena = operator.engine().arena();
    try {
      Basis basis =
          new Basis(arena, operator.dtype(), given + block, operator.dimension(), block, 0);
      Products products = new Products(operator, arena, block);
      arena.commit();
      int rank = 0;
      for (Tensor rows : directions) {
        rank = append(basis, rank, rows, block);
      }
      double[][] inner = new double[rank][];
      for (int from = 0; from < rank; from += block) {
        int count = Math.min(block, rank - from);
        products.apply(basis.vectors(from, count), basis.vectors(rank, count));
        System.arraycopy(basis.project(0, rank, count), 0, inner, from, count);
      }
      double[] values = rank == 0 ? new double[0] : SmallEigen.of(inner, rank).values();
      Projected rest = new Projected(operator, basis.vectors(0, rank), Projected.Onto.COMPLEMENT);
      return new Deflation(arena, rest, values, products.count());
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static int append(Basis basis, int size, Tensor rows, int block) {
    int rank = size;
    for (int from = 0; from < rows.dim(0); from += block) {
      int count = Math.min(block, rows.dim(0) - from);
      Tensor target = basis.vectors(rank, count);
      target.engine().memory().copy(rows.rows(from, count), target);
      rank = basis.append(rank, count, basis.norms().of(target));
    }
    return rank;
  }

  /** Π A Π. */
  public LinearOperator rest() {
    return rest;
  }

  /** Eigenvalues of Q A Qᵀ, ascending. */
  public double[] values() {
    return values.clone();
  }

  /** Products used. */
  public long products() {
    return products;
  }

  @Override
  public void close() {
    rest.close();
    arena.close();
  }
}
