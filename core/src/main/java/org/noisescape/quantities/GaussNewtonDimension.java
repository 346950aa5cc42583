package org.noisescape.quantities;

import java.util.Arrays;
import org.noisescape.krylov.Estimate;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.objective.GradientRows;

/**
 * n = 1/Σ p_i², p_i = h_i/Σ h_j over the eigenvalues h of G, that is (tr G)²/‖G‖_F². Source: Mori
 * et al. (2022), Eq. 44.
 *
 * <p>Exact through the Gram matrix of the rows of the Jacobian, or through G itself, whichever is
 * smaller, where that is no larger than the products allowed; above from estimates of trace and
 * norm, whose errors are added as if they were independent.
 */
record GaussNewtonDimension() implements Measure {
  @Override
  public void announce(Demand demand, int k) {
    if (!demand.isSmall(Math.min(demand.rows(), demand.parameters()))) {
      new Traces.Trace(Matrix.GGN).announce(demand, k);
      Traces.announceNorm(demand, Matrix.GGN);
    }
  }

  @Override
  public Finding measure(Point point, int k) {
    Demand demand = point.demand();
    if (demand.rows() <= demand.parameters() && demand.isSmall(demand.rows())) {
      try (SymmetricMatrix gram = point.curvature().gram(GradientRows.GAUSS_NEWTON)) {
        return finding(of(gram));
      }
    }
    if (demand.isSmall(demand.parameters())) {
      return finding(of(point.dense(Matrix.GGN).values()));
    }
    Estimate trace = Traces.trace(point, Matrix.GGN);
    Estimate norm = Traces.frobenius(point, Matrix.GGN);
    if (!(norm.value() > 0)) {
      return Finding.undefined("G is zero");
    }
    double n = Math.pow(trace.value() / norm.value(), 2);
    double relative =
        2 * Math.hypot(trace.standardError() / trace.value(), norm.standardError() / norm.value());
    double degrees = Math.min(trace.degreesOfFreedom(), norm.degreesOfFreedom());
    return Finding.estimated(n, n * relative, trace.converged() && norm.converged())
        .withDegreesOfFreedom(degrees);
  }

  private static Finding finding(double n) {
    return Double.isNaN(n) ? Finding.undefined("G is zero") : Finding.exact(n);
  }

  /** Of a positive semi-definite matrix; NaN for zero. */
  static double of(SymmetricMatrix matrix) {
    return Math.pow(matrix.trace() / matrix.frobeniusNorm(), 2);
  }

  private static double of(double[] eigenvalues) {
    double sum = Arrays.stream(eigenvalues).sum();
    return sum * sum / Arrays.stream(eigenvalues).map(value -> value * value).sum();
  }
}
