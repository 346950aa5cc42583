package org.noisescape.quantities;

import org.noisescape.train.Preconditioner;

/**
 * The coordinates in which a step of adaptive rules is one of plain ones, at one θ.
 *
 * @param inverseRoots diagonal of P^−½ (P)
 * @param stabilityBound largest stable eigenvalue of P^−½HP^−½; NaN where none is known
 */
public record StepMetric(double[] inverseRoots, double stabilityBound) {
  /**
   * Those after some steps of a run.
   *
   * @param v second moment of the rules' state; ignored where there is none
   * @throws IllegalArgumentException before the first step
   */
  public static StepMetric of(Preconditioner rules, long done, double[] v, int parameters) {
    return new StepMetric(rules.inverseRoots(done, v, parameters), rules.stabilityBound(done));
  }
}
