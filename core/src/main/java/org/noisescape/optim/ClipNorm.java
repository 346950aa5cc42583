package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;
import org.noisescape.tensor.Tensor;

/**
 * u ← u · min(1, c/(‖u‖ + 10⁻⁶)), the norm that of all parameters of a replica.
 *
 * <p>Source: Pascanu, Mikolov and Bengio (2013), algorithm 1; PyTorch's {@code clip_grad_norm_}.
 *
 * @param bound c > 0; infinity clips nothing
 */
public record ClipNorm(double bound) implements UpdateRule {
  /** PyTorch's, so that a gradient of 0 is not divided by. */
  private static final double OFFSET = 1e-6;

  /** Checks the bound. */
  public ClipNorm {
    Range.bound("clip", bound);
  }

  @Override
  public boolean isIdentity() {
    return bound == Double.POSITIVE_INFINITY;
  }

  @Override
  public String text() {
    return "clip:" + bound;
  }

  @Override
  public List<String> schedulable() {
    return List.of("bound");
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Tensor u = memory.direction();
    Tensor weights = memory.reserve(DType.FLOAT64, u.dim(0), FilterWeight.COUNT);
    Runnable factor =
        new NormFactor(
            memory, weights.slice(FilterWeight.DIRECT.at(), 1), "bound", bound, OFFSET, 1);
    return () -> {
      factor.run();
      memory.engine().pointwise().filter(FilterMap.IDENTITY, weights, u, null, null);
    };
  }

  @Override
  public VectorRule onVectors() {
    return VectorRule.of(
        0,
        (theta, u, states, draws) -> {
          double square = 0;
          for (double entry : u) {
            square += entry * entry;
          }
          double factor = Math.min(1, bound / (Math.sqrt(square) + OFFSET));
          for (int i = 0; i < u.length; i++) {
            u[i] *= factor;
          }
        });
  }
}
