package org.noisescape.optim;

import java.util.List;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Tensor;

/**
 * State-independent noise: u ← u − ξ, ξ ~ N(0, λI), so that the step is θ ← θ − ηg + ηξ.
 *
 * <p>Source: SGLD as Meng et al. (2020), Eq. 14, write it; λ₃ is a variance. Isotropic noise
 * matched to a trace T has λ = T/P.
 *
 * @param strength a number λ, or a trace shared by the P parameters
 * @param kind what the strength is
 */
public record AdditiveNoise(double strength, Kind kind) implements UpdateRule {
  /** What the strength means. */
  public enum Kind {
    /** The variance λ of each entry. */
    VARIANCE("l3"),
    /** The trace of the covariance, P·λ. */
    TRACE("trace");

    private final String parameter;

    Kind(String parameter) {
      this.parameter = parameter;
    }
  }

  /** Checks the strength. */
  public AdditiveNoise {
    Range.variance(kind == Kind.VARIANCE ? "sgld: l3" : "isotropic: trace", strength);
  }

  @Override
  public boolean isIdentity() {
    return strength == 0;
  }

  @Override
  public String text() {
    return (kind == Kind.VARIANCE ? "sgld:l3=" : "isotropic:trace=") + strength;
  }

  @Override
  public List<String> schedulable() {
    return List.of(kind.parameter);
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    double share = kind == Kind.VARIANCE ? 1 : memory.theta().dim(1);
    Tensor u = memory.direction();
    Tensor step = memory.step();
    Tensor sigma = memory.coefficient(now -> -Math.sqrt(now.of(kind.parameter, strength) / share));
    Tensor keys = memory.keys(Purpose.ADDITIVE_NOISE);
    RandomFill random = memory.engine().random();
    return () -> random.addNormal(u, sigma, keys, step);
  }

  @Override
  public VectorRule onVectors() {
    return VectorRule.of(
        0,
        List.of(Purpose.ADDITIVE_NOISE),
        (theta, u, states, draws) -> {
          double sigma = Math.sqrt(kind == Kind.VARIANCE ? strength : strength / u.length);
          RandomStream normals = draws.of(Purpose.ADDITIVE_NOISE);
          for (int i = 0; i < u.length; i++) {
            u[i] -= sigma * normals.nextGaussian();
          }
        });
  }
}
