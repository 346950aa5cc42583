package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * m ← β₁ m + (1 − β₁) u, v ← β₂ v + (1 − β₂) u², u ← m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵏ) and v̂ =
 * v/(1 − β₂ᵏ) at step k = 1, 2, ….
 *
 * <p>Source: Kingma and Ba (2015), algorithm 1; ε stands beside the root of v̂, as in PyTorch. With
 * decoupled {@link WeightDecay} behind it, AdamW.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε > 0
 */
public record Adam(double beta1, double beta2, double epsilon) implements FilterRule {
  /** PyTorch's β₁. */
  public static final double BETA1 = 0.9;

  /** PyTorch's β₂. */
  public static final double BETA2 = 0.999;

  /** PyTorch's ε. */
  public static final double EPSILON = 1e-8;

  /** Checks the numbers. */
  public Adam {
    Range.decay("adam: beta1", beta1);
    Range.decay("adam: beta2", beta2);
    Range.epsilon("adam", epsilon);
  }

  @Override
  public String text() {
    return "adam:" + beta1 + "," + beta2 + "," + epsilon;
  }

  @Override
  public List<String> schedulable() {
    return List.of("beta1", "beta2");
  }

  @Override
  public FilterMap map() {
    return FilterMap.ROOT;
  }

  @Override
  public boolean hasMoment() {
    return true;
  }

  @Override
  public boolean dependsOnStep() {
    return true;
  }

  @Override
  public void weights(StepValues now, double[] into) {
    double first = now.of("beta1", beta1);
    double second = now.of("beta2", beta2);
    double k = now.step() + 1.0;
    into[FilterWeight.KEPT.at()] = first;
    into[FilterWeight.ENTERING.at()] = 1 - first;
    into[FilterWeight.MOMENT.at()] = 1 / (1 - Math.pow(first, k));
    into[FilterWeight.SQUARE_KEPT.at()] = second;
    into[FilterWeight.SQUARE_ENTERING.at()] = 1 - second;
    into[FilterWeight.ROOT.at()] = 1 / Math.sqrt(1 - Math.pow(second, k));
    into[FilterWeight.BOUND.at()] = epsilon;
  }
}
