package org.noisescape.engine.host;

import org.noisescape.tensor.DType;

/** One matrix product by addresses, in either precision. */
final class Gemm {
  private Gemm() {}

  /** C (m, n) ← α op(A) op(B) + β C, all row-major without gaps. */
  static void multiply(
      DType dtype,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      long b,
      double beta,
      long c) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      scale(dtype, beta, c, (long) m * n);
      return;
    }
    int lda = Math.max(1, transposeA ? m : k);
    int ldb = Math.max(1, transposeB ? k : n);
    if (dtype == DType.FLOAT32) {
      OneDnn.sgemm(
          transposeA, transposeB, m, n, k, (float) alpha, a, lda, b, ldb, (float) beta, c, n);
    } else {
      OpenBlas.dgemm(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, n);
    }
  }

  /** C ← β C, what a product over an empty axis leaves. */
  private static void scale(DType dtype, double beta, long c, long size) {
    for (long i = 0; i < size; i++) {
      if (dtype == DType.FLOAT32) {
        float old = Native.ALL.get(Native.FLOAT, c + 4 * i);
        Native.ALL.set(Native.FLOAT, c + 4 * i, beta == 0 ? 0 : (float) beta * old);
      } else {
        Float64Kernels.set(c, i, beta == 0 ? 0 : beta * Float64Kernels.get(c, i));
      }
    }
  }
}
