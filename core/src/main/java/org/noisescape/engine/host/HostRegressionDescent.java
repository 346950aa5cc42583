package org.noisescape.engine.host;

import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.ReplicaDescent;

/**
 * SGD on linear regression in float64, as many replicas at a time as a vector has lanes.
 *
 * <p>The loss over all samples is the quadratic form ½θᵀAθ − b·θ + c, A = (1/N) Σ x xᵀ, b = (1/N) Σ
 * t x, c = (1/2N) Σ t², so that a look costs d² products. No lane knows of another.
 */
final class HostRegressionDescent implements ReplicaDescent {
  private final DescentPlan plan;
  private final Workers workers;
  private final PassageTable passages;
  private final ThreadLocal<RegressionLanes> lanes;
  private HostRegressionData data;
  private int[] moving;
  private long from;
  private int steps;

  HostRegressionDescent(DescentPlan plan, Workers workers) {
    this.plan = plan;
    this.workers = workers;
    this.passages = new PassageTable(plan);
    this.lanes = ThreadLocal.withInitial(() -> new RegressionLanes(plan, data, passages));
  }

  @Override
  public void look() {
    run(0);
  }

  @Override
  public void advance(int count) {
    if (count > 0) {
      run(count);
    }
  }

  private void run(int count) {
    if (data == null) {
      data = new HostRegressionData(plan);
    }
    moving = passages.moving();
    from = HostRandomFill.step(plan.step());
    steps = count;
    int width = RegressionLanes.WIDTH;
    long groups = (moving.length + width - 1) / width;
    workers.run(
        this::part, groups, 1, (long) moving.length * plan.batch() * Math.max(1, count) * 16);
    HostRandomFill.step(plan.step(), from + count);
  }

  private void part(long first, long end) {
    RegressionLanes mine = lanes.get();
    for (long group = first; group < end; group++) {
      mine.run(moving, (int) group * RegressionLanes.WIDTH, from, steps);
    }
  }
}
