package org.noisescape.engine.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.noisescape.tensor.NativeEnvironment;

/**
 * The oneDNN library: its engine and stream, and sgemm as a direct call.
 *
 * <p>oneDNN serves both products and convolutions, so that one OpenMP pool does all native work;
 * two libraries with pools of their own stall each other for milliseconds.
 */
final class OneDnn {
  private static final MethodHandle SGEMM;
  private static final MethodHandle SET_THREADS;
  private static final MethodHandle SET_DYNAMIC;
  private static final MethodHandle SET_LEVELS;
  private static final MethodHandle THREAD_LIMIT;
  private static final MethodHandle SET_DATA_HANDLE;
  private static final MethodHandle EXECUTE;

  /** About 0.1 ms of one thread's work. */
  private static final double PARALLEL_FROM = 1 << 24;

  private static int most = 1;
  private static int current;
  private static final dnnl_engine ENGINE = new dnnl_engine();
  private static final dnnl_stream STREAM = new dnnl_stream();

  static {
    NativeEnvironment.prepare();
    // a look-up in the binding finds the symbols of exactly those libraries it is linked to
    SymbolLookup lookup =
        SymbolLookup.libraryLookup(
            Path.of(Loader.load(dnnl.class)), java.lang.foreign.Arena.global());
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
    SGEMM =
        linker.downcallHandle(
            lookup.findOrThrow("dnnl_sgemm"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_BYTE,
                ValueLayout.JAVA_BYTE,
                size,
                size,
                size,
                ValueLayout.JAVA_FLOAT,
                size,
                size,
                size,
                size,
                ValueLayout.JAVA_FLOAT,
                size,
                size));
    SET_DATA_HANDLE =
        linker.downcallHandle(
            lookup.findOrThrow("dnnl_memory_set_data_handle"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, size, size));
    EXECUTE =
        linker.downcallHandle(
            lookup.findOrThrow("dnnl_primitive_execute"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, size, size, ValueLayout.JAVA_INT, size));
    FunctionDescriptor setting = FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT);
    SET_THREADS = linker.downcallHandle(lookup.findOrThrow("omp_set_num_threads"), setting);
    SET_DYNAMIC = linker.downcallHandle(lookup.findOrThrow("omp_set_dynamic"), setting);
    SET_LEVELS = linker.downcallHandle(lookup.findOrThrow("omp_set_max_active_levels"), setting);
    THREAD_LIMIT =
        linker.downcallHandle(
            lookup.findOrThrow("omp_get_thread_limit"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
    check(dnnl.dnnl_engine_create(ENGINE, dnnl.dnnl_cpu, 0), "engine_create");
    check(dnnl.dnnl_stream_create(STREAM, ENGINE, dnnl.dnnl_stream_default_flags), "stream_create");
  }

  private OneDnn() {}

  static dnnl_engine engine() {
    return ENGINE;
  }

  /** Points a dnnl_memory_t to an address. */
  static void setDataHandle(long memory, long address) {
    int status;
    try {
      status = (int) SET_DATA_HANDLE.invokeExact(memory, address);
    } catch (Throwable e) {
      throw new IllegalStateException("dnnl_memory_set_data_handle failed", e);
    }
    check(status, "memory_set_data_handle");
  }

  /** Runs a primitive on an array of dnnl_exec_arg_t. */
  static void execute(long primitive, int count, long arguments) {
    int status;
    try {
      status = (int) EXECUTE.invokeExact(primitive, STREAM.address(), count, arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("dnnl_primitive_execute failed", e);
    }
    check(status, "primitive_execute");
  }

  /**
   * Sets the threads that large calls use, exactly: sums are parted by their number. Whatever the
   * environment says of OpenMP does not change it. All calls must come from this thread.
   *
   * @throws IllegalArgumentException where the environment forbids so many
   */
  static void threads(int count) {
    int limit;
    try {
      limit = (int) THREAD_LIMIT.invokeExact();
      SET_DYNAMIC.invokeExact(0);
      SET_LEVELS.invokeExact(1);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenMP cannot be set up", e);
    }
    if (limit < count) {
      throw new IllegalArgumentException(
          "OMP_THREAD_LIMIT=%d forbids the %d threads asked for: unset it, or take %d threads"
              .formatted(limit, count, limit));
    }
    most = count;
    current = 0;
  }

  /**
   * Prepares for a call of a number of multiplications: small ones run on one thread, because on a
   * machine that does anything else, waiting for a second one costs more than it saves.
   */
  static void threadsFor(double multiplications) {
    int wanted = multiplications < PARALLEL_FROM ? 1 : most;
    if (wanted != current) {
      current = wanted;
      try {
        SET_THREADS.invokeExact(wanted);
      } catch (Throwable e) {
        throw new IllegalStateException("omp_set_num_threads failed", e);
      }
    }
  }

  /** C ← α op(A) op(B) + β C, row-major, by addresses. */
  static void sgemm(
      boolean transposeA,
      boolean transposeB,
      long m,
      long n,
      long k,
      float alpha,
      long a,
      long lda,
      long b,
      long ldb,
      float beta,
      long c,
      long ldc) {
    threadsFor((double) m * n * k);
    int status;
    try {
      status =
          (int)
              SGEMM.invokeExact(
                  (byte) (transposeA ? 'T' : 'N'),
                  (byte) (transposeB ? 'T' : 'N'),
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
      throw new IllegalStateException("dnnl_sgemm failed", e);
    }
    check(status, "sgemm");
  }

  static void check(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN: " + what + " returned status " + status);
    }
  }

  static String version() {
    try (Pointer version = dnnl.dnnl_version()) {
      org.bytedeco.dnnl.dnnl_version_t v = new org.bytedeco.dnnl.dnnl_version_t(version);
      return v.major() + "." + v.minor() + "." + v.patch();
    }
  }
}
