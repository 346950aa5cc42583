package org.noisescape.quantities;

import org.noisescape.krylov.End;

/**
 * The K largest eigenvalues of P^−½HP^−½, with residuals, beside the bound at which a step of the
 * update rules becomes unstable.
 */
record PreconditionedEigenvalues() implements Measure {
  private static final ExtremeEigenvalues EIGENVALUES =
      new ExtremeEigenvalues(Matrix.PRECONDITIONED_HESSIAN, End.LARGEST);

  @Override
  public boolean isPreconditioned() {
    return true;
  }

  @Override
  public void announce(Demand demand, int k) {
    EIGENVALUES.announce(demand, k);
  }

  @Override
  public Finding measure(Point point, int k) {
    Finding eigenvalues = EIGENVALUES.measure(point, k);
    double bound = point.metric().stabilityBound();
    return Double.isNaN(bound)
        ? eigenvalues
        : eigenvalues
            .with("stability_bound", bound)
            .with("over_bound", eigenvalues.values().getFirst() / bound);
  }
}
