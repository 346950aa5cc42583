package org.noisescape.optim;

import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;

/**
 * m ← μ m + u, u ← u + μ m.
 *
 * <p>Source: Sutskever et al. (2013), in the form PyTorch uses.
 *
 * @param momentum μ in [0, 1)
 */
public record Nesterov(double momentum) implements UpdateRule {
  /** Checks μ. */
  public Nesterov {
    Range.momentum("nesterov", momentum);
  }

  @Override
  public String text() {
    return "nesterov:" + momentum;
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Tensor m = memory.state();
    Tensor u = memory.direction();
    LinearAlgebra algebra = memory.engine().linearAlgebra();
    return () -> {
      algebra.axpby(1, u, momentum, m);
      algebra.axpby(momentum, m, 1, u);
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
            u[i] += momentum * m[i];
          }
        });
  }
}
