package org.noisescape.optim;

/**
 * A rule that takes the gradient elsewhere: θ is moved by what the gradient at θ says, a second
 * gradient is taken there, on the same mini-batch, and the step with it begins at θ. Twice the
 * cost.
 */
public interface AscentRule extends UpdateRule {
  /**
   * Prepares the move.
   *
   * @param memory its direction holds the gradient at θ when the action runs
   * @return θ ← where the second gradient is taken, as an action that allocates nothing
   */
  Runnable bindAscent(RuleMemory memory);

  /**
   * The same for one replica of a landscape.
   *
   * @param theta θ (P), moved
   * @param gradient the gradient at θ (P)
   */
  void ascend(double[] theta, double[] gradient);

  @Override
  default Runnable bind(RuleMemory memory) {
    return () -> {};
  }
}
