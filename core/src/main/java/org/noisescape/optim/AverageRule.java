package org.noisescape.optim;

/**
 * A rule that keeps a mean of the parameters beside them, θ̄ ← (1 − w) θ̄ + w θ after a step; the
 * run itself is left as it is.
 */
public interface AverageRule extends UpdateRule {
  /**
   * The weight w of θ after so many steps; 0 where it does not enter the mean, 1 where it is the
   * first.
   *
   * @param done steps done, 1 at least
   * @param clock of the run
   */
  double weight(long done, RunClock clock);

  /** Whether something has entered the mean after so many steps. */
  boolean begun(long done, RunClock clock);

  @Override
  default Runnable bind(RuleMemory memory) {
    return () -> {};
  }
}
