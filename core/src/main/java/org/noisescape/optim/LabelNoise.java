package org.noisescape.optim;

import java.util.List;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Tensor;

/**
 * Fresh noise of the targets in every step.
 *
 * <p>Gaussian: y ← y + ξ, ξ ~ N(0, σ²I), for every target of a mini-batch (Blanc et al. 2020).
 * Flips: with probability p a sample has the label of another class, all of them equally likely; a
 * single target changes its sign (Damian, Ma and Lee 2021). The data stay as they are, and so do
 * losses and noise that probes measure.
 *
 * @param strength σ², or p
 * @param kind which
 */
public record LabelNoise(double strength, Kind kind) implements TargetRule {
  /** What happens to targets. */
  public enum Kind {
    /** A variance of what is added to them. */
    GAUSSIAN("variance"),
    /** A probability of another label. */
    FLIP("flip");

    private final String parameter;

    Kind(String parameter) {
      this.parameter = parameter;
    }
  }

  /** Checks the strength. */
  public LabelNoise {
    if (kind == Kind.GAUSSIAN) {
      Range.variance("label-noise: variance", strength);
    } else if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException(
          "label-noise: flip is a probability and must lie in [0, 1], got " + strength);
    }
  }

  @Override
  public boolean isIdentity() {
    return strength == 0;
  }

  @Override
  public String text() {
    return "label-noise:" + kind.parameter + "=" + strength;
  }

  @Override
  public List<String> schedulable() {
    return List.of(kind.parameter);
  }

  @Override
  public Purpose purpose() {
    return Purpose.LABEL_NOISE;
  }

  @Override
  public Runnable bindTargets(RuleMemory memory, Tensor keys, Tensor targets) {
    RandomFill random = memory.engine().random();
    Tensor step = memory.step();
    if (kind == Kind.FLIP) {
      Tensor probability = memory.coefficient(now -> now.of("flip", strength));
      return () -> random.flipLabels(targets, probability, keys, step);
    }
    Tensor sigma = memory.coefficient(now -> Math.sqrt(now.of("variance", strength)));
    Tensor flat = targets.reshape(targets.dim(0), Math.toIntExact(targets.rowSize()));
    return () -> random.addNormal(flat, sigma, keys, step);
  }
}
