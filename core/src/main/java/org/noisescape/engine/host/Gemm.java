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
    int lda = Math.max(1, transposeA ? m : k);
    int ldb = Math.max(1, transposeB ? k : n);
    if (dtype == DType.FLOAT32) {
      OneDnn.sgemm(
          transposeA, transposeB, m, n, k, (float) alpha, a, lda, b, ldb, (float) beta, c, n);
    } else {
      OpenBlas.dgemm(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, n);
    }
  }
}
