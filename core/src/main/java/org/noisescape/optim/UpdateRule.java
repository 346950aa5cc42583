package org.noisescape.optim;

/** One link of the chain from gradient to step, as an immutable description. */
public interface UpdateRule {
  /**
   * Reserves state and prepares the rule.
   *
   * @param memory the vectors the rule works on
   * @return the rule as an action that allocates nothing: u ← rule(u, state, θ, key)
   */
  Runnable bind(RuleMemory memory);

  /** The same rule on the vectors of single replicas in float64, outside an engine. */
  VectorRule onVectors();

  /** As users write it; for a rule that {@link Optimizers} does not know, what it is. */
  default String text() {
    return toString();
  }

  /** Whether u is always left as it is, so that the rule can be dropped. */
  default boolean isIdentity() {
    return false;
  }
}
