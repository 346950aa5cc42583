package org.noisescape.optim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What it draws random numbers for. */
  default List<Purpose> purposes() {
    return List.of();
  }

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

    /** Steps done before this one; only rules whose numbers change with the step ask. */
    default long step() {
      throw new UnsupportedOperationException("these draws are of no step");
    }
  }

  /** What a rule does. */
  interface Action {
    /** As {@link VectorRule#apply}. */
    void apply(double[] theta, double[] direction, double[][] states, Draws draws);
  }

  /** A rule of a number of states and an action that draws nothing. */
  static VectorRule of(int states, Action action) {
    return of(states, List.of(), action);
  }

  /** A rule of a number of states and an action that draws for some purposes. */
  static VectorRule of(int states, List<Purpose> purposes, Action action) {
    return new Acting(states, List.copyOf(purposes), action);
  }

  /**
   * The rules of a chain. Where several draw for one purpose, each has random numbers of its own,
   * the same as {@link RuleMemory#keys} gives it.
   *
   * @throws IllegalArgumentException where a rule has no form on vectors
   */
  static List<VectorRule> chain(List<UpdateRule> rules) {
    Map<Purpose, Integer> users = new HashMap<>();
    List<VectorRule> chain = new ArrayList<>();
    for (UpdateRule rule : rules) {
      VectorRule plain = rule.onVectors();
      Map<Purpose, Purpose> own = new HashMap<>();
      for (Purpose purpose : plain.purposes()) {
        int before = users.merge(purpose, 1, Integer::sum) - 1;
        if (before > 0) {
          own.put(purpose, purpose.user(before));
        }
      }
      chain.add(own.isEmpty() ? plain : redirected(plain, own));
    }
    return List.copyOf(chain);
  }

  private static VectorRule redirected(VectorRule rule, Map<Purpose, Purpose> own) {
    return of(
        rule.states(),
        rule.purposes().stream().map(purpose -> own.getOrDefault(purpose, purpose)).toList(),
        (theta, direction, states, draws) ->
            rule.apply(theta, direction, states, new Redirected(draws, own)));
  }

  /**
   * Draws of other purposes.
   *
   * @param draws the streams of a replica
   * @param own purpose to draw for, by the one asked for
   */
  record Redirected(Draws draws, Map<Purpose, Purpose> own) implements Draws {
    @Override
    public RandomStream of(Purpose purpose) {
      return draws.of(own.getOrDefault(purpose, purpose));
    }

    @Override
    public long step() {
      return draws.step();
    }
  }

  /**
   * A rule made of parts.
   *
   * @param states number of state vectors
   * @param purposes what it draws for
   * @param action what it does
   */
  record Acting(int states, List<Purpose> purposes, Action action) implements VectorRule {
    @Override
    public void apply(double[] theta, double[] direction, double[][] kept, Draws draws) {
      action.apply(theta, direction, kept, draws);
    }
  }
}
