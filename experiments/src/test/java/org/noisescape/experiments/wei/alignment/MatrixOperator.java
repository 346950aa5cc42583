package org.noisescape.experiments.wei.alignment;

import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** A matrix as an operator, applied row by row. */
record MatrixOperator(Engine engine, double[][] matrix, int block) implements LinearOperator {
  @Override
  public String name() {
    return "matrix";
  }

  @Override
  public int dimension() {
    return matrix.length;
  }

  @Override
  public DType dtype() {
    return DType.FLOAT64;
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    double[] row = new double[matrix.length];
    double[] product = new double[matrix.length];
    for (int r = 0; r < x.dim(0); r++) {
      engine.memory().read(x.rows(r, 1), row);
      for (int i = 0; i < row.length; i++) {
        product[i] = 0;
        for (int j = 0; j < row.length; j++) {
          product[i] += matrix[i][j] * row[j];
        }
      }
      engine.memory().write(y.rows(r, 1), product);
    }
  }
}
