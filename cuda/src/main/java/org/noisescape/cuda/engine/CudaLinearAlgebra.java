package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.Cublas.Product;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/** Products by cuBLAS, vector sums by {@code vectors.cu}. */
final class CudaLinearAlgebra extends LinearAlgebra {
  /**
   * Replicas of one call: kernels of cuBLAS may have a block along y or z for each, up to 65535.
   */
  private static final int MAXIMAL_BATCH = 1 << 15;

  private final Device device;
  private final ProductShapes products = new ProductShapes();
  private final KernelPair axpby;
  private final KernelPair axpy;
  private final KernelPair addProducts;

  CudaLinearAlgebra(Device device) {
    this.device = device;
    axpby = new KernelPair(device, "vectors", "axpby");
    axpy = new KernelPair(device, "vectors", "axpy");
    addProducts = new KernelPair(device, "vectors", "add_products");
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
    if (c.size() == 0) {
      return;
    }
    if (k == 0) {
      scale(beta, c);
      return;
    }
    long handle = device.cublasHandle();
    for (int first = 0; first < c.dim(0); first += MAXIMAL_BATCH) {
      // row by row C = op(A) op(B) is, column by column, Cᵀ = op(B)ᵀ op(A)ᵀ
      Product product =
          products.of(
              transposeB == Transpose.YES,
              transposeA == Transpose.YES,
              n,
              m,
              k,
              b.dim(2),
              Address.stride(b),
              a.dim(2),
              Address.stride(a),
              n,
              c.leadingStride(),
              Math.min(MAXIMAL_BATCH, c.dim(0) - first));
      long left = Address.row(b, first);
      long right = Address.row(a, first);
      long out = Address.row(c, first);
      if (c.dtype() == DType.FLOAT64) {
        device.cublas().wide(handle, product, alpha, left, right, beta, out);
      } else {
        device.cublas().single(handle, product, (float) alpha, left, right, (float) beta, out);
      }
    }
  }

  /** C ← β C, where β = 0 ignores what C held. */
  private void scale(double beta, Tensor c) {
    if (beta == 0) {
      c.engine().memory().fill(c, 0);
    } else if (beta != 1) {
      combine(beta, c, 0, c);
    }
  }

  @Override
  protected void accumulateProducts(double offset, Tensor a, Tensor b, Tensor out) {
    boolean whole = a.isContiguous() && b.isContiguous() && out.isContiguous();
    long width = whole ? out.size() : out.rowSize();
    int rows = whole ? 1 : out.dim(0);
    addProducts
        .of(a.dtype())
        .with(offset)
        .with(Address.of(a))
        .with(Address.stride(a))
        .with(Address.of(b))
        .with(Address.stride(b))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(width)
        .with(rows)
        .over(width, rows);
  }

  @Override
  protected void addScaled(Tensor alpha, Tensor x, Tensor y) {
    axpy.of(y.dtype())
        .with(Address.of(alpha))
        .with(Address.stride(alpha))
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(Address.of(y))
        .with(Address.stride(y))
        .with(y.rowSize())
        .with(y.dim(0))
        .over(Packs.count(y.dtype(), y.rowSize()), y.dim(0));
  }

  @Override
  protected void combine(double alpha, Tensor x, double beta, Tensor y) {
    boolean whole = x.isContiguous() && y.isContiguous();
    long width = whole ? y.size() : y.rowSize();
    int rows = whole ? 1 : y.dim(0);
    axpby
        .of(y.dtype())
        .with(alpha)
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(beta)
        .with(Address.of(y))
        .with(Address.stride(y))
        .with(width)
        .with(rows)
        .over(Packs.count(y.dtype(), width), rows);
  }
}
