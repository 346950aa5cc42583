package org.noisescape.quantities;

import org.noisescape.curvature.Curvature;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Estimate;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.krylov.StoppingRule;
import org.noisescape.krylov.TraceEstimator;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.Projected;

/** Traces and norms with their large parts taken exactly. */
final class Traces {
  private Traces() {}

  /**
   * tr A of a matrix: exactly from the norms of the outputs' gradients where it is that of G and
   * the outputs are few, by Hutch++ otherwise.
   */
  record Trace(Matrix matrix) implements Measure {
    @Override
    public boolean isPreconditioned() {
      return matrix.isPreconditioned();
    }

    @Override
    public void announce(Demand demand, int k) {
      long rows = sketch(demand.options(), demand.parameters()) + 2L * demand.options().block();
      demand.workspace("sketch", (double) rows * demand.parameters() * demand.dtype().bytes());
    }

    @Override
    public Finding measure(Point point, int k) {
      if (isExact(point, matrix)) {
        return Finding.exact(trace(point, matrix).value());
      }
      return Finding.of(trace(point, matrix).withError(point.rounding(matrix)));
    }
  }

  /** ‖A‖_F of a matrix. */
  record Frobenius(Matrix matrix) implements Measure {
    @Override
    public void announce(Demand demand, int k) {
      announceNorm(demand, matrix);
    }

    @Override
    public Finding measure(Point point, int k) {
      return Finding.of(frobenius(point, matrix).withError(point.rounding(matrix)));
    }
  }

  /** Whether {@link #trace} is exact. */
  private static boolean isExact(Point point, Matrix matrix) {
    Curvature curvature = point.curvature();
    boolean ofGaussNewton =
        matrix == Matrix.GGN && curvature.samplesHaveGradients()
            || matrix == Matrix.HESSIAN && curvature.hessianHasTraceOfGaussNewton();
    return ofGaussNewton && curvature.outputs() <= ProbeDefaults.EXACT_TRACE_OUTPUTS;
  }

  /** tr A, with the least products that are sure to hold the large eigenvalues in the sketch. */
  static Estimate trace(Point point, Matrix matrix) {
    if (isExact(point, matrix)) {
      return point.shared(
          "exact trace", () -> new Estimate(point.curvature().gaussNewtonTrace(), 0, true, 0));
    }
    return point.shared("trace of " + matrix.label(), () -> sampled(point, matrix));
  }

  private static Estimate sampled(Point point, Matrix matrix) {
    LinearOperator operator = point.operator(matrix);
    ProbeOptions options = point.options();
    int sketch = sketch(options, operator.dimension());
    return TraceEstimator.hutchPlusPlus(
        operator,
        sketch,
        StoppingRule.relative(options.relativeError(), options.products() - 2 * sketch),
        options.seed());
  }

  private static int sketch(ProbeOptions options, int dimension) {
    return Math.min(dimension, Math.min(ProbeDefaults.SKETCH, options.products() / 3));
  }

  static void announceNorm(Demand demand, Matrix matrix) {
    demand.pairs(matrix, End.LARGEST, Deflating.largest(demand));
  }

  /**
   * ‖A‖_F² = Σ θ_i² + ‖Π A Π‖_F² + O(Σ r_i²) with the largest Ritz pairs θ_i, their residuals r_i,
   * and Π onto what is orthogonal to them: only the second part is random.
   */
  static Estimate frobenius(Point point, Matrix matrix) {
    return point.shared("norm of " + matrix.label(), () -> deflatedNorm(point, matrix));
  }

  private static Estimate deflatedNorm(Point point, Matrix matrix) {
    ProbeOptions options = point.options();
    RitzPairs pairs = point.pairs(matrix, End.LARGEST, Deflating.largest(point.demand()));
    int deflated = Deflating.largest(point.demand());
    double known = 0;
    boolean converged = true;
    for (int i = 0; i < deflated; i++) {
      known += pairs.values()[i] * pairs.values()[i];
      converged &= pairs.converged()[i];
    }
    LinearOperator operator = point.operator(matrix);
    if (deflated == operator.dimension()) {
      return new Estimate(Math.sqrt(known), rounding(point, Math.sqrt(known)), converged, 0);
    }
    double relative = options.relativeError();
    // the error of the rest counts against the whole norm
    StoppingRule precision =
        StoppingRule.relativeTo(Math.sqrt(known), relative, options.products());
    try (Projected rest =
        new Projected(operator, pairs.vectors().rows(0, deflated), Projected.Onto.COMPLEMENT)) {
      Estimate norm = TraceEstimator.frobenius(rest, precision, options.seed());
      double whole = Math.hypot(Math.sqrt(known), norm.value());
      double error = whole == 0 ? 0 : norm.value() * norm.standardError() / whole;
      return new Estimate(
              whole, error, norm.degreesOfFreedom(), norm.converged() && converged, norm.products())
          .withError(rounding(point, whole));
    }
  }

  /** What the products' element type leaves open of a norm. */
  private static double rounding(Point point, double norm) {
    return Estimate.rounding(point.demand().dtype().epsilon()) * norm;
  }
}
