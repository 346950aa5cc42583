package org.noisescape.engine.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.noisescape.tensor.NativeEnvironment;

/** OpenBLAS, for float64 products only: oneDNN has none. */
final class OpenBlas {
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;

  private static final MethodHandle DGEMM;
  private static final MethodHandle SET_THREADS;

  static {
    NativeEnvironment.prepare();
    SymbolLookup lookup =
        SymbolLookup.libraryLookup(
            Path.of(Loader.load(openblas_nolapack.class)), java.lang.foreign.Arena.global());
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfInt number = ValueLayout.JAVA_INT;
    ValueLayout.OfLong address = ValueLayout.JAVA_LONG;
    ValueLayout.OfDouble real = ValueLayout.JAVA_DOUBLE;
    DGEMM =
        linker.downcallHandle(
            lookup.findOrThrow("cblas_dgemm"),
            FunctionDescriptor.ofVoid(
                number, number, number, number, number, number, real, address, number, address,
                number, real, address, number));
    SET_THREADS =
        linker.downcallHandle(
            lookup.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(number));
    requireRightKernels(
        linker.downcallHandle(
            lookup.findOrThrow("openblas_get_corename"),
            FunctionDescriptor.of(
                ValueLayout.ADDRESS.withTargetLayout(
                    MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE)))));
  }

  /** The bundled build's products for Cooper Lake are wrong with two threads. */
  private static void requireRightKernels(MethodHandle coreName) {
    try {
      String name = ((MemorySegment) coreName.invokeExact()).getString(0);
      if (name.equalsIgnoreCase("cooperlake")) {
        throw new IllegalStateException(
            "OpenBLAS's kernels for "
                + name
                + " compute wrong products: set OPENBLAS_CORETYPE=Haswell before the start");
      }
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_get_corename failed", e);
    }
  }

  private OpenBlas() {}

  static void threads(int count) {
    try {
      SET_THREADS.invokeExact(count);
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_set_num_threads failed", e);
    }
  }

  /** C ← α op(A) op(B) + β C, row-major, by addresses. */
  static void dgemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      int lda,
      long b,
      int ldb,
      double beta,
      long c,
      int ldc) {
    try {
      DGEMM.invokeExact(
          ROW_MAJOR,
          transposeA ? TRANSPOSE : NO_TRANSPOSE,
          transposeB ? TRANSPOSE : NO_TRANSPOSE,
          m,
          n,
          k,
          alpha,
          a,
          lda,
          b,
          ldb,
          beta,
          c,
          ldc);
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_dgemm failed", e);
    }
  }
}
