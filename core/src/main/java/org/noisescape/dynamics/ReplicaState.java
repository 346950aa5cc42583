package org.noisescape.dynamics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the replicas of a program are.
 *
 * @param step steps done by those not at rest
 * @param theta θ (R, P), entry (r, i) at r·P + i
 * @param rules state vectors of the update rules, each like θ
 * @param passages first passages (R, T), entry (r, t) at r·T + t: the step, or −1 for none yet
 * @param values observed quantity of each replica at its last look, NaN before the first
 */
@SuppressWarnings("ArrayRecordComponent") // written once, handed on, never compared
public record ReplicaState(
    long step, double[] theta, List<double[]> rules, long[] passages, double[] values) {
  /** No passage so far. */
  public static final long NONE = -1;

  /** Copies the list. */
  public ReplicaState {
    rules = List.copyOf(rules);
  }

  /** Replicas R. */
  public int replicas() {
    return values.length;
  }

  /** Thresholds T. */
  public int thresholds() {
    return passages.length / values.length;
  }

  /** First passage of a replica at a threshold, or {@link #NONE}. */
  public long passage(int replica, int threshold) {
    return passages[replica * thresholds() + threshold];
  }

  /** First passages (R) of all replicas at a threshold, NaN for none yet. */
  public double[] firstPassages(int threshold) {
    return IntStream.range(0, replicas())
        .mapToLong(r -> passage(r, threshold))
        .mapToDouble(step -> step == NONE ? Double.NaN : step)
        .toArray();
  }

  /** Replicas with a parameter that is no finite number. */
  public int diverged() {
    int parameters = theta.length / values.length;
    int count = 0;
    for (int r = 0; r < values.length; r++) {
      boolean finite = true;
      for (int i = 0; i < parameters; i++) {
        finite &= Double.isFinite(theta[r * parameters + i]);
      }
      count += finite ? 0 : 1;
    }
    return count;
  }

  /** Throws unless a state has these numbers of entries. */
  void require(int replicas, int parameters, int thresholds, int ruleStates) {
    if (values.length != replicas
        || theta.length != replicas * parameters
        || passages.length != replicas * thresholds
        || rules.size() != ruleStates) {
      throw new IllegalArgumentException(
          "the state is of another ensemble: it has %d replicas, %d parameters, %d first passages and %d rule states, not %d, %d, %d and %d"
              .formatted(
                  values.length,
                  theta.length,
                  passages.length,
                  rules.size(),
                  replicas,
                  replicas * parameters,
                  replicas * thresholds,
                  ruleStates));
    }
  }
}
