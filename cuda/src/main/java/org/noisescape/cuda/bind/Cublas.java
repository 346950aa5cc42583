package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/**
 * cuBLAS: products of matrices stored column by column.
 *
 * <p>Source: cuBLAS reference; {@code cublas_api.h} of CUDA 12 and 13.
 */
public final class Cublas {
  private static final int NO_TRANSPOSE = 0;
  private static final int TRANSPOSE = 1;
  private static final int DEFAULT_MATH = 0;
  private static final int TF32_MATH = 3;

  private final NativeLibrary library;
  private final ResultCell cell = new ResultCell();
  private final MethodHandle single;
  private final MethodHandle wide;
  private final MemorySegment singleScalars;
  private final MemorySegment wideScalars;

  /** Loads a file, and the cuBLASLt beside it, which it needs. */
  public Cublas(Path path) {
    String file = path.getFileName().toString();
    for (Path light : LibraryFinder.beside(path, file.replace("libcublas.", "libcublasLt."))) {
      new NativeLibrary(light); // loaded by its full name, so that cuBLAS finds it anywhere
    }
    library = new NativeLibrary(path);
    Class<?> p = long.class;
    Class<?> n = int.class;
    Class<?>[] parameters = {p, n, n, n, n, n, p, p, n, p, p, n, p, p, p, n, p, n};
    single = library.exact("cublasSgemmStridedBatched", n, parameters);
    wide = library.exact("cublasDgemmStridedBatched", n, parameters);
    singleScalars = Arena.global().allocate(ValueLayout.JAVA_FLOAT, 2);
    wideScalars = Arena.global().allocate(ValueLayout.JAVA_DOUBLE, 2);
  }

  /** File names of the library for a driver of so many major versions, the newest first. */
  public static List<String> files(int newestMajor) {
    return NativeFiles.versions("libcublas.so.", newestMajor);
  }

  /** The file it was loaded from. */
  public Path path() {
    return library.path();
  }

  /** A handle in the calling thread's context. */
  public long create() {
    check("cublasCreate", library.call("cublasCreate_v2", cell.at(0)), "opening cuBLAS");
    return cell.longAt(0);
  }

  /** Closes a handle. */
  public void destroy(long handle) {
    check("cublasDestroy", library.call("cublasDestroy_v2", handle), "closing cuBLAS");
  }

  /** Version, for example 12.9.1. */
  public String version(long handle) {
    check("cublasGetVersion", library.call("cublasGetVersion_v2", handle, cell.at(0)), "asking");
    int version = cell.intAt(0);
    return "%d.%d.%d".formatted(version / 10000, version / 100 % 100, version % 100);
  }

  /**
   * Sets where it works: one stream and a fixed workspace, which makes it bit-reproducible.
   *
   * @param handle the handle
   * @param stream the only stream
   * @param workspace device memory
   * @param bytes its size
   * @param tf32 whether float32 factors may be rounded to TF32
   */
  public void configure(long handle, long stream, long workspace, long bytes, boolean tf32) {
    String purpose = "setting cuBLAS up";
    // setting the stream puts the workspace back to cuBLAS's own, so the stream comes first
    check("cublasSetStream", library.call("cublasSetStream_v2", handle, stream), purpose);
    int status = library.call("cublasSetWorkspace_v2", handle, workspace, bytes);
    check("cublasSetWorkspace", status, purpose);
    int mode = tf32 ? TF32_MATH : DEFAULT_MATH;
    check("cublasSetMathMode", library.call("cublasSetMathMode", handle, mode), purpose);
  }

  /** One batch of products; sizes and strides in elements, matrices column by column. */
  public record Product(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      int leadingA,
      long strideA,
      int leadingB,
      long strideB,
      int leadingC,
      long strideC,
      int batch) {}

  /** C ← α op(A) op(B) + β C in float32. */
  public void single(
      long handle, Product product, float alpha, long a, long b, float beta, long c) {
    singleScalars.set(ValueLayout.JAVA_FLOAT, 0, alpha);
    singleScalars.set(ValueLayout.JAVA_FLOAT, 4, beta);
    long scalars = singleScalars.address();
    run("cublasSgemmStridedBatched", single, handle, product, scalars, scalars + 4, a, b, c);
  }

  /** C ← α op(A) op(B) + β C in float64. */
  public void wide(
      long handle, Product product, double alpha, long a, long b, double beta, long c) {
    wideScalars.set(ValueLayout.JAVA_DOUBLE, 0, alpha);
    wideScalars.set(ValueLayout.JAVA_DOUBLE, 8, beta);
    long scalars = wideScalars.address();
    run("cublasDgemmStridedBatched", wide, handle, product, scalars, scalars + 8, a, b, c);
  }

  private void run(
      String call,
      MethodHandle function,
      long handle,
      Product p,
      long alpha,
      long beta,
      long a,
      long b,
      long c) {
    int status;
    try {
      status =
          (int)
              function.invokeExact(
                  handle,
                  p.transposeA ? TRANSPOSE : NO_TRANSPOSE,
                  p.transposeB ? TRANSPOSE : NO_TRANSPOSE,
                  p.m,
                  p.n,
                  p.k,
                  alpha,
                  a,
                  p.leadingA,
                  p.strideA,
                  b,
                  p.leadingB,
                  p.strideB,
                  beta,
                  c,
                  p.leadingC,
                  p.strideC,
                  p.batch);
    } catch (Throwable e) {
      throw NativeLibrary.unexpected(call, e);
    }
    if (status != 0) {
      check(call, status, "multiplying matrices: " + p);
    }
  }

  private void check(String call, int status, String purpose) {
    if (status != 0) {
      String name = ResultCell.text(library.callLong("cublasGetStatusName", status));
      throw new CudaException(call, status, name, purpose);
    }
  }
}
