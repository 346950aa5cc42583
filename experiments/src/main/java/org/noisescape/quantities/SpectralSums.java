package org.noisescape.quantities;

import org.noisescape.krylov.End;
import org.noisescape.krylov.Estimate;
import org.noisescape.krylov.LogDeterminant;
import org.noisescape.krylov.NegativeSum;
import org.noisescape.linop.Eigenvalues;

/**
 * Sums over all eigenvalues of H: exact through the dense matrix where P is no more than the
 * products allowed, by quadrature above.
 */
final class SpectralSums {
  private SpectralSums() {}

  /** Σ min(λ, 0). */
  record Negative() implements Measure {
    @Override
    public Need need() {
      return Need.CURVATURE;
    }

    @Override
    public void announce(Demand demand, int k) {
      if (!demand.isSmall(demand.parameters())) {
        Densities.announce(demand);
        demand.pairs(Matrix.HESSIAN, End.SMALLEST, smallest(demand));
      }
    }

    @Override
    public Finding measure(Point point, int k) {
      if (point.demand().isSmall(point.demand().parameters())) {
        Eigenvalues all = point.dense(Matrix.HESSIAN);
        return bounds(
            Finding.exact(NegativeSum.exact(all.values()).value()),
            NegativeSum.exact(all.values()));
      }
      NegativeSum sum =
          NegativeSum.estimate(
              point.density(Matrix.HESSIAN),
              point.pairs(Matrix.HESSIAN, End.SMALLEST, smallest(point.demand())));
      return bounds(Finding.estimated(sum.value(), sum.standardError(), sum.converged()), sum);
    }

    private static int smallest(Demand demand) {
      return Math.min(ProbeDefaults.SMALLEST, demand.parameters());
    }

    private static Finding bounds(Finding value, NegativeSum sum) {
      return value
          .with("discretization", sum.discretization())
          .with("lower_bound", sum.lower())
          .with("upper_bound", sum.upper());
    }
  }

  /** Σ log λ over λ above a part of the largest one. */
  record LogDet() implements Measure {
    @Override
    public Need need() {
      return Need.CURVATURE;
    }

    @Override
    public void announce(Demand demand, int k) {
      if (!demand.isSmall(demand.parameters())) {
        Densities.announce(demand);
        demand.pairs(Matrix.HESSIAN, End.LARGEST, 1);
      }
    }

    @Override
    public Finding measure(Point point, int k) {
      boolean dense = point.demand().isSmall(point.demand().parameters());
      double largest =
          dense
              ? point.dense(Matrix.HESSIAN).values()[point.demand().parameters() - 1]
              : point.pairs(Matrix.HESSIAN, End.LARGEST, 1).values()[0];
      if (!(largest > 0)) {
        return Finding.undefined("no eigenvalue is positive");
      }
      double cutoff = ProbeDefaults.DEGENERATE * largest;
      LogDeterminant found =
          dense
              ? LogDeterminant.exact(point.dense(Matrix.HESSIAN).values(), cutoff)
              : LogDeterminant.estimate(point.density(Matrix.HESSIAN), cutoff);
      Estimate sum = found.sum();
      Finding value =
          dense
              ? Finding.exact(sum.value())
              : Finding.estimated(
                  sum.value(), sum.standardError(), sum.converged() && found.count().converged());
      return value
          .with("count", found.count().value())
          .with("count_standard_error", found.count().standardError())
          .with("cutoff", cutoff);
    }
  }
}
