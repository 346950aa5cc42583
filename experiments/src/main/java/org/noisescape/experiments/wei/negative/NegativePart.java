package org.noisescape.experiments.wei.negative;

import org.noisescape.linop.Eigenvalues;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;

/**
 * The negative eigenvalues of a Hessian, by LAPACK.
 *
 * @param sum Σ_{λ<0} λ
 * @param sumError bound of its rounding error
 * @param count eigenvalues below zero by more than their rounding error
 * @param smallest eigenvalue
 * @param largest eigenvalue
 * @param trace Σ λ
 * @param active rows of the matrix that are not zero
 */
record NegativePart(
    double sum,
    double sumError,
    int count,
    double smallest,
    double largest,
    double trace,
    int active) {

  /** Of a matrix, which is left as it is. Cost: 4n³/3 for n rows that are not zero. */
  static NegativePart of(SymmetricMatrix matrix, SymmetricEigen solver) {
    SymmetricMatrix block = ActiveBlock.of(matrix);
    try (block) {
      Eigenvalues found = solver.values(block);
      double[] values = found.values();
      double sum = 0;
      double trace = 0;
      int count = 0;
      for (double value : values) {
        sum += Math.min(0, value);
        trace += value;
        count += value < -found.error() ? 1 : 0;
      }
      return new NegativePart(
          sum,
          found.error() * values.length,
          count,
          values[0],
          values[values.length - 1],
          trace,
          values.length);
    }
  }
}
