package org.noisescape.optim;

import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;

/**
 * An {@link UpdateRule} on the vectors of one replica in float64, for systems given as formulas.
 *
 * <p>Stateless itself, so that threads share it; what it remembers is in the states.
 */
public interface VectorRule {
  /** Number of state vectors, zero at step 0. */
  int states();

  /**
   * u ← rule(u, states, θ, draws).
   *
   * @param theta θ (P) before the step
   * @param direction u (P)
   * @param states state vectors, each (P)
   * @param draws random numbers of this replica and step
   */
  void apply(double[] theta, double[] direction, double[][] states, Draws draws);

  /** The streams of one replica at one step. */
  interface Draws {
    /** The stream of a purpose, at its first draw. */
    RandomStream of(Purpose purpose);
  }

  /** What a rule does. */
  interface Action {
    /** As {@link VectorRule#apply}. */
    void apply(double[] theta, double[] direction, double[][] states, Draws draws);
  }

  /** A rule of a number of states and an action. */
  static VectorRule of(int states, Action action) {
    return new VectorRule() {
      @Override
      public int states() {
        return states;
      }

      @Override
      public void apply(double[] theta, double[] direction, double[][] kept, Draws draws) {
        action.apply(theta, direction, kept, draws);
      }
    };
  }
}
