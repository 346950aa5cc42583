package org.noisescape.tensor;

/** Products by scalar loops in float64. */
record LinearAlgebraOracle(Transpose transposeA, Transpose transposeB, int m, int n, int k) {
  /** α op(A) op(B) + β C; a first axis of 1 in A or B is shared by all replicas. */
  Tolerance.Expected gemm(
      int replicas,
      double alpha,
      double[] a,
      int replicasA,
      double[] b,
      int replicasB,
      double beta,
      double[] c) {
    Tolerance.Expected expected = new Tolerance.Expected(replicas * m * n, k + 1);
    for (int r = 0; r < replicas; r++) {
      int startA = replicasA == 1 ? 0 : r * m * k;
      int startB = replicasB == 1 ? 0 : r * k * n;
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          int index = (r * m + i) * n + j;
          for (int l = 0; l < k; l++) {
            double left = a[startA + (transposeA == Transpose.NO ? i * k + l : l * m + i)];
            double right = b[startB + (transposeB == Transpose.NO ? l * n + j : j * k + l)];
            expected.add(index, alpha * left * right);
          }
          if (beta != 0) {
            expected.add(index, beta * c[index]);
          }
        }
      }
    }
    return expected;
  }
}
