package org.noisescape.train;

import java.util.Optional;

/**
 * How a watched quantity stands.
 *
 * @param monitor what is watched
 * @param rule the rule for the end that watches it, if it is one
 * @param measurements how often it was measured
 * @param best its best value, the mean over replicas; not-a-number before the first
 * @param bestStep steps done there
 * @param waited measurements since then that were not better
 * @param metStep steps done where the rule applied, −1 where it has not
 * @param metValue the value there
 */
public record Standing(
    Monitor monitor,
    Optional<StopRule> rule,
    long measurements,
    double best,
    long bestStep,
    long waited,
    long metStep,
    double metValue) {
  /** Whether the rule applied. */
  public boolean met() {
    return metStep >= 0;
  }
}
