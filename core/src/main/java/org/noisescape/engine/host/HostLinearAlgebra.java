package org.noisescape.engine.host;

import org.noisescape.tensor.DType;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/** Products by oneDNN (float32) or OpenBLAS (float64); vector sums by the Vector API. */
final class HostLinearAlgebra extends LinearAlgebra {
  private final Workers workers;
  private final Sum sum = new Sum();
  private final Products products = new Products();

  HostLinearAlgebra(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected void multiply(
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    long addressA = Native.address(a);
    long addressB = Native.address(b);
    long addressC = Native.address(c);
    for (int r = 0; r < c.dim(0); r++) {
      Gemm.multiply(
          c.dtype(),
          transposeA == Transpose.YES,
          transposeB == Transpose.YES,
          m,
          n,
          k,
          alpha,
          addressA + r * Native.rowBytes(a),
          addressB + r * Native.rowBytes(b),
          beta,
          addressC + r * Native.rowBytes(c));
    }
  }

  @Override
  protected void accumulateProducts(double offset, Tensor a, Tensor b, Tensor out) {
    // (M, M) Gram matrices have short rows: without gaps they are one long row
    boolean one = a.isContiguous() && b.isContiguous() && out.isContiguous();
    products.offset = offset;
    products.wide = a.dtype() == DType.FLOAT64;
    long size = one ? out.size() : out.rowSize();
    for (int r = 0; r < (one ? 1 : out.dim(0)); r++) {
      products.a = Native.address(a) + r * Native.rowBytes(a);
      products.b = Native.address(b) + r * Native.rowBytes(b);
      products.out = Native.address(out) + r * Native.rowBytes(out);
      workers.run(products, size, 1024, size);
    }
  }

  @Override
  protected void addScaled(Tensor alpha, Tensor x, Tensor y) {
    for (int r = 0; r < y.dim(0); r++) {
      double factor = Float64Kernels.get(Native.element(alpha, r), 0);
      add(factor, x, 1, y, r);
    }
  }

  @Override
  protected void combine(double alpha, Tensor x, double beta, Tensor y) {
    for (int r = 0; r < y.dim(0); r++) {
      add(alpha, x, beta, y, r);
    }
  }

  private void add(double alpha, Tensor x, double beta, Tensor y, int r) {
    sum.alpha = alpha;
    sum.beta = beta;
    sum.x = Native.address(x) + r * Native.rowBytes(x);
    sum.y = Native.address(y) + r * Native.rowBytes(y);
    sum.wide = y.dtype() == DType.FLOAT64;
    workers.run(sum, y.rowSize(), 1024, y.rowSize());
  }

  private static final class Products implements Workers.Task {
    private double offset;
    private long a;
    private long b;
    private long out;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      if (wide) {
        Float64Kernels.addProducts(offset, a, b, out, from, to);
      } else {
        Float32Kernels.addProducts(offset, a, b, out, from, to);
      }
    }
  }

  private static final class Sum implements Workers.Task {
    private double alpha;
    private double beta;
    private long x;
    private long y;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      if (wide) {
        Float64Kernels.axpby(alpha, x, beta, y, from, to);
      } else {
        Float32Kernels.axpby((float) alpha, x, (float) beta, y, from, to);
      }
    }
  }
}
