package org.noisescape.experiments.wei.negative;

import java.util.Arrays;
import org.noisescape.linop.SymmetricMatrix;

/**
 * A symmetric matrix without the rows and columns that are zero, whose other eigenvalues are the
 * same.
 *
 * <p>Weights of pixels that are blank in every sample, and of units that no sample reaches, have
 * exactly zero rows in the Hessian. Eigenvalues cost n³: leaving a quarter out halves the time.
 */
final class ActiveBlock {
  private ActiveBlock() {}

  /** The block, of its own memory; of dimension 1 where all of the matrix is zero. */
  static SymmetricMatrix of(SymmetricMatrix matrix) {
    int[] active = active(matrix);
    SymmetricMatrix block = SymmetricMatrix.zeros(Math.max(1, active.length));
    double[] row = new double[matrix.dimension()];
    double[] kept = new double[active.length];
    for (int i = 0; i < active.length; i++) {
      matrix.row(active[i], row);
      for (int j = 0; j <= i; j++) {
        kept[j] = row[active[j]];
      }
      block.set(i, 0, 1, i + 1, kept);
    }
    return block;
  }

  private static int[] active(SymmetricMatrix matrix) {
    double[] row = new double[matrix.dimension()];
    int[] active = new int[row.length];
    int count = 0;
    for (int i = 0; i < row.length; i++) {
      matrix.row(i, row);
      boolean zero = true;
      for (double value : row) {
        zero &= value == 0;
      }
      if (!zero) {
        active[count++] = i;
      }
    }
    return Arrays.copyOf(active, count);
  }
}
