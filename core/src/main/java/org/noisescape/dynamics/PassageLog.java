package org.noisescape.dynamics;

import java.util.Arrays;
import org.noisescape.tensor.Sizes;

/** First passages of R replicas at T ascending thresholds, and who is at rest. */
final class PassageLog {
  private final double[] thresholds;
  private final long[] passages;
  private final double[] values;

  PassageLog(int replicas, double[] thresholds) {
    this.thresholds = thresholds.clone();
    this.passages = new long[requireSize(replicas, thresholds)];
    this.values = new double[replicas];
    Arrays.fill(passages, ReplicaState.NONE);
    Arrays.fill(values, Double.NaN);
    for (int t = 0; t < thresholds.length; t++) {
      if (!Double.isFinite(thresholds[t]) || t > 0 && !(thresholds[t] > thresholds[t - 1])) {
        throw new IllegalArgumentException(
            "thresholds must be finite and ascending, got " + Arrays.toString(thresholds));
      }
    }
  }

  /** Passages of all replicas, if there is room for them. */
  static int requireSize(int replicas, double[] thresholds) {
    return Sizes.product(
        "passages of all replicas", "choose fewer replicas", replicas, thresholds.length);
  }

  /** Notes what was observed; returns whether the replica comes to rest. */
  boolean look(int replica, long step, double value) {
    values[replica] = value;
    int first = replica * thresholds.length;
    for (int t = 0; t < thresholds.length; t++) {
      if (passages[first + t] == ReplicaState.NONE && !(value <= thresholds[t])) {
        passages[first + t] = step;
      }
    }
    return rests(replica);
  }

  /** Whether a replica has passed its last threshold. */
  boolean rests(int replica) {
    int last = (replica + 1) * thresholds.length - 1;
    return thresholds.length > 0 && passages[last] != ReplicaState.NONE;
  }

  double[] thresholds() {
    return thresholds.clone();
  }

  int count() {
    return thresholds.length;
  }

  int running() {
    int running = 0;
    for (int r = 0; r < values.length; r++) {
      running += rests(r) ? 0 : 1;
    }
    return running;
  }

  long[] passages() {
    return passages.clone();
  }

  double[] values() {
    return values.clone();
  }

  /** Steps of all replicas together when those that move have done some. */
  long replicaSteps(long step) {
    long sum = 0;
    for (int r = 0; r < values.length; r++) {
      sum += rests(r) ? passages[(r + 1) * thresholds.length - 1] : step;
    }
    return sum;
  }

  void restore(ReplicaState state) {
    restore(state.passages(), state.values());
  }

  void restore(long[] newPassages, double[] newValues) {
    System.arraycopy(newPassages, 0, passages, 0, passages.length);
    System.arraycopy(newValues, 0, values, 0, values.length);
  }
}
