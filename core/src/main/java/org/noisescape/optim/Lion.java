package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * u ← sign(β₁ m + (1 − β₁) u), then m ← β₂ m + (1 − β₂) u with the u before.
 *
 * <p>Source: Chen et al. (2023), "Symbolic discovery of optimization algorithms", algorithm 2; its
 * weight decay is decoupled {@link WeightDecay} behind it.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 */
public record Lion(double beta1, double beta2) implements FilterRule {
  /** The paper's β₁. */
  public static final double BETA1 = 0.9;

  /** The paper's β₂. */
  public static final double BETA2 = 0.99;

  /** Checks the numbers. */
  public Lion {
    Range.decay("lion: beta1", beta1);
    Range.decay("lion: beta2", beta2);
  }

  @Override
  public String text() {
    return "lion:" + beta1 + "," + beta2;
  }

  @Override
  public List<String> schedulable() {
    return List.of("beta1", "beta2");
  }

  @Override
  public FilterMap map() {
    return FilterMap.SIGN;
  }

  @Override
  public boolean hasMoment() {
    return true;
  }

  @Override
  public void weights(StepValues now, double[] into) {
    double first = now.of("beta1", beta1);
    double second = now.of("beta2", beta2);
    into[FilterWeight.KEPT.at()] = second;
    into[FilterWeight.ENTERING.at()] = 1 - second;
    into[FilterWeight.DIRECT.at()] = 1 - first;
    into[FilterWeight.FORMER.at()] = first;
  }
}
