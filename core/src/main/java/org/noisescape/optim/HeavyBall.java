package org.noisescape.optim;

import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;

/**
 * m ← μ m + u, u ← m. No dampening.
 *
 * <p>Source: Polyak (1964); PyTorch's convention.
 *
 * @param momentum μ in [0, 1)
 */
public record HeavyBall(double momentum) implements UpdateRule {
  /** Checks μ. */
  public HeavyBall {
    Range.momentum("momentum", momentum);
  }

  @Override
  public String text() {
    return "momentum:" + momentum;
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Tensor m = memory.state();
    Tensor u = memory.direction();
    LinearAlgebra algebra = memory.engine().linearAlgebra();
    return () -> {
      algebra.axpby(1, u, momentum, m);
      memory.engine().memory().copy(m, u);
    };
  }

  @Override
  public VectorRule onVectors() {
    return VectorRule.of(
        1,
        (theta, u, states, draws) -> {
          double[] m = states[0];
          for (int i = 0; i < u.length; i++) {
            m[i] = momentum * m[i] + u[i];
            u[i] = m[i];
          }
        });
  }
}
