package org.noisescape.quantities;

import java.util.Arrays;
import org.noisescape.krylov.End;
import org.noisescape.krylov.RitzPairs;

/**
 * The K largest, or the K smallest, eigenvalues of a matrix, with residuals.
 *
 * @param matrix of what
 * @param end which
 */
record ExtremeEigenvalues(Matrix matrix, End end) implements Measure {
  @Override
  public void announce(Demand demand, int k) {
    demand.pairs(matrix, end, k);
  }

  @Override
  public Finding measure(Point point, int k) {
    RitzPairs pairs = point.pairs(matrix, end, k);
    boolean converged = true;
    for (int i = 0; i < k; i++) {
      converged &= pairs.converged()[i];
    }
    double rounding = point.rounding(matrix);
    double[] residuals = new double[k];
    Arrays.setAll(residuals, i -> Math.max(pairs.residuals()[i], rounding));
    return Finding.ritz(Arrays.copyOf(pairs.values(), k), residuals, converged);
  }
}
