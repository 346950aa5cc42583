package org.noisescape.quantities;

import org.noisescape.krylov.Estimate;
import org.noisescape.krylov.StoppingRule;
import org.noisescape.krylov.TraceEstimator;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * B_noise = tr(HS)/(gᵀHg): the mini-batch at which the noise takes as much from the gain of a step
 * as its own curvature does.
 *
 * <p>tr(HS) as the mean of z·HSz over random signs z; gᵀHg from one product. Undefined where gᵀHg ≤
 * 0. Source: McCandlish, Kaplan, Amodei et al. (2018), Eq. 2.8. Cost: two products a vector.
 */
record HessianNoiseScale() implements Measure {
  private static final int FEWEST_VECTORS = 2;

  @Override
  public Finding measure(Point point, int k) {
    LinearOperator hessian = point.operator(Matrix.HESSIAN);
    LinearOperator covariance = point.operator(Matrix.COVARIANCE);
    Tensor gradient = point.curvature().gradient();
    Engine engine = hessian.engine();
    try (Arena arena = engine.arena()) {
      Tensor image = arena.reserve(hessian.dtype(), 1, hessian.dimension());
      Tensor dot = arena.reserve(DType.FLOAT64, 1);
      Tensor scratch = arena.reserve(hessian.dtype(), hessian.block(), hessian.dimension());
      arena.commit();
      hessian.apply(gradient, image);
      double curvature = dot(engine, gradient, image, dot);
      if (!(curvature > 0)) {
        return Finding.undefined("the loss is not convex along its gradient");
      }
      int most = Math.max(FEWEST_VECTORS, point.options().products() / 2);
      Estimate trace =
          TraceEstimator.hutchinson(
              new Product(hessian, covariance, scratch),
              StoppingRule.relative(point.options().relativeError(), most),
              point.options().seed());
      // what rounding leaves of S has the direction of the gradient
      double squared = dot(engine, gradient, gradient, dot);
      Estimate scale =
          trace.times(1 / curvature).withError(point.rounding(Matrix.COVARIANCE) / squared);
      return Finding.of(scale).with("gradient_curvature", curvature);
    }
  }

  private static double dot(Engine engine, Tensor x, Tensor y, Tensor dot) {
    engine.reduction().dot(x, y, dot);
    return engine.memory().readDoubles(dot)[0];
  }

  /** A B, not symmetric, for its trace. */
  private record Product(LinearOperator first, LinearOperator second, Tensor scratch)
      implements LinearOperator {
    @Override
    public String name() {
      return first.name() + " times " + second.name();
    }

    @Override
    public int dimension() {
      return first.dimension();
    }

    @Override
    public int block() {
      return scratch.dim(0);
    }

    @Override
    public Engine engine() {
      return first.engine();
    }

    @Override
    public DType dtype() {
      return first.dtype();
    }

    @Override
    public void apply(Tensor x, Tensor y) {
      for (int from = 0; from < x.dim(0); from += block()) {
        int count = Math.min(block(), x.dim(0) - from);
        Tensor between = scratch.rows(0, count);
        second.apply(x.rows(from, count), between);
        first.apply(between, y.rows(from, count));
      }
    }
  }
}
