package org.noisescape.optim;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Tensor;

/**
 * State-dependent noise of PL-SGD: u ← u − |θ| ⊙ ξ₁ − ξ₂, ξ₁ ~ N(0, λ₁I), ξ₂ ~ N(0, λ₂I), so that
 * the step is θ ← θ − ηg + η|θ| ⊙ ξ₁ + ηξ₂.
 *
 * <p>Source: Meng et al. (2020), Eq. 13; λ₁ and λ₂ are variances.
 *
 * @param stateDependentVariance λ₁ ≥ 0
 * @param additiveVariance λ₂ ≥ 0
 */
public record PowerLaw(double stateDependentVariance, double additiveVariance)
    implements UpdateRule {
  /** Checks the variances. */
  public PowerLaw {
    Range.variance("pl-sgd: l1", stateDependentVariance);
    Range.variance("pl-sgd: l2", additiveVariance);
  }

  @Override
  public boolean isIdentity() {
    return stateDependentVariance == 0 && additiveVariance == 0;
  }

  @Override
  public String text() {
    return "pl-sgd:l1=" + stateDependentVariance + ",l2=" + additiveVariance;
  }

  @Override
  public List<String> schedulable() {
    return List.of("l1", "l2");
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Tensor u = memory.direction();
    Tensor theta = memory.theta();
    Tensor step = memory.step();
    RandomFill random = memory.engine().random();
    List<Runnable> parts = new ArrayList<>();
    if (stateDependentVariance > 0) {
      Tensor sigma = memory.coefficient(now -> -Math.sqrt(now.of("l1", stateDependentVariance)));
      Tensor keys = memory.keys(Purpose.STATE_DEPENDENT_NOISE);
      parts.add(() -> random.addScaledNormal(u, theta, sigma, keys, step));
    }
    if (additiveVariance > 0) {
      Tensor sigma = memory.coefficient(now -> -Math.sqrt(now.of("l2", additiveVariance)));
      Tensor keys = memory.keys(Purpose.ADDITIVE_NOISE);
      parts.add(() -> random.addNormal(u, sigma, keys, step));
    }
    return () -> {
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).run();
      }
    };
  }

  @Override
  public VectorRule onVectors() {
    double sigma = Math.sqrt(stateDependentVariance);
    VectorRule additive =
        new AdditiveNoise(additiveVariance, AdditiveNoise.Kind.VARIANCE).onVectors();
    List<Purpose> purposes = new ArrayList<>();
    if (stateDependentVariance > 0) {
      purposes.add(Purpose.STATE_DEPENDENT_NOISE);
    }
    if (additiveVariance > 0) {
      purposes.add(Purpose.ADDITIVE_NOISE);
    }
    return VectorRule.of(
        0,
        purposes,
        (theta, u, states, draws) -> {
          RandomStream normals = draws.of(Purpose.STATE_DEPENDENT_NOISE);
          for (int i = 0; i < u.length; i++) {
            u[i] -= sigma * Math.abs(theta[i]) * normals.nextGaussian();
          }
          additive.apply(theta, u, states, draws);
        });
  }
}
