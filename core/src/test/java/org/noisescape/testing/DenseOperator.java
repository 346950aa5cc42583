package org.noisescape.testing;

import java.util.Arrays;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/** A matrix as an operator. It is not checked to be symmetric. */
public final class DenseOperator implements LinearOperator, AutoCloseable {
  private final Engine engine;
  private final DType dtype;
  private final int block;
  private final int dimension;
  private final Tensor matrix;

  /** A matrix (P, P) on an engine. */
  public DenseOperator(Engine engine, DType dtype, int block, double[][] matrix) {
    this.engine = engine;
    this.dtype = dtype;
    this.block = block;
    this.dimension = matrix.length;
    this.matrix = engine.tensor(dtype, 1, dimension, dimension);
    engine
        .memory()
        .write(this.matrix, Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray());
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int block() {
    return block;
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    for (int r = 0; r < x.dim(0); r++) {
      engine
          .linearAlgebra()
          .gemm(
              Transpose.NO,
              Transpose.NO,
              1,
              x.rows(r, 1).reshape(1, 1, dimension),
              matrix,
              0,
              y.rows(r, 1).reshape(1, 1, dimension));
    }
  }

  @Override
  public void close() {
    matrix.arena().close();
  }
}
