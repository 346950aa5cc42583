package org.noisescape.krylov;

import java.util.Arrays;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * An orthonormal basis V that grows by products, and the projected matrix V A Vᵀ.
 *
 * <p>Every product is projected on the whole basis twice; the inner products that are taken out are
 * rows of the projected matrix.
 */
final class Expansion {
  private final LinearOperator operator;
  private final int dimension;
  private final Basis basis;
  private final Products products;
  private final RandomVectors random;
  private final double[][] projected;
  private int nextRandom;

  /** Reserves the memory of a search. */
  Expansion(LinearOperator operator, LanczosOptions options, Arena arena) {
    this.operator = operator;
    dimension = operator.dimension();
    int block = options.block();
    int capacity = options.basis();
    basis = new Basis(arena, operator.dtype(), capacity + block, dimension, block, options.kept());
    products = new Products(operator, arena, block);
    random = new RandomVectors(arena, 1, options.seed(), RandomVectors.Use.START);
    projected = new double[capacity][capacity];
  }

  Basis basis() {
    return basis;
  }

  Products products() {
    return products;
  }

  /** V A Vᵀ of the rows that were multiplied; only the lower triangle counts. */
  double[][] projected() {
    return projected;
  }

  /** Eigenpairs of the projected matrix of so many rows. */
  SmallEigen eigen(int size) {
    return SmallEigen.of(projected, size);
  }

  /** Eigenpairs of rows and columns from, …, to − 1 of the projected matrix. */
  SmallEigen eigen(int from, int to) {
    double[][] part = new double[to - from][];
    for (int i = from; i < to; i++) {
      part[i - from] = Arrays.copyOfRange(projected[i], from, to);
    }
    return SmallEigen.of(part, to - from);
  }

  /** Coefficients (count, size) of the first rows themselves. */
  double[][] units(int count, int size) {
    double[][] units = new double[count][size];
    for (int i = 0; i < count; i++) {
      units[i][i] = 1;
    }
    return units;
  }

  /** Puts random orthonormal directions behind so many rows. */
  void addRandom(int size, int count) {
    nextRandom = basis.randomise(random, nextRandom, size, count);
  }

  /**
   * Multiplies basis vectors start, …, adds their rows to the projected matrix, and puts the next
   * orthonormal block behind them.
   *
   * @param room vectors of the next block; where the products leave fewer, random directions
   * @return R (count, kept), what the products have outside the basis in terms of that block
   */
  double[][] expand(int start, int count, int room) {
    int end = start + count;
    double[] lengths = products.apply(basis.vectors(start, count), basis.vectors(end, count));
    double[][] inner = basis.project(0, end, count);
    for (int r = 0; r < count; r++) {
      System.arraycopy(inner[r], 0, projected[start + r], 0, start);
      for (int c = 0; c <= r; c++) {
        projected[start + r][start + c] = 0.5 * (inner[r][start + c] + inner[c][start + r]);
      }
    }
    double[][] triangle = basis.orthonormalise(end, count, lengths, room);
    int kept = triangle[0].length;
    addRandom(end + kept, room - kept);
    return triangle;
  }

  /**
   * Compresses the basis, and moves the block behind it there.
   *
   * @param eigen Ritz pairs of the rows from {@code fixed} on
   * @param end those of which are kept
   * @param fixed first rows, which stay
   * @param kept rows in all that are left
   * @param size of the basis
   * @param next vectors of the block
   */
  void compress(SmallEigen eigen, End end, int fixed, int kept, int size, int next) {
    double[] values = eigen.values(end, kept - fixed);
    double[][] vectors = eigen.vectors(end, kept - fixed);
    double[][] combinations = units(kept, size);
    for (int i = fixed; i < kept; i++) {
      System.arraycopy(vectors[i - fixed], 0, combinations[i], fixed, size - fixed);
    }
    basis.rotate(combinations, basis.vectors(0, kept));
    if (next > 0) {
      operator.engine().memory().copy(basis.vectors(size, next), basis.vectors(kept, next));
    }
    for (int i = fixed; i < kept; i++) {
      Arrays.fill(projected[i], 0);
      projected[i][i] = values[i - fixed];
    }
  }

  /**
   * Puts the first residual A v − θ v above a bound behind the basis, as its next vector.
   *
   * @param v vectors in the span of so many rows, which are normalised
   * @return whether there is one
   */
  boolean addResidual(Tensor v, int size, double bound) {
    double[] values = new double[1];
    double[] length = new double[1];
    for (int i = 0; i < v.dim(0); i++) {
      measure(v.rows(i, 1), basis.vectors(size, 1), values, length, 0);
      if (length[0] > bound && basis.append(size, 1, length) > size) {
        return true;
      }
    }
    return false;
  }

  /**
   * Rayleigh quotients and residuals of some vectors, which are normalised.
   *
   * @param product where A v − θ v is left
   */
  void measure(Tensor v, Tensor product, double[] values, double[] residuals, int from) {
    int count = v.dim(0);
    double[] lengths = basis.norms().of(v);
    for (int r = 0; r < count; r++) {
      operator.engine().linearAlgebra().axpby(1 / lengths[r], v.rows(r, 1), 0, v.rows(r, 1));
    }
    products.apply(v, product);
    double[] squares = basis.norms().dot(v, v);
    double[] quotients = basis.norms().dot(v, product);
    for (int r = 0; r < count; r++) {
      values[from + r] = quotients[r] / squares[r];
      quotients[r] = -values[from + r];
    }
    basis.norms().axpy(quotients, v, product);
    System.arraycopy(basis.norms().of(product), 0, residuals, from, count);
  }
}
