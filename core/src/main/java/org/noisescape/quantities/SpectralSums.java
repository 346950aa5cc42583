package org.noisescape.quantities;

import java.util.Arrays;
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
    public void announce(Demand demand, int k) {
      if (!demand.isSmall(demand.parameters())) {
        Deflating.announce(demand);
      }
    }

    @Override
    public Finding measure(Point point, int k) {
      if (point.demand().isSmall(point.demand().parameters())) {
        return exact(point);
      }
      Point.Deflated split = point.deflated();
      NegativeSum sum = NegativeSum.estimate(split.rest(), split.values(), split.smallest());
      return Finding.estimated(sum.value(), sum.standardError(), sum.converged())
          .withDegreesOfFreedom(sum.degreesOfFreedom())
          .with("discretization", sum.discretization())
          .with("lower_bound", sum.lower())
          .with("upper_bound", sum.upper());
    }

    /** What lies within rounding of zero is left out of the sum, and is its error. */
    private static Finding exact(Point point) {
      Eigenvalues all = point.dense(Matrix.HESSIAN);
      double epsilon = point.demand().dtype().epsilon();
      double floor =
          Math.max(point.rounding(Matrix.HESSIAN), ProbeDefaults.ROUNDINGS * epsilon * all.norm());
      double sum = Arrays.stream(all.values()).filter(value -> value < -floor).sum();
      double rounding =
          Arrays.stream(all.values()).filter(v -> v < 0 && v >= -floor).map(Math::abs).sum();
      return Finding.mean(sum, rounding)
          .with("floor", floor)
          .with("discretization", 0.0)
          .with("lower_bound", sum - rounding)
          .with("upper_bound", sum);
    }
  }

  /** Σ log λ over λ above a part of the largest one. */
  record LogDet() implements Measure {
    @Override
    public void announce(Demand demand, int k) {
      if (!demand.isSmall(demand.parameters())) {
        Deflating.announce(demand);
      }
    }

    @Override
    public Finding measure(Point point, int k) {
      boolean dense = point.demand().isSmall(point.demand().parameters());
      double largest =
          dense
              ? point.dense(Matrix.HESSIAN).values()[point.demand().parameters() - 1]
              : point.pairs(Matrix.HESSIAN, End.LARGEST, Deflating.largest(point.demand()))
                  .values()[0];
      if (!(largest > 0)) {
        return Finding.undefined("no eigenvalue is positive");
      }
      double cutoff = ProbeDefaults.DEGENERATE * largest;
      LogDeterminant found =
          dense
              ? LogDeterminant.exact(point.dense(Matrix.HESSIAN).values(), cutoff)
              : LogDeterminant.estimate(point.deflated().rest(), point.deflated().values(), cutoff);
      Estimate sum = found.sum();
      Finding value =
          dense
              ? Finding.exact(sum.value())
              : Finding.estimated(
                      sum.value(),
                      sum.standardError(),
                      sum.converged() && found.count().converged())
                  .withDegreesOfFreedom(sum.degreesOfFreedom());
      return value
          .with("count", found.count().value())
          .with("count_standard_error", found.count().standardError())
          .with("cutoff", cutoff);
    }
  }
}
