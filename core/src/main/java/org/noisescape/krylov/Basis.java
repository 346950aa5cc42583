package org.noisescape.krylov;

import java.util.Arrays;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * Rows of a matrix (capacity, P) that become orthonormal from the first on.
 *
 * <p>Classical Gram-Schmidt, always twice, by matrix products: "twice is enough" (Kahan; Giraud,
 * Langou, Rozložník and van den Eshof 2005). Rows that lie in the span of those before them, to
 * rounding, are given up.
 */
final class Basis {
  /** A remainder below this many roundings of a vector's length is rounding itself. */
  private static final double ROUNDINGS = 10;

  private static final int PANEL = 1 << 14;
  private static final int ATTEMPTS = 20;

  private final Tensor rows;
  private final Rows views;
  private final Tensor coefficients;
  private final Tensor panel;
  private final Tensor rotated;
  private final Norms norms;

  /**
   * Reserves the memory.
   *
   * @param capacity rows, counting those that are not orthonormal yet
   * @param block most rows that are orthogonalised at once
   * @param kept most rows that a rotation leaves, 0 for no rotations
   */
  Basis(Arena arena, DType dtype, int capacity, int dimension, int block, int kept) {
    int width = Math.min(PANEL, dimension);
    rows = arena.reserve(dtype, capacity, dimension);
    views = new Rows(rows);
    coefficients = arena.reserve(dtype, 1, Math.max(block, kept) * capacity);
    panel = kept == 0 ? null : arena.reserve(dtype, 1, capacity * width);
    rotated = kept == 0 ? null : arena.reserve(dtype, 1, kept * width);
    norms = new Norms(arena, block);
  }

  static long bytes(DType dtype, int capacity, int dimension, int block, int kept) {
    int width = Math.min(PANEL, dimension);
    long bytes =
        Reserved.bytes(dtype, capacity, dimension)
            + Reserved.bytes(dtype, Math.max(block, kept), capacity)
            + Norms.bytes(block);
    return kept == 0
        ? bytes
        : bytes + Reserved.bytes(dtype, capacity, width) + Reserved.bytes(dtype, kept, width);
  }

  static double epsilon(DType dtype) {
    return dtype.epsilon();
  }

  /** Rows first, … as vectors (count, P). */
  Tensor vectors(int first, int count) {
    return views.vectors(first, count);
  }

  Norms norms() {
    return norms;
  }

  /**
   * Takes rows to, … out of the span of the orthonormal rows from, …, to − 1.
   *
   * @return (count, to − from), the inner products that were taken out
   */
  double[][] project(int from, int to, int count) {
    int width = to - from;
    double[][] sums = new double[count][width];
    if (width == 0) {
      return sums;
    }
    LinearAlgebra algebra = rows.engine().linearAlgebra();
    Tensor against = views.matrix(from, width);
    Tensor vectors = views.matrix(to, count);
    Tensor inner = coefficients.slice(0, count, width);
    for (int pass = 0; pass < 2; pass++) {
      algebra.gemm(Transpose.NO, Transpose.YES, 1, vectors, against, 0, inner);
      algebra.gemm(Transpose.NO, Transpose.NO, -1, inner, against, 1, vectors);
      double[] read = rows.engine().memory().readDoubles(inner);
      for (int i = 0; i < read.length; i++) {
        sums[i / width][i % width] += read[i];
      }
    }
    return sums;
  }

  /**
   * Orthonormalises rows size, …, size + count − 1, which are orthogonal to all before them, among
   * themselves, and moves those that remain to the front.
   *
   * @param lengths what the rows' lengths were before they were projected
   * @param room most rows to keep
   * @return R (count, kept): row r was Σ_c R_rc q_c
   */
  double[][] orthonormalise(int size, int count, double[] lengths, int room) {
    double[][] triangle = new double[count][Math.min(count, room)];
    int kept = 0;
    for (int r = 0; r < count && kept < room; r++) {
      int at = size + kept;
      if (kept < r) {
        rows.engine().memory().copy(vectors(size + r, 1), vectors(at, 1));
      }
      double before = kept == 0 ? 0 : norms.of(vectors(at, 1))[0];
      double[] inner = project(size, at, 1)[0];
      double threshold = ROUNDINGS * epsilon(rows.dtype()) * lengths[r];
      double length = settle(at, before, threshold);
      System.arraycopy(inner, 0, triangle[r], 0, kept);
      if (length > threshold) {
        triangle[r][kept++] = length;
      }
    }
    double[][] trimmed = new double[count][];
    for (int r = 0; r < count; r++) {
      trimmed[r] = Arrays.copyOf(triangle[r], kept);
    }
    return trimmed;
  }

  /**
   * Orthonormalises rows size, …, size + count − 1 against all before them and among themselves.
   *
   * @param lengths of these rows
   * @return size and the number of rows that were not in the span of the others
   */
  int append(int size, int count, double[] lengths) {
    project(0, size, count);
    return size
        + orthonormalise(size, count, lengths, Math.min(count, rows.dim(1) - size))[0].length;
  }

  /** Fills rows size, …, size + count − 1 with random orthonormal directions. */
  int randomise(RandomVectors random, int next, int size, int count) {
    int number = next;
    for (int at = size; at < size + count; at++) {
      double threshold = Math.sqrt(rows.dim(1)) * Math.sqrt(epsilon(rows.dtype()));
      double length = 0;
      for (int attempt = 0; attempt < ATTEMPTS && length <= threshold; attempt++) {
        random.normal(vectors(at, 1), number++);
        project(0, at, 1);
        length = settle(at, 0, threshold);
      }
      if (length <= threshold) {
        throw new IllegalStateException("no direction is left beside " + at + " orthonormal rows");
      }
    }
    return number;
  }

  /**
   * Normalises row {@code at}. Where the block's own rows took much of it, what is left carries the
   * rounding errors of the longer vector, and is projected on all rows again.
   *
   * @param reference length when it was last projected on all rows
   * @return its length, or 0 where it is at most the threshold
   */
  private double settle(int at, double reference, double threshold) {
    Tensor row = vectors(at, 1);
    double before = reference;
    double length = norms.of(row)[0];
    while (length > threshold && length < before / 2) {
      project(0, at, 1);
      before = length;
      length = norms.of(row)[0];
    }
    if (length <= threshold) {
      return 0;
    }
    rows.engine().linearAlgebra().axpby(1 / length, row, 0, row);
    return length;
  }

  /**
   * target ← Y rows, panel by panel, so that target may be the first rows themselves.
   *
   * @param combinations Y (kept, size)
   * @param target (kept, P)
   */
  void rotate(double[][] combinations, Tensor target) {
    int kept = combinations.length;
    int size = combinations[0].length;
    var memory = rows.engine().memory();
    Tensor factors = coefficients.slice(0, kept, size);
    memory.write(factors, Arrays.stream(combinations).flatMapToDouble(Arrays::stream).toArray());
    int dimension = rows.dim(1);
    for (int from = 0; from < dimension; from += PANEL) {
      int width = Math.min(PANEL, dimension - from);
      Tensor in = panel.slice(0, size, width);
      Tensor out = rotated.slice(0, kept, width);
      memory.copy(vectors(0, size).slice(from, width), in.reshape(size, width));
      rows.engine().linearAlgebra().gemm(Transpose.NO, Transpose.NO, 1, factors, in, 0, out);
      memory.copy(out.reshape(kept, width), target.slice(from, width));
    }
  }
}
