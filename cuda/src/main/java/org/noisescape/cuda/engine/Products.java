package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.Cublas;
import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.DType;

/** Products of matrices stored row by row, of one element type. */
final class Products {
  private final Device device;
  private final boolean wide;

  Products(Device device, DType dtype) {
    this.device = device;
    this.wide = dtype == DType.FLOAT64;
  }

  /** Factors a (rows, inner) and b (inner, columns), or stored transposed; strides in elements. */
  record Shape(
      boolean transposeA,
      boolean transposeB,
      int rows,
      int columns,
      int inner,
      long strideA,
      long strideB,
      long strideC,
      int batch) {
    /** cuBLAS stores by columns: Cᵀ = Bᵀ Aᵀ. */
    Cublas.Product byColumns() {
      return new Cublas.Product(
          transposeB,
          transposeA,
          columns,
          rows,
          inner,
          transposeB ? inner : columns,
          strideB,
          transposeA ? rows : inner,
          strideA,
          columns,
          strideC,
          batch);
    }
  }

  /** c ← a b, or c + a b. */
  void multiply(Shape shape, long a, long b, boolean add, long c) {
    Cublas cublas = device.cublas();
    if (wide) {
      cublas.wide(device.cublasHandle(), shape.byColumns(), 1, b, a, add ? 1 : 0, c);
    } else {
      cublas.single(device.cublasHandle(), shape.byColumns(), 1, b, a, add ? 1 : 0, c);
    }
  }
}
