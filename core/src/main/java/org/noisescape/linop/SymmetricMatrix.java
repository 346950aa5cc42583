package org.noisescape.linop;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A dense real symmetric matrix A (n, n), float64, off the heap.
 *
 * <p>Both triangles are kept and equal bit for bit: rows are contiguous, and {@link SymmetricEigen}
 * works in one triangle while the other remembers A. Sums are taken row by row, then over rows.
 * Writers of disjoint blocks may be different threads; readers wait for them.
 */
public final class SymmetricMatrix implements AutoCloseable {
  /** Largest n: n² stays within LAPACK's 32-bit integers. */
  public static final int MAX_DIMENSION = 46_340;

  private static final ValueLayout.OfDouble REAL = ValueLayout.JAVA_DOUBLE;

  private final int n;
  private final NativeMemory memory;
  private final NativeMemory.Block block;
  private final MemorySegment elements;

  private SymmetricMatrix(int n, NativeMemory memory) {
    this.n = n;
    this.memory = memory;
    this.block = memory.take("dense symmetric matrix of dimension " + n, bytes(n));
    this.elements = block.segment();
  }

  /** Memory of a matrix of dimension n, 8n². */
  public static long bytes(int n) {
    if (n < 1 || n > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "the dimension of a dense symmetric matrix must be 1 to " + MAX_DIMENSION + ", got " + n);
    }
    return (long) Double.BYTES * n * n;
  }

  /**
   * The zero matrix.
   *
   * @throws IllegalArgumentException where the machine has too little memory for it
   */
  public static SymmetricMatrix zeros(int n) {
    bytes(n);
    return zeros(n, NativeMemory.ofMachine());
  }

  static SymmetricMatrix zeros(int n, NativeMemory memory) {
    return new SymmetricMatrix(n, memory);
  }

  /** n. */
  public int dimension() {
    return n;
  }

  /** a_ij. */
  public double get(int i, int j) {
    check(i, j, 1, 1);
    return at(i, j);
  }

  /**
   * Writes a block and its mirror image.
   *
   * <p>Of elements (a, b) and (b, a) that both lie in the block, as in blocks on the diagonal, the
   * one in the lower triangle counts.
   *
   * @param i first row
   * @param j first column
   * @param values (rows, columns), row by row
   */
  public void set(int i, int j, int rows, int columns, double[] values) {
    write(i, j, rows, columns, values, 0);
  }

  /** Adds a block and its mirror image, under the rules of {@link #set}. */
  public void add(int i, int j, int rows, int columns, double[] values) {
    write(i, j, rows, columns, values, 1);
  }

  private void write(int i, int j, int rows, int columns, double[] values, double kept) {
    check(i, j, rows, columns);
    if (values.length < (long) rows * columns) {
      throw new IllegalArgumentException(
          "a block of %d x %d elements needs as many values, got %d"
              .formatted(rows, columns, values.length));
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (counts(i, j, rows, i + r, j + c)) {
          put(i + r, j + c, values[r * columns + c], kept);
        }
      }
    }
    // the mirror image, along its rows
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        if (i + r != j + c && counts(i, j, rows, i + r, j + c)) {
          put(j + c, i + r, values[r * columns + c], kept);
        }
      }
    }
  }

  /** Whether element (a, b) of the block at (i, j) is not overruled by its mirror image in it. */
  private static boolean counts(int i, int j, int rows, int a, int b) {
    return a >= b || a < j || b >= i + rows;
  }

  private void put(int a, int b, double value, double kept) {
    long index = (long) a * n + b;
    elements.setAtIndex(REAL, index, kept == 0 ? value : value + elements.getAtIndex(REAL, index));
  }

  /** Row i, which is column i. */
  public void row(int i, double[] out) {
    check(i, 0, 1, n);
    MemorySegment.copy(elements, REAL, offset(i), out, 0, n);
  }

  /** A matrix of its own memory with the same elements. */
  public SymmetricMatrix copy() {
    SymmetricMatrix copy = new SymmetricMatrix(n, memory);
    copy.elements.copyFrom(elements);
    return copy;
  }

  /** a_ij ← w_i a_ij w_j, weights (n). */
  public void scale(double[] weights) {
    length("weights", weights);
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      row(i, row);
      for (int j = 0; j < n; j++) {
        row[j] *= weights[i] * weights[j];
      }
      putRow(i, row, 0);
    }
  }

  /**
   * A ← J A J with J = I − 1 1ᵀ/n: a_ij − m_i − m_j + m with row means m_i and the mean m.
   *
   * <p>Turns the Gram matrix of vectors into that of the vectors minus their mean.
   */
  public void center() {
    double[] row = new double[n];
    double[] means = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      row(i, row);
      means[i] = sum(row) / n;
      mean += means[i] / n;
    }
    for (int i = 0; i < n; i++) {
      row(i, row);
      for (int j = 0; j < n; j++) {
        row[j] = row[j] - (means[i] + means[j]) + mean;
      }
      putRow(i, row, 0);
    }
  }

  /** Σ_i a_ii. */
  public double trace() {
    return sum(diagonal());
  }

  /** (Σ_ij a_ij²)^½. */
  public double frobeniusNorm() {
    double scale = maximumNorm();
    if (scale == 0 || Double.isNaN(scale) || Double.isInfinite(scale)) {
      return scale;
    }
    double[] row = new double[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      row(i, row);
      for (int j = 0; j < n; j++) {
        row[j] /= scale;
      }
      total += dot(row, row);
    }
    return scale * Math.sqrt(total);
  }

  /** tr(AB) = Σ_ij a_ij b_ij. */
  public double inner(SymmetricMatrix other) {
    if (other.n != n) {
      throw new IllegalArgumentException(
          "inner product of matrices of dimensions " + n + " and " + other.n);
    }
    double[] row = new double[n];
    double[] otherRow = new double[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      row(i, row);
      other.row(i, otherRow);
      total += dot(row, otherRow);
    }
    return total;
  }

  /** y ← A x, vectors (n); y is not x. Cost: one pass over the matrix. */
  public void multiply(double[] x, double[] y) {
    length("x", x);
    length("y", y);
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      row(i, row);
      y[i] = dot(row, x);
    }
  }

  /** max_ij |a_ij|; NaN where an element is. */
  double largestElement() {
    double[] row = new double[n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      row(i, row);
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** max_i Σ_j |a_ij|, an upper bound of ‖A‖₂; NaN or infinite where an element is. */
  double maximumNorm() {
    double[] row = new double[n];
    double norm = 0;
    for (int i = 0; i < n; i++) {
      row(i, row);
      double sum = 0;
      for (double value : row) {
        sum += Math.abs(value);
      }
      norm = Math.max(norm, sum);
    }
    return norm;
  }

  /** Writes one row and leaves the column as it is: until {@link #symmetrize} not symmetric. */
  void putRow(int i, double[] values, int start) {
    MemorySegment.copy(values, start, elements, REAL, offset(i), n);
  }

  /** A ← (A + Aᵀ)/2; returns the largest |a_ij − a_ji| there was, NaN where one is NaN. */
  double symmetrize() {
    return Triangles.average(elements, n);
  }

  /** Upper triangle and diagonal again from the lower triangle and a copy of the diagonal. */
  void restoreUpper(double[] diagonal) {
    Triangles.mirror(elements, n);
    for (int i = 0; i < n; i++) {
      put(i, i, diagonal[i], 0);
    }
  }

  /** a_ii. */
  double[] diagonal() {
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = at(i, i);
    }
    return diagonal;
  }

  /** The elements, row by row. */
  MemorySegment elements() {
    return elements;
  }

  /** The memory of the elements. */
  NativeMemory.Block block() {
    return block;
  }

  NativeMemory memory() {
    return memory;
  }

  @Override
  public void close() {
    block.close();
  }

  private double at(int i, int j) {
    return elements.getAtIndex(REAL, (long) i * n + j);
  }

  private long offset(int row) {
    return (long) Double.BYTES * n * row;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** Four chains of additions, so that they do not wait for each other. */
  private static double dot(double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = x.length & -4;
    for (int i = 0; i < whole; i += 4) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (int i = whole; i < x.length; i++) {
      a += x[i] * y[i];
    }
    return (a + b) + (c + d);
  }

  private void check(int i, int j, int rows, int columns) {
    if (i < 0 || j < 0 || rows < 0 || columns < 0 || rows > n - i || columns > n - j) {
      throw new IllegalArgumentException(
          "block of %d x %d at (%d, %d) leaves the matrix of dimension %d"
              .formatted(rows, columns, i, j, n));
    }
  }

  private void length(String name, double[] vector) {
    if (vector.length != n) {
      throw new IllegalArgumentException(
          "%s must have %d elements, got %d".formatted(name, n, vector.length));
    }
  }
}
