package org.noisescape.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.RiskValue;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.TrainingState;
import org.noisescape.train.TrainingStep;

/**
 * An ensemble whose steps are composed of an engine's operations, any network, loss and rules.
 *
 * <p>All replicas take every step; what one at rest was when it came to rest is kept aside.
 */
final class ComposedProgram implements ReplicaProgram {
  private final NetworkPlan plan;
  private final Arena arena;
  private final TrainingStep training;
  private final EmpiricalRisk risk;
  private final Tensor[] views;
  private final PassageLog log;
  private final double[][] rested;
  private double rate;
  private long before;

  ComposedProgram(Engine engine, NetworkPlan plan, SampleSource source) {
    this.plan = plan;
    this.rate = plan.learningRate();
    this.log = new PassageLog(plan.replicas(), plan.thresholds());
    this.rested = new double[plan.replicas()][];
    this.arena = engine.arena();
    ResidentData data = new ResidentData(source, plan.network(), plan.loss(), plan.dtype(), arena);
    this.training = new TrainingStep(plan.training(), data, arena, List.of());
    this.risk = new EmpiricalRisk(data, arena, RiskOptions.values().withReplicas(plan.replicas()));
    this.views = plan.network().view(training.theta());
    try {
      arena.commit();
      training.startFrom(
          plan.startingPoints(), plan.network().initialRunningStatistics(plan.replicas()));
      look();
    } catch (RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public int replicas() {
    return plan.replicas();
  }

  @Override
  public int parameters() {
    return plan.network().parameterCount();
  }

  @Override
  public double[] thresholds() {
    return log.thresholds();
  }

  @Override
  public int lookEvery() {
    return plan.lookEvery();
  }

  @Override
  public long step() {
    return training.done();
  }

  @Override
  public int running() {
    return log.running();
  }

  @Override
  public long replicaSteps() {
    return log.replicaSteps(step()) - before;
  }

  @Override
  public void learningRate(double newRate) {
    LandscapePlan.requireRate(newRate);
    rate = newRate;
  }

  @Override
  public void advance(long target) {
    while (training.done() < target) {
      long steps = target - training.done();
      if (log.count() > 0) {
        steps = Math.min(steps, plan.lookEvery() - training.done() % plan.lookEvery());
      }
      training.run(rate, steps);
      if (log.count() > 0 && training.done() % plan.lookEvery() == 0) {
        look();
      }
    }
  }

  private void look() {
    RiskValue[] values = risk.value(views);
    double[] theta = null;
    for (int r = 0; r < values.length; r++) {
      if (!log.rests(r) && log.look(r, training.done(), values[r].loss())) {
        theta = theta == null ? arena.engine().memory().readDoubles(training.theta()) : theta;
        rested[r] = new double[parameters()];
        System.arraycopy(theta, r * parameters(), rested[r], 0, parameters());
      }
    }
  }

  @Override
  public double[] theta() {
    double[] theta = arena.engine().memory().readDoubles(training.theta());
    for (int r = 0; r < rested.length; r++) {
      if (rested[r] != null) {
        System.arraycopy(rested[r], 0, theta, r * parameters(), parameters());
      }
    }
    return theta;
  }

  @Override
  public ReplicaState state() {
    List<double[]> rules = new ArrayList<>(training.state(0, List.of()).optimizer());
    return new ReplicaState(step(), theta(), rules, log.passages(), log.values());
  }

  @Override
  public void restore(ReplicaState state) {
    int rules = training.state(0, List.of()).optimizer().size();
    state.require(replicas(), parameters(), log.count(), rules);
    training.restore(new TrainingState(state.step(), 0, state.theta(), state.rules()));
    log.restore(state);
    for (int r = 0; r < rested.length; r++) {
      rested[r] = null;
      if (log.rests(r)) {
        rested[r] = new double[parameters()];
        System.arraycopy(state.theta(), r * parameters(), rested[r], 0, parameters());
      }
    }
    before = log.replicaSteps(step());
  }

  @Override
  public void close() {
    arena.close();
  }
}
