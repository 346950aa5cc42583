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
  public Need need() {
    return Need.CURVATURE;
  }

  @Override
  public void announce(Demand demand, int k) {
    if (end == End.LARGEST) {
      demand.top(matrix, k);
    } else {
      demand.requireAtMostParameters(k);
    }
  }

  @Override
  public Estimate measure(Point point, int k) {
    RitzPairs pairs = end == End.LARGEST ? point.top(matrix, k) : point.smallest(matrix, k);
    boolean converged = true;
    for (int i = 0; i < k; i++) {
      converged &= pairs.converged()[i];
    }
    return Estimate.ritz(
        Arrays.copyOf(pairs.values(), k), Arrays.copyOf(pairs.residuals(), k), converged);
  }
}
