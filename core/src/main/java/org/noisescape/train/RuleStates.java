package org.noisescape.train;

import org.noisescape.tensor.Tensor;

/** The optimizer of a run, as probes see it between steps. */
public final class RuleStates {
  private TrainingStep step;

  RuleStates() {}

  /** Says whose it is, once the step is there. */
  void of(TrainingStep of) {
    step = of;
  }

  /** The mean of the parameters, if one is kept and has begun. */
  AverageState average() {
    return step.average();
  }

  /** Steps done. */
  public long done() {
    return step.done();
  }

  /**
   * A state vector of the rules (P), in the order a checkpoint keeps them.
   *
   * @param vector its number
   * @param replica whose
   */
  public double[] vector(int vector, int replica) {
    Tensor state = step.ruleState(vector);
    return state.engine().memory().readDoubles(state.rows(replica, 1));
  }
}
