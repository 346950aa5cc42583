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
 * Error: residuals, from one product a pair at the end. A Krylov space of a block holds no more
 * copies of an eigenvalue than the block has vectors. So once the pairs have converged, a random
 * vector orthogonal to the Ritz vectors is followed until it has shown another copy, or has missed
 * one with a probability of at most 10⁻³ ({@link UnseenBound}); where it has shown one the search
 * goes on and looks again. That may take as many products as the search before it.
 */
public final class Lanczos implements AutoCloseable {
  /** Residual estimates must be this far below the tolerance, for the rounding of the real ones. */
  private static final double SAFETY = 0.5;

  /** A look for further copies ends where it has missed one with at most this probability. */
  private static final double UNSEEN = 1e-3;

  private final LinearOperator operator;
  private final LanczosOptions options;
  private final int dimension;
  private final int block;
  private final int capacity;
  private final int wanted;
  private final int defaultBasis;
  private final Arena arena;
  private final Arena resultArena;
  private final Expansion expansion;
  private final Tensor vectors;
  private int restarts;
  private double scale;
  private int size;
  private boolean converged;
  private double unseen = 1;
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
    expansion = new Expansion(operator, this.options, arena);
    resultArena = operator.engine().arena();
    vectors = resultArena.reserve(operator.dtype(), wanted, dimension);
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
    expansion.addRandom(0, block);
    double[][] best = climb(0, block, defaultBasis);
    long most = 2 * products();
    boolean first = true;
    while (converged && unseen > UNSEEN && size < dimension && products() < most && hasRoom(1)) {
      // the wanted vectors stay as they converged
      int own = first ? 0 : wanted;
      int held = Math.min(options.kept(), size);
      expansion.compress(expansion.eigen(own, size), options.end(), own, held, size, 0);
      size = held;
      first = look(held, most) && hasRoom(block);
      if (first) {
        best = pursue();
        most = 2 * products();
      } else {
        best = expansion.units(wanted, size);
      }
    }
    if (size == dimension) {
      // the basis spans all there is
      unseen = 0;
      best = expansion.eigen(size).vectors(options.end(), wanted);
    }
    return best;
  }

  /**
   * Grows the basis until the wanted pairs converge or the products are used up.
   *
   * @param from first vector of the next block
   * @param vectorsThere number of its vectors
   * @param firstCheck size of the basis from which convergence is looked at: small spaces have
   *     small residuals by accident
   */
  private double[][] climb(int from, int vectorsThere, int firstCheck) {
    int start = from;
    int count = vectorsThere;
    int check = firstCheck;
    while (true) {
      int end = start + count;
      int room = Math.min(block, dimension - end);
      double[][] triangle = expansion.expand(start, count, room);
      boolean last = room == 0 || !hasRoom(room);
      boolean full = end + room > capacity;
      if (last || full || end >= check) {
        SmallEigen eigen = expansion.eigen(end);
        scale = Math.max(scale, eigen.norm());
        double[][] best = eigen.vectors(options.end(), wanted);
        converged = converged(best, triangle, start);
        if (last || converged) {
          size = end;
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
   * Goes on from a vector that showed an eigenvalue beyond the wanted ones. What the Ritz vectors
   * held had outside the basis is not in it any more, so that residuals are measured.
   */
  private double[][] pursue() {
    double[][] best = climb(makeRoom(), 1, size);
    while (converged && size < dimension && hasRoom(wanted + block)) {
      makeRoom();
      best = expansion.eigen(size).vectors(options.end(), wanted);
      expansion.basis().rotate(best, vectors);
      if (!expansion.addResidual(vectors, size, SAFETY * options.tolerance() * scale)) {
        break;
      }
      best = climb(size, 1, size);
    }
    return best;
  }

  private int restart(SmallEigen eigen, int end, int next) {
    expansion.compress(eigen, options.end(), 0, options.kept(), end, next);
    restarts++;
    return options.kept();
  }

  /** Size of the basis, behind which there is room for a block. */
  private int makeRoom() {
    if (size == capacity) {
      size = restart(expansion.eigen(size), size, 1);
    }
    return size;
  }

  /**
   * Follows a random vector that is orthogonal to the Ritz vectors held: copies of their
   * eigenvalues are as visible in it as the first ones were.
   *
   * @return whether it has shown an eigenvalue beyond the last wanted one; if so its next vector
   *     stands behind the basis
   */
  private boolean look(int held, long most) {
    double outermost = expansion.projected()[wanted - 1][wanted - 1];
    double slack = options.tolerance() * scale;
    double t = options.end() == End.LARGEST ? outermost + slack : outermost - slack;
    expansion.addRandom(held, 1);
    while (true) {
      int room = Math.min(1, dimension - size - 1);
      double[][] triangle = expansion.expand(size, 1, room);
      size++;
      double off = triangle[0].length == 0 ? 0 : triangle[0][0];
      double[][] projected = expansion.projected();
      unseen = UnseenBound.probability(projected, held, size, off, t, options.end(), dimension);
      if (unseen <= UNSEEN || room == 0) {
        return false;
      }
      if (beyond(held, t)) {
        return true;
      }
      if (size == capacity || products() >= most || !hasRoom(1)) {
        return false;
      }
    }
  }

  /** Whether the recurrence behind the rows held has a Ritz value beyond t. */
  private boolean beyond(int held, double t) {
    double outermost = expansion.eigen(held, size).values(options.end(), 1)[0];
    return options.end() == End.LARGEST ? outermost > t : outermost < t;
  }

  private long products() {
    return expansion.products().count();
  }

  private boolean hasRoom(int more) {
    return products() + more + wanted <= options.maxProducts();
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

  private RitzPairs finish(double[][] best) {
    expansion.basis().rotate(best, vectors);
    double[] values = new double[wanted];
    double[] residuals = new double[wanted];
    for (int from = 0; from < wanted; from += block) {
      int count = Math.min(block, wanted - from);
      Tensor scratch = expansion.basis().vectors(0, count);
      expansion.measure(vectors.rows(from, count), scratch, values, residuals, from);
    }
    int[] order = order(values);
    // Ritz values in one order, Rayleigh quotients in another: equal values, to rounding
    Tensor sorted = expansion.basis().vectors(0, wanted);
    for (int i = 0; i < wanted; i++) {
      operator.engine().memory().copy(vectors.rows(order[i], 1), sorted.rows(i, 1));
    }
    operator.engine().memory().copy(sorted, vectors);
    double[] sortedValues = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
    double[] sortedResiduals = Arrays.stream(order).mapToDouble(i -> residuals[i]).toArray();
    boolean[] good = new boolean[wanted];
    for (int i = 0; i < wanted; i++) {
      good[i] = sortedResiduals[i] <= options.tolerance() * scale;
    }
    return new RitzPairs(
        operator.name(),
        sortedValues,
        sortedResiduals,
        good,
        vectors,
        scale,
        options.tolerance(),
        unseen,
        products(),
        restarts);
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
