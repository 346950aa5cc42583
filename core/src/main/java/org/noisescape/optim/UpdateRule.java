package org.noisescape.optim;

import java.util.List;

/** One link of the chain from gradient to step, as an immutable description. */
public interface UpdateRule {
  /**
   * Reserves state and prepares the rule.
   *
   * @param memory the vectors the rule works on
   * @return the rule as an action that allocates nothing: u ← rule(u, state, θ, key)
   */
  Runnable bind(RuleMemory memory);

  /**
   * The same rule on the vectors of single replicas in float64, outside an engine: what landscapes
   * given as formulas need. Rules for networks only leave it out.
   *
   * @throws IllegalArgumentException where the rule has no such form
   */
  default VectorRule onVectors() {
    throw new IllegalArgumentException(
        "the update rule "
            + text()
            + " has no form on vectors, which landscapes need: implement onVectors()");
  }

  /** Names of the numbers that a schedule may multiply, in the order they are written. */
  default List<String> schedulable() {
    return List.of();
  }

  /** As users write it; for a rule that {@link Optimizers} does not know, what it is. */
  default String text() {
    return toString();
  }

  /** Whether u is always left as it is, so that the rule can be dropped. */
  default boolean isIdentity() {
    return false;
  }
}
