package org.noisescape.quantities;

import java.util.Arrays;
import org.noisescape.train.Preconditioner;
import org.noisescape.train.TrainingState;

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

  /**
   * Those of a replica at a stored state.
   *
   * @param parameters P
   * @throws IllegalArgumentException where the state keeps no second moment and the rules want one
   */
  public static StepMetric of(
      Preconditioner rules, TrainingState state, int replica, int parameters) {
    double[] second = new double[0];
    if (rules.isAdaptive()) {
      if (state.optimizer().size() <= rules.secondMoment()) {
        throw new IllegalArgumentException(
            "no second moment of the gradients is kept: this is no state of these update rules");
      }
      double[] all = state.optimizer().get(rules.secondMoment());
      second = Arrays.copyOfRange(all, replica * parameters, (replica + 1) * parameters);
    }
    return of(rules, state.step(), second, parameters);
  }
}
