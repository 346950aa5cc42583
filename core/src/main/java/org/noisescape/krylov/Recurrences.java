package org.noisescape.krylov;

import java.util.Arrays;
import java.util.function.Predicate;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * Lanczos recurrences of independent vectors, side by side so that their products come in blocks,
 * each reorthogonalised against all its own vectors, twice.
 *
 * <p>Shapes: v (g, s + 1, P).
 */
final class Recurrences implements AutoCloseable {
  /** As for {@link Basis}: what is left below this many roundings is rounding. */
  private static final double ROUNDINGS = 10;

  /** Steps from which, and after which again, it is asked whether they are enough. */
  private static final int FIRST_LOOK = 20;

  private static final int LOOK_EVERY = 10;

  private final LinearOperator operator;
  private final SpectralDensityOptions options;
  private final int dimension;
  private final int steps;
  private int limit;
  private Predicate<double[][][]> enough;
  private final Arena arena;
  private final Tensor v;
  private final Tensor inner;
  private final Products products;
  private final RandomVectors random;

  Recurrences(LinearOperator operator, SpectralDensityOptions options) {
    this.operator = operator;
    this.options = options;
    dimension = operator.dimension();
    steps = Math.min(options.steps(), dimension);
    limit = steps;
    int group = Math.min(options.concurrent(), options.vectors());
    arena = operator.engine().arena();
    v = arena.reserve(operator.dtype(), group, steps + 1, dimension);
    inner = arena.reserve(operator.dtype(), group, steps);
    products = new Products(operator, arena, group);
    random = new RandomVectors(arena, group, options.seed(), RandomVectors.Use.PROBE);
  }

  static long bytes(int dimension, SpectralDensityOptions options, DType dtype) {
    int steps = Math.min(options.steps(), dimension);
    int group = Math.min(options.concurrent(), options.vectors());
    return Reserved.bytes(dtype, group, steps + 1, dimension)
        + Reserved.bytes(dtype, group, steps)
        + Products.bytes(group)
        + RandomVectors.bytes(group);
  }

  long bytes() {
    return arena.bytes();
  }

  long products() {
    return products.count();
  }

  /** Runs all of them; row j has the recurrence of vector j: diagonal, then off-diagonal. */
  double[][][] run() {
    return run(so -> false);
  }

  /**
   * Runs all of them, with so many steps as the first ones that are worked on at once need.
   *
   * @param enough asked of their recurrences now and then
   */
  double[][][] run(Predicate<double[][][]> enough) {
    arena.commit();
    this.enough = enough;
    double[][][] all = new double[options.vectors()][][];
    for (int first = 0; first < all.length; first += v.dim(0)) {
      int count = Math.min(v.dim(0), all.length - first);
      double[][][] part = group(first, v.rows(0, count), inner.rows(0, count));
      System.arraycopy(part, 0, all, first, count);
    }
    return all;
  }

  /** Steps that were taken, at most. */
  int steps() {
    return limit;
  }

  private double[][][] group(int first, Tensor vectors, Tensor coefficients) {
    int count = vectors.dim(0);
    double[][] diagonal = new double[count][steps];
    double[][] off = new double[count][steps];
    int[] length = new int[count];
    Arrays.fill(length, steps);
    start(vectors.slice(0, dimension), first);
    boolean running = true;
    for (int step = 0; step < limit && running; step++) {
      Tensor next = vectors.slice((long) (step + 1) * dimension, dimension);
      double[] before = products.apply(vectors.slice((long) step * dimension, dimension), next);
      project(vectors, coefficients, step, diagonal);
      double[] after = products.norms().of(next);
      running = false;
      for (int r = 0; r < count; r++) {
        boolean ends = after[r] <= ROUNDINGS * Basis.epsilon(v.dtype()) * before[r];
        if (ends) {
          // an invariant subspace: the rule is exact, what follows is not looked at
          length[r] = Math.min(length[r], step + 1);
          operator.engine().memory().fill(next.rows(r, 1), 0);
        } else {
          off[r][step] = after[r];
          scale(next.rows(r, 1), after[r]);
        }
        running |= step + 1 < length[r];
      }
      int done = step + 1;
      if (first == 0 && done >= FIRST_LOOK && done % LOOK_EVERY == 0 && done < steps) {
        if (enough.test(taken(diagonal, off, length, done))) {
          limit = done;
        }
      }
    }
    return taken(diagonal, off, length, limit);
  }

  private static double[][][] taken(double[][] diagonal, double[][] off, int[] length, int most) {
    double[][][] recurrences = new double[length.length][][];
    for (int r = 0; r < length.length; r++) {
      int size = Math.min(length[r], most);
      recurrences[r] =
          new double[][] {Arrays.copyOf(diagonal[r], size), Arrays.copyOf(off[r], size - 1)};
    }
    return recurrences;
  }

  private void start(Tensor x, int first) {
    if (options.law() == VectorLaw.SIGNS) {
      random.rademacher(x, first);
    } else {
      random.normal(x, first);
    }
    double[] lengths = products.norms().of(x);
    for (int r = 0; r < lengths.length; r++) {
      scale(x.rows(r, 1), lengths[r]);
    }
  }

  private void scale(Tensor row, double length) {
    operator.engine().linearAlgebra().axpby(1 / length, row, 0, row);
  }

  /** Takes each product out of the span of its recurrence's vectors; adds v_s·Av_s. */
  private void project(Tensor vectors, Tensor coefficients, int step, double[][] diagonal) {
    LinearAlgebra algebra = operator.engine().linearAlgebra();
    Tensor against = vectors.slice(0, step + 1, dimension);
    Tensor product = vectors.slice((long) (step + 1) * dimension, 1, dimension);
    Tensor found = coefficients.slice(0, 1, step + 1);
    for (int pass = 0; pass < 2; pass++) {
      algebra.gemm(Transpose.NO, Transpose.YES, 1, product, against, 0, found);
      algebra.gemm(Transpose.NO, Transpose.NO, -1, found, against, 1, product);
      double[] read = operator.engine().memory().readDoubles(found);
      for (int r = 0; r < diagonal.length; r++) {
        diagonal[r][step] += read[r * (step + 1) + step];
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
