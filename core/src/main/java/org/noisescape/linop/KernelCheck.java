package org.noisescape.linop;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Solves a problem of known answer once, before OpenBLAS's kernels are trusted.
 *
 * <p>The bundled build's kernels for processors with AVX-512 (SkylakeX, Cooperlake) compute wrong
 * symmetric and triangular products, and eigenvalues from them that no INFO betrays.
 *
 * <p>The matrix is a_ij = min(i, j) with eigenvalues 1/(4 sin²((2k − 1)π/(4n + 2))), the inverse of
 * a second difference.
 */
final class KernelCheck {
  /** More than two panels of the reductions. */
  private static final int N = 131;

  private static final ValueLayout.OfDouble REAL = ValueLayout.JAVA_DOUBLE;

  private static final String LIBRARY = "org.bytedeco.openblas.global.openblas_nolapack";

  private KernelCheck() {}

  /**
   * Does nothing where the kernels are right.
   *
   * @throws IllegalArgumentException where there is no OpenBLAS, as in a bundle
   * @throws IllegalStateException where they are wrong
   */
  static void require() {
    try {
      Class.forName(LIBRARY, false, KernelCheck.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "all eigenvalues of a matrix come from LAPACK, but OpenBLAS is not on the class path (bundles leave it out): measure this with a full installation",
          e);
    }
    if (!Answer.RIGHT) {
      throw new IllegalStateException("OpenBLAS computes wrong eigenvalues: " + remedy());
    }
  }

  /** What to do about wrong kernels. */
  static String remedy() {
    return "its kernels for %s fail on this processor: set OPENBLAS_CORETYPE=Haswell before the start"
        .formatted(Lapack.coreName());
  }

  /** Whether values, vectors and products are those that are known. */
  static boolean right() {
    double[] known = new double[N];
    for (int k = 1; k <= N; k++) {
      double sine = Math.sin((2 * (N - k + 1) - 1) * Math.PI / (4 * N + 2));
      known[k - 1] = 1 / (4 * sine * sine);
    }
    double tolerance = N * Math.ulp(1.0) * known[N - 1];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(REAL, N);
      MemorySegment vectors = arena.allocate(REAL, (long) N * N);
      boolean right =
          Lapack.values(N, minimum(arena), values) == 0 && near(values, known, tolerance);
      right &=
          Lapack.vectors(N, 1, N, minimum(arena), values, vectors) == 0
              && near(values, known, tolerance);
      MemorySegment images = arena.allocate(REAL, (long) N * N);
      Lapack.multiply(N, N, minimum(arena), vectors, images);
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
          double image = images.getAtIndex(REAL, (long) i * N + j);
          double vector = vectors.getAtIndex(REAL, (long) i * N + j);
          right &= Math.abs(image - known[i] * vector) <= tolerance;
        }
      }
      return right;
    }
  }

  private static MemorySegment minimum(Arena arena) {
    MemorySegment a = arena.allocate(REAL, (long) N * N);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        a.setAtIndex(REAL, (long) i * N + j, Math.min(i, j) + 1.0);
      }
    }
    return a;
  }

  private static boolean near(MemorySegment values, double[] known, double tolerance) {
    boolean near = true;
    for (int i = 0; i < N; i++) {
      near &= Math.abs(values.getAtIndex(REAL, i) - known[i]) <= tolerance;
    }
    return near;
  }

  private static final class Answer {
    static final boolean RIGHT = right();
  }
}
