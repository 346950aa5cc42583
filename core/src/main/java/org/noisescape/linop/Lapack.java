package org.noisescape.linop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.noisescape.tensor.NativeEnvironment;

/**
 * LAPACK's symmetric eigensolvers and the product that checks them, from OpenBLAS.
 *
 * <p>Matrices are column-major here; {@code L} is the triangle that {@link SymmetricMatrix} calls
 * the upper one.
 */
final class Lapack {
  private static final int COLUMN_MAJOR = 102;
  private static final int NO_TRANSPOSE = 111;
  private static final int QUERY = -1;
  private static final String TWO_STAGE = "LAPACKE_dsyevd_2stage_work";
  private static final String DIVIDE_AND_CONQUER = "LAPACKE_dsyevd_work";
  private static final String SUBSET = "LAPACKE_dsyevr_work";

  private static final MethodHandle DSYEVD_2STAGE;
  private static final MethodHandle DSYEVD;
  private static final MethodHandle DSYEVR;
  private static final MethodHandle DGEMM;
  private static final MethodHandle SET_THREADS;
  private static final MethodHandle GET_THREADS;
  private static final MethodHandle CORE_NAME;

  static {
    SymbolLookup lookup = library();
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor all =
        FunctionDescriptor.of(
            JAVA_INT, JAVA_INT, JAVA_BYTE, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS,
            JAVA_INT, ADDRESS, JAVA_INT);
    DSYEVD_2STAGE = linker.downcallHandle(lookup.findOrThrow(TWO_STAGE), all);
    DSYEVD = linker.downcallHandle(lookup.findOrThrow(DIVIDE_AND_CONQUER), all);
    DSYEVR =
        linker.downcallHandle(
            lookup.findOrThrow(SUBSET),
            FunctionDescriptor.of(
                JAVA_INT,
                JAVA_INT,
                JAVA_BYTE,
                JAVA_BYTE,
                JAVA_BYTE,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_DOUBLE,
                JAVA_DOUBLE,
                JAVA_INT,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT));
    DGEMM =
        linker.downcallHandle(
            lookup.findOrThrow("cblas_dgemm"),
            FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT));
    SET_THREADS =
        linker.downcallHandle(
            lookup.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
    GET_THREADS =
        linker.downcallHandle(
            lookup.findOrThrow("openblas_get_num_threads"), FunctionDescriptor.of(JAVA_INT));
    CORE_NAME =
        linker.downcallHandle(
            lookup.findOrThrow("openblas_get_corename"),
            FunctionDescriptor.of(
                ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(64, JAVA_BYTE))));
  }

  private Lapack() {}

  /**
   * The copy of OpenBLAS that the host engine uses, so that there is one pool of threads; another
   * where a build keeps LAPACK out of that one.
   */
  private static SymbolLookup library() {
    NativeEnvironment.prepare();
    SymbolLookup lookup =
        SymbolLookup.libraryLookup(Path.of(Loader.load(openblas_nolapack.class)), Arena.global());
    if (lookup.find(SUBSET).isPresent()) {
      return lookup;
    }
    return SymbolLookup.libraryLookup(Path.of(Loader.load(openblas.class)), Arena.global());
  }

  /** The processor that OpenBLAS chose its kernels for. */
  static String coreName() {
    try {
      return ((MemorySegment) CORE_NAME.invokeExact()).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_get_corename failed", e);
    }
  }

  static int threads() {
    try {
      return (int) GET_THREADS.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_get_num_threads failed", e);
    }
  }

  static void threads(int count) {
    try {
      SET_THREADS.invokeExact(count);
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_set_num_threads failed", e);
    }
  }

  /**
   * All eigenvalues, ascending, by reduction to a band and then to a tridiagonal matrix (Haidar,
   * Ltaief and Dongarra 2011), which the Pal-Walker-Kahan variant of QR solves.
   *
   * @param a (n, n); its triangle L and diagonal are overwritten
   * @param values (n)
   * @return LAPACK's INFO
   */
  static int values(int n, MemorySegment a, MemorySegment values) {
    return query(
        (work, size, integers, integersSize) ->
            (int)
                DSYEVD_2STAGE.invokeExact(
                    COLUMN_MAJOR,
                    (byte) 'N',
                    (byte) 'L',
                    n,
                    a,
                    n,
                    values,
                    work,
                    size,
                    integers,
                    integersSize),
        Lapack::small);
  }

  /**
   * All eigenvalues, ascending, and eigenvectors by divide and conquer (Gu and Eisenstat 1995).
   *
   * @param a (n, n); overwritten by the vectors, row by row
   * @param values (n)
   * @param memory gives 16n² bytes of work space
   * @return LAPACK's INFO
   */
  static int vectors(int n, MemorySegment a, MemorySegment values, NativeMemory memory) {
    return query(
        (work, size, integers, integersSize) ->
            (int)
                DSYEVD.invokeExact(
                    COLUMN_MAJOR,
                    (byte) 'V',
                    (byte) 'L',
                    n,
                    a,
                    n,
                    values,
                    work,
                    size,
                    integers,
                    integersSize),
        (routine, size, integersSize) -> {
          String what = "work space for " + n + " eigenvectors";
          try (NativeMemory.Block block = memory.take(what, (long) Double.BYTES * size);
              Arena arena = Arena.ofConfined()) {
            return routine.run(
                block.segment(), size, arena.allocate(JAVA_INT, integersSize), integersSize);
          }
        });
  }

  /**
   * Eigenvalues first, …, last of 1, …, n, ascending, with eigenvectors, by bisection and inverse
   * iteration.
   *
   * @param a (n, n); its triangle L and diagonal are overwritten
   * @param values (n), of which last − first + 1 are written
   * @param vectors (last − first + 1, n), row by row
   * @return LAPACK's INFO
   */
  static int vectors(
      int n, int first, int last, MemorySegment a, MemorySegment values, MemorySegment vectors) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(JAVA_INT);
      MemorySegment support = arena.allocate(JAVA_INT, 2L * n);
      int info =
          query(
              (work, size, integers, integersSize) ->
                  (int)
                      DSYEVR.invokeExact(
                          COLUMN_MAJOR,
                          (byte) 'V',
                          (byte) 'I',
                          (byte) 'L',
                          n,
                          a,
                          n,
                          0.0,
                          0.0,
                          first,
                          last,
                          0.0,
                          found,
                          values,
                          vectors,
                          n,
                          support,
                          work,
                          size,
                          integers,
                          integersSize),
              Lapack::small);
      int count = found.get(JAVA_INT, 0);
      if (info == 0 && count != last - first + 1) {
        throw new IllegalStateException(
            "LAPACK found " + count + " eigenvalues instead of " + (last - first + 1));
      }
      return info;
    }
  }

  /** Asks a routine for the work space it wants and runs it with that. */
  private static int query(Routine routine, Workspace workspace) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment real = arena.allocate(JAVA_DOUBLE);
      MemorySegment integer = arena.allocate(JAVA_INT);
      int info = routine.run(real, QUERY, integer, QUERY);
      if (info != 0) {
        return info;
      }
      int size = Math.toIntExact((long) real.get(JAVA_DOUBLE, 0));
      return workspace.run(routine, size, integer.get(JAVA_INT, 0));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("calling LAPACK failed", e);
    }
  }

  private static int small(Routine routine, int size, int integersSize) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      return routine.run(
          arena.allocate(JAVA_DOUBLE, size),
          size,
          arena.allocate(JAVA_INT, integersSize),
          integersSize);
    }
  }

  /** Y ← X A for symmetric A (n, n), X and Y (k, n) row by row. */
  static void multiply(int n, int k, MemorySegment a, MemorySegment x, MemorySegment y) {
    try {
      DGEMM.invokeExact(
          COLUMN_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, n, k, n, 1.0, a, n, x, n, 0.0, y, n);
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_dgemm failed", e);
    }
  }

  @FunctionalInterface
  private interface Routine {
    int run(MemorySegment work, int size, MemorySegment integers, int integersSize)
        throws Throwable;
  }

  @FunctionalInterface
  private interface Workspace {
    int run(Routine routine, int size, int integersSize) throws Throwable;
  }
}
