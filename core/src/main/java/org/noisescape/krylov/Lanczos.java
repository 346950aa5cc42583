package org.noisescape.krylov;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Extreme eigenpairs by the block Lanczos method with thick restarts and full reorthogonalisation.
 *
 * <p>Every product is projected on the whole basis twice; the inner products that are taken out are
 * the projected matrix V A Vᵀ, so that restarts, blocks that lose rank and random directions need
 * no case of their own. Where a block loses rank (an invariant subspace), fresh random directions
 * take the place of the lost ones. All k residuals must be small, and the basis must have reached
 * the default size once, before the search may end.
 *
 * <p>Sources: Wu and Simon (2000), "Thick-restart Lanczos method"; Stathopoulos and Saad (1998);
 * Zhou and Saad (2008), "Block Krylov-Schur method", for blocks.
 *
 * <p>Cost: products dominate; beside them 8 m b P operations a block. Memory: {@link #bytes}.
 * Error: residuals, from one product a pair at the end. Copies of a multiple eigenvalue beyond the
 * block size enter a Krylov space only through rounding or random directions, so that a search may
 * return fewer copies than there are: take a block of at least the multiplicity where that matters.
 */
public final class Lanczos implements AutoCloseable {
  /** Residual estimates must be this far below the tolerance, for the rounding of the real ones. */
  private static final double SAFETY = 0.5;

  private final LinearOperator operator;
  private final LanczosOptions options;
  private final int dimension;
  private final int block;
  private final int capacity;
  private final int wanted;
  private final int defaultBasis;
  private final Arena arena;
  private final Arena resultArena;
  private final Basis basis;
  private final Products products;
  private final RandomVectors random;
  private final Tensor vectors;
  private final double[][] projected;
  private int nextRandom;
  private int restarts;
  private double scale;
  private boolean started;

  /**
   * Reserves the memory without taking it.
   *
   * @throws IllegalArgumentException where the options do not fit the operator
   */
  public Lanczos(LinearOperator operator, LanczosOptions options) {
    this.operator = operator;
    this.options = options.fittedTo(operator);
    dimension = operator.dimension();
    block = this.options.block();
    capacity = this.options.basis();
    wanted = this.options.pairs();
    defaultBasis = LanczosOptions.defaultBasis(wanted, block, dimension);
    arena = operator.engine().arena();
    basis =
        new Basis(arena, operator.dtype(), capacity + block, dimension, block, this.options.kept());
    products = new Products(operator, arena, block);
    random = new RandomVectors(arena, 1, options.seed(), RandomVectors.Use.START);
    resultArena = operator.engine().arena();
    vectors = resultArena.reserve(operator.dtype(), wanted, dimension);
    projected = new double[capacity][capacity];
  }

  /** Reserves, runs and gives back what is not part of the result. */
  public static RitzPairs solve(LinearOperator operator, LanczosOptions options) {
    try (Lanczos lanczos = new Lanczos(operator, options)) {
      return lanczos.run();
    }
  }

  /**
   * Bytes of a search with its result: (m + b + k) vectors, panels of (m + b + kept) × min(P, 2¹⁴),
   * and small change.
   *
   * @param dimension P
   * @param pairs k
   * @param block b
   * @param basis m
   */
  public static long bytes(int dimension, int pairs, int block, int basis, DType dtype) {
    int b = Math.min(block, dimension);
    int m = Math.min(basis, dimension);
    int kept = LanczosOptions.kept(pairs, b, m);
    return Basis.bytes(dtype, m + b, dimension, b, kept)
        + Products.bytes(b)
        + RandomVectors.bytes(1)
        + Reserved.bytes(dtype, pairs, dimension);
  }

  /** Bytes reserved, the result's included. */
  public long bytes() {
    return arena.bytes() + resultArena.bytes();
  }

  /**
   * Takes the memory and searches, once.
   *
   * @return pairs that the caller closes
   * @throws ArithmeticException where a product is not finite
   */
  public RitzPairs run() {
    if (started) {
      throw new IllegalStateException("a Lanczos search runs once: make another");
    }
    started = true;
    arena.commit();
    resultArena.commit();
    try {
      return finish(search());
    } catch (RuntimeException e) {
      resultArena.close();
      throw e;
    }
  }

  /** Coefficients (k, size) of the wanted Ritz vectors, best first. */
  private double[][] search() {
    nextRandom = basis.randomise(random, 0, 0, block);
    // not before the default size: small spaces have small residuals by accident
    int check = defaultBasis;
    int start = 0;
    int count = block;
    while (true) {
      double[][] triangle = expand(start, count);
      int end = start + count;
      int room = Math.min(block, dimension - end);
      boolean last = room == 0 || products.count() + room + wanted > options.maxProducts();
      boolean full = end + room > capacity;
      if (last || full || end >= check) {
        SmallEigen eigen = SmallEigen.of(projected, end);
        scale = Math.max(scale, eigen.norm());
        double[][] best = eigen.vectors(options.end(), wanted);
        if (last || converged(best, triangle, start)) {
          return best;
        }
        if (full) {
          end = restart(eigen, end, room);
        }
        check = end + Math.max(block, end / 8);
      }
      start = end;
      count = room;
    }
  }

  /**
   * Multiplies basis vectors start, …, adds their rows to the projected matrix, and puts the next
   * orthonormal block behind them.
   *
   * @return R (count, kept), what the products have outside the basis in terms of that block
   */
  private double[][] expand(int start, int count) {
    int end = start + count;
    double[] lengths = products.apply(basis.vectors(start, count), basis.vectors(end, count));
    double[][] inner = basis.project(0, end, count);
    for (int r = 0; r < count; r++) {
      System.arraycopy(inner[r], 0, projected[start + r], 0, start);
      for (int c = 0; c <= r; c++) {
        projected[start + r][start + c] = 0.5 * (inner[r][start + c] + inner[c][start + r]);
      }
    }
    int room = Math.min(block, dimension - end);
    double[][] triangle = basis.orthonormalise(end, count, lengths, room);
    int kept = triangle[0].length;
    nextRandom = basis.randomise(random, nextRandom, end + kept, room - kept);
    return triangle;
  }

  /** ‖A v − θ v‖ of a Ritz vector with coefficients y is ‖yᵀR‖ over the last block. */
  private boolean converged(double[][] best, double[][] triangle, int start) {
    for (double[] y : best) {
      double squared = 0;
      for (int c = 0; c < triangle[0].length; c++) {
        double sum = 0;
        for (int r = 0; r < triangle.length; r++) {
          sum += y[start + r] * triangle[r][c];
        }
        squared += sum * sum;
      }
      if (Math.sqrt(squared) > SAFETY * options.tolerance() * scale) {
        return false;
      }
    }
    return best.length == wanted;
  }

  /** Compresses the basis to its best Ritz vectors and the block behind it. */
  private int restart(SmallEigen eigen, int size, int next) {
    int kept = options.kept();
    double[] values = eigen.values(options.end(), kept);
    basis.rotate(eigen.vectors(options.end(), kept), basis.vectors(0, kept));
    operator.engine().memory().copy(basis.vectors(size, next), basis.vectors(kept, next));
    for (int i = 0; i < kept; i++) {
      Arrays.fill(projected[i], 0);
      projected[i][i] = values[i];
    }
    restarts++;
    return kept;
  }

  private RitzPairs finish(double[][] best) {
    basis.rotate(best, vectors);
    double[] values = new double[wanted];
    double[] residuals = new double[wanted];
    for (int from = 0; from < wanted; from += block) {
      int count = Math.min(block, wanted - from);
      measure(vectors.rows(from, count), basis.vectors(0, count), values, residuals, from);
    }
    int[] order = order(values);
    // Ritz values in one order, Rayleigh quotients in another: equal values, to rounding
    Tensor sorted = basis.vectors(0, wanted);
    for (int i = 0; i < wanted; i++) {
      operator.engine().memory().copy(vectors.rows(order[i], 1), sorted.rows(i, 1));
    }
    operator.engine().memory().copy(sorted, vectors);
    double[] sortedValues = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
    double[] sortedResiduals = Arrays.stream(order).mapToDouble(i -> residuals[i]).toArray();
    boolean[] converged = new boolean[wanted];
    for (int i = 0; i < wanted; i++) {
      converged[i] = sortedResiduals[i] <= options.tolerance() * scale;
    }
    return new RitzPairs(
        operator.name(),
        sortedValues,
        sortedResiduals,
        converged,
        vectors,
        scale,
        options.tolerance(),
        products.count(),
        restarts);
  }

  /** Rayleigh quotients and residuals of some Ritz vectors, which are normalised. */
  private void measure(Tensor v, Tensor product, double[] values, double[] residuals, int from) {
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

  private int[] order(double[] values) {
    Comparator<Integer> ascending = Comparator.comparingDouble(i -> values[i]);
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(options.end() == End.SMALLEST ? ascending : ascending.reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Gives the memory back that is not part of the result. */
  @Override
  public void close() {
    arena.close();
  }
}
