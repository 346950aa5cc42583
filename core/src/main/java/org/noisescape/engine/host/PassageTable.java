package org.noisescape.engine.host;

import org.noisescape.tensor.DescentPlan;

/** First passages of replicas, in the tensors of a plan. */
final class PassageTable {
  private final DescentPlan plan;
  private final int count;

  PassageTable(DescentPlan plan) {
    this.plan = plan;
    this.count = plan.thresholds() == null ? 0 : plan.thresholds().dim(0);
  }

  /** Thresholds T. */
  int count() {
    return count;
  }

  double threshold(int t) {
    return Float64Kernels.get(Native.element(plan.thresholds(), t), 0);
  }

  /** First threshold that a replica has not passed, T for none. */
  int next(int replica) {
    int t = 0;
    while (t < count && Float64Kernels.get(row(replica), t) >= 0) {
      t++;
    }
    return t;
  }

  /** Whether a replica stays where it is. */
  boolean rests(int replica) {
    return count > 0 && Float64Kernels.get(row(replica), count - 1) >= 0;
  }

  /** Notes a loss; returns whether the replica comes to rest. */
  boolean look(int replica, long step, double loss) {
    Float64Kernels.set(Native.element(plan.values(), replica), 0, loss);
    for (int t = next(replica); t < count && !(loss <= threshold(t)); t++) {
      Float64Kernels.set(row(replica), t, step);
    }
    return rests(replica);
  }

  /** Numbers of the replicas that move. */
  int[] moving() {
    int[] moving = new int[plan.replicas()];
    int size = 0;
    for (int r = 0; r < moving.length; r++) {
      if (!rests(r)) {
        moving[size++] = r;
      }
    }
    return java.util.Arrays.copyOf(moving, size);
  }

  private long row(int replica) {
    return Native.address(plan.passages()) + replica * Native.rowBytes(plan.passages());
  }
}
