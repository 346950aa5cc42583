package org.noisescape.optim;

/** What the numbers of a rule depend on at a step. */
public interface StepValues {
  /** Steps done before this one. */
  long step();

  /**
   * The value of a parameter at this step: the one that was written times its schedule's factor.
   *
   * @param parameter one of {@link UpdateRule#schedulable}
   * @param written its value without a schedule
   */
  double of(String parameter, double written);
}
