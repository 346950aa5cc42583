package org.noisescape.optim;

import org.noisescape.random.Purpose;
import org.noisescape.tensor.Tensor;

/** A rule that changes the targets of a mini-batch before the loss is taken; u is left as it is. */
public interface TargetRule extends UpdateRule {
  /**
   * Prepares the rule.
   *
   * @param memory as in {@link #bind}
   * @param keys random keys of this rule, (R, 2) int32
   * @param targets of a mini-batch (R, B, K)
   * @return the rule as an action that allocates nothing
   */
  Runnable bindTargets(RuleMemory memory, Tensor keys, Tensor targets);

  /** What its random numbers are for. */
  Purpose purpose();

  @Override
  default Runnable bind(RuleMemory memory) {
    return () -> {};
  }
}
