package org.noisescape.linop;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Eigenvalues and eigenvectors of a {@link SymmetricMatrix} by LAPACK.
 *
 * <p>LAPACK works in one triangle of the matrix and the other brings it back, so that the matrix is
 * afterwards what it was and no copy is needed; meanwhile nobody may read it. {@link #bytes} says
 * what eigenvectors take; values alone take O(100n).
 *
 * <p>OpenBLAS's kernels for some processors are wrong. They are tried once before the first use,
 * and the values are checked against tr A and ‖A‖_F.
 */
public final class SymmetricEigen {
  /** Largest n with 2n² + 6n + 1, the work space of dsyevd, in 32 bits. */
  private static final int MAX_DIMENSION_OF_ALL = 32_766;

  /** A call on a smaller matrix is over before anybody could wait for it. */
  private static final int LONG_DIMENSION = 1000;

  private final int threads;
  private final StopCheck stop;
  private final Announcement announcement;

  /** Hears that a matrix is about to be solved. */
  @FunctionalInterface
  public interface Announcement {
    /**
     * It begins.
     *
     * @param dimension n
     * @param seconds that it will take, or thereabouts: from the last matrix that was solved, or a
     *     small one that is solved for that
     */
    void begins(int dimension, double seconds);
  }

  /**
   * A solver that uses some threads of OpenBLAS and then gives it back its number of threads.
   *
   * @throws IllegalStateException where OpenBLAS computes wrongly on this processor
   */
  public SymmetricEigen(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, got " + threads);
    }
    this.threads = threads;
    this.stop = null;
    this.announcement = null;
    KernelCheck.require();
  }

  private SymmetricEigen(int threads, StopCheck stop, Announcement announcement) {
    this.threads = threads;
    this.stop = stop;
    this.announcement = announcement;
  }

  /** The same solver, which says before what it takes. */
  public SymmetricEigen announcedTo(Announcement hears) {
    return new SymmetricEigen(threads, stop, hears);
  }

  /**
   * The same solver, which leaves LAPACK to itself where a stop is requested: the call ends by a
   * {@link StoppedException}, and the matrix means nothing any more.
   */
  public SymmetricEigen stoppedBy(StopCheck check) {
    return new SymmetricEigen(threads, check, announcement);
  }

  /** A solver that uses all processors. */
  public static SymmetricEigen onAllProcessors() {
    return new SymmetricEigen(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Memory of k eigenvectors of a matrix of dimension n, beside that of the matrix: 8nk for k &lt;
   * n, and 24n² for all, of which 16n² are work space.
   */
  public static long bytes(int n, int k) {
    return (k == n ? 3 : 1) * EigenDecomposition.bytes(n, k);
  }

  /**
   * All eigenvalues. Cost: 4n³/3 operations.
   *
   * @throws IllegalArgumentException where an element is not finite
   */
  public Eigenvalues values(SymmetricMatrix matrix) {
    finiteNorm(matrix);
    int n = matrix.dimension();
    double[] values =
        solve(matrix, null, n, out -> inTriangle(matrix, a -> Lapack.values(n, a, out)));
    return complete(matrix, values);
  }

  /**
   * All eigenvalues and eigenvectors. Cost: 4n³ to 9n³ operations.
   *
   * @throws IllegalArgumentException where an element is not finite, or {@link #bytes} do not fit
   */
  public EigenDecomposition all(SymmetricMatrix matrix) {
    int n = matrix.dimension();
    if (n > MAX_DIMENSION_OF_ALL) {
      throw new IllegalArgumentException(
          "all eigenvectors are found up to dimension %d only, got %d: ask for the largest or smallest"
              .formatted(MAX_DIMENSION_OF_ALL, n));
    }
    finiteNorm(matrix);
    return withVectors(
        matrix,
        n,
        block -> {
          MemorySegment vectors = block.segment();
          vectors.copyFrom(matrix.elements());
          return complete(
              matrix,
              solve(matrix, block, n, out -> Lapack.vectors(n, vectors, out, matrix.memory())));
        });
  }

  /** The k algebraically largest eigenvalues, ascending, with eigenvectors: 4n³/3 + 4n²k. */
  public EigenDecomposition largest(SymmetricMatrix matrix, int k) {
    int n = matrix.dimension();
    return some(matrix, n - k + 1, n);
  }

  /** The k algebraically smallest eigenvalues, ascending, with eigenvectors: 4n³/3 + 4n²k. */
  public EigenDecomposition smallest(SymmetricMatrix matrix, int k) {
    return some(matrix, 1, k);
  }

  private EigenDecomposition some(SymmetricMatrix matrix, int first, int last) {
    int n = matrix.dimension();
    int k = last - first + 1;
    if (k < 1 || k > n) {
      throw new IllegalArgumentException(
          "the number of eigenvectors must be 1 to " + n + ", got " + k);
    }
    if (k == n) {
      return all(matrix);
    }
    double norm = finiteNorm(matrix);
    return withVectors(
        matrix,
        k,
        block -> {
          MemorySegment vectors = block.segment();
          double[] values =
              solve(
                  matrix,
                  block,
                  k,
                  out -> inTriangle(matrix, a -> Lapack.vectors(n, first, last, a, out, vectors)));
          return Eigenvalues.of(n, values, norm);
        });
  }

  private static EigenDecomposition withVectors(
      SymmetricMatrix matrix, int k, Function<NativeMemory.Block, Eigenvalues> body) {
    int n = matrix.dimension();
    String what = k + " eigenvectors in " + n + " dimensions";
    NativeMemory.Block vectors = matrix.memory().take(what, EigenDecomposition.bytes(n, k));
    try {
      return new EigenDecomposition(body.apply(vectors), vectors);
    } catch (RuntimeException e) {
      vectors.close();
      throw e;
    }
  }

  /**
   * The first k values that a routine of LAPACK writes.
   *
   * @param vectors what else it writes, or null
   */
  private double[] solve(
      SymmetricMatrix matrix,
      NativeMemory.Block vectors,
      int k,
      ToIntFunction<MemorySegment> routine) {
    if (announcement != null && matrix.dimension() >= LONG_DIMENSION) {
      int n = matrix.dimension();
      announcement.begins(n, SolverPace.seconds(n, vectors == null ? 0 : k, this));
    }
    if (stop == null || matrix.dimension() < LONG_DIMENSION) {
      return solve(matrix, k, routine);
    }
    return Abandoned.unless(
        stop,
        () -> solve(matrix, k, routine),
        Stream.of(matrix.block(), vectors).filter(Objects::nonNull).toList());
  }

  private double[] solve(SymmetricMatrix matrix, int k, ToIntFunction<MemorySegment> routine) {
    int before = Lapack.threads();
    try (Arena arena = Arena.ofConfined()) {
      Lapack.threads(threads);
      MemorySegment out = arena.allocate(ValueLayout.JAVA_DOUBLE, matrix.dimension());
      long begin = System.nanoTime();
      int info = routine.applyAsInt(out);
      SolverPace.took(matrix.dimension(), k, (System.nanoTime() - begin) * 1e-9);
      if (info != 0) {
        throw new IllegalStateException(
            "LAPACK did not find the eigenvalues of a matrix of dimension %d: INFO = %d"
                .formatted(matrix.dimension(), info));
      }
      double[] values = new double[k];
      MemorySegment.copy(out, ValueLayout.JAVA_DOUBLE, 0, values, 0, k);
      return values;
    } finally {
      Lapack.threads(before);
    }
  }

  /** Runs what overwrites the diagonal and one triangle, and brings them back. */
  private static int inTriangle(SymmetricMatrix matrix, ToIntFunction<MemorySegment> routine) {
    double[] diagonal = matrix.diagonal();
    try {
      return routine.applyAsInt(matrix.elements());
    } finally {
      matrix.restoreUpper(diagonal);
    }
  }

  /** An upper bound of ‖A‖₂. */
  private static double finiteNorm(SymmetricMatrix matrix) {
    double norm = Math.min(matrix.maximumNorm(), matrix.frobeniusNorm());
    if (Double.isNaN(norm) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException(
          "the matrix of dimension %d has elements that are not finite: its eigenvalues are not defined"
              .formatted(matrix.dimension()));
    }
    return norm;
  }

  /**
   * Checks Σ λ = tr A and (Σ λ²)^½ = ‖A‖_F, each to what the errors of n values add up to.
   *
   * @throws IllegalStateException where these are not the eigenvalues
   */
  static Eigenvalues complete(SymmetricMatrix matrix, double[] values) {
    int n = matrix.dimension();
    double norm = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
    Eigenvalues eigenvalues = Eigenvalues.of(n, values, norm);
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += value / norm * (value / norm);
    }
    double trace = Math.abs(sum - matrix.trace());
    double frobenius = norm == 0 ? 0 : norm * Math.sqrt(squares) - matrix.frobeniusNorm();
    if (!(trace <= n * eigenvalues.error())
        || !(Math.abs(frobenius) <= Math.sqrt(n) * eigenvalues.error())) {
      throw new IllegalStateException(
          "OpenBLAS's eigenvalues miss the trace by %.3g and the Frobenius norm by %.3g: %s"
              .formatted(trace, Math.abs(frobenius), KernelCheck.remedy()));
    }
    return eigenvalues;
  }
}
