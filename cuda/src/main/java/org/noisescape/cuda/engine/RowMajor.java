package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.Cublas;
import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.DType;

/** Products of matrices stored row by row, of one element type. */
final class RowMajor {
  private final Device device;
  private final boolean wide;
  private final ProductShapes products = new ProductShapes();

  RowMajor(Device device, DType dtype) {
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
      int batch) {}

  /** c ← a b, or c + a b. */
  void multiply(Shape shape, long a, long b, boolean add, long c) {
    Cublas cublas = device.cublas();
    if (wide) {
      cublas.wide(device.cublasHandle(), byColumns(shape), 1, b, a, add ? 1 : 0, c);
    } else {
      cublas.single(device.cublasHandle(), byColumns(shape), 1, b, a, add ? 1 : 0, c);
    }
  }

  /** cuBLAS stores by columns: Cᵀ = Bᵀ Aᵀ. */
  private Cublas.Product byColumns(Shape s) {
    return products.of(
        s.transposeB,
        s.transposeA,
        s.columns,
        s.rows,
        s.inner,
        s.transposeB ? s.inner : s.columns,
        s.strideB,
        s.transposeA ? s.rows : s.inner,
        s.strideA,
        s.columns,
        s.strideC,
        s.batch);
  }
}
