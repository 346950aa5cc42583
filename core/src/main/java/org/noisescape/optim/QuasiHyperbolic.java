package org.noisescape.optim;

import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;

/**
 * m ← μ m + (1 − μ) u, u ← (1 − ν) u + ν m.
 *
 * <p>Source: Ma and Yarats (2019), Eqs. 3 and 4. ν = 0 is plain descent, ν = 1 heavy ball with
 * dampening μ.
 *
 * @param momentum μ in [0, 1)
 * @param discount ν in [0, 1]
 */
public record QuasiHyperbolic(double momentum, double discount) implements UpdateRule {
  /** Checks μ and ν. */
  public QuasiHyperbolic {
    Range.momentum("qhm", momentum);
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("qhm: nu must lie in [0, 1], got " + discount);
    }
  }

  @Override
  public String text() {
    return "qhm:" + momentum + "," + discount;
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Tensor m = memory.state();
    Tensor u = memory.direction();
    LinearAlgebra algebra = memory.engine().linearAlgebra();
    return () -> {
      algebra.axpby(1 - momentum, u, momentum, m);
      algebra.axpby(discount, m, 1 - discount, u);
    };
  }

  @Override
  public VectorRule onVectors() {
    return VectorRule.of(
        1,
        (theta, u, states, draws) -> {
          double[] m = states[0];
          for (int i = 0; i < u.length; i++) {
            m[i] = momentum * m[i] + (1 - momentum) * u[i];
            u[i] = (1 - discount) * u[i] + discount * m[i];
          }
        });
  }
}
