package org.noisescape.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.optim.AscentRule;
import org.noisescape.optim.RuleStages;
import org.noisescape.optim.VectorRule;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/**
 * An ensemble on a landscape, in float64, replicas over threads; it looks after every step.
 *
 * <p>A landscape has a handful of parameters, so that a step costs little more than its random
 * numbers: it is computed here and not in an engine. A step allocates nothing.
 */
public final class LandscapeProgram implements ReplicaProgram {
  private final LandscapePlan plan;
  private final int dimension;
  private final double[][] theta;
  private final double[][][] states;
  private final ReplicaDraws[] draws;
  private final List<VectorRule> rules;
  private final AscentRule ascent;
  private final PassageLog log;
  private final Lane[] lanes;
  private final ExecutorService threads;
  private double rate;
  private long step;
  private long before;

  /**
   * Places the replicas and looks at them for the first time.
   *
   * @param plan what runs
   * @param threadCount threads
   */
  public LandscapeProgram(LandscapePlan plan, int threadCount) {
    this.plan = plan;
    this.rate = plan.learningRate();
    this.dimension = plan.landscape().dimension();
    this.log = new PassageLog(plan.replicas(), plan.thresholds());
    RuleStages stages = RuleStages.of(plan.rules());
    this.ascent = stages.ascent().orElse(null);
    this.rules = VectorRule.chain(stages.withoutAscent());
    this.theta = new double[plan.replicas()][dimension];
    this.states = new double[plan.replicas()][][];
    this.draws = new ReplicaDraws[plan.replicas()];
    int count = rules.stream().mapToInt(VectorRule::states).sum();
    for (int r = 0; r < plan.replicas(); r++) {
      states[r] = new double[count][dimension];
      draws[r] = new ReplicaDraws(plan.seed(), plan.firstReplica() + r);
      RandomKey key = RandomKey.of(plan.seed(), Purpose.INITIALIZATION, plan.firstReplica() + r);
      plan.start().place(key.stream(0), theta[r]);
      log.look(r, 0, plan.observed().applyAsDouble(theta[r]));
    }
    this.lanes = new Lane[Math.max(1, Math.min(threadCount, plan.replicas()))];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(i);
    }
    this.threads =
        lanes.length == 1
            ? null
            : Executors.newFixedThreadPool(
                lanes.length,
                task -> {
                  Thread thread = new Thread(task, "noisescape-landscape");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  @Override
  public int replicas() {
    return plan.replicas();
  }

  @Override
  public int parameters() {
    return dimension;
  }

  @Override
  public double[] thresholds() {
    return log.thresholds();
  }

  @Override
  public int lookEvery() {
    return 1;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public int running() {
    return log.running();
  }

  @Override
  public long replicaSteps() {
    return log.replicaSteps(step) - before;
  }

  @Override
  public void learningRate(double newRate) {
    LandscapePlan.requireRate(newRate);
    rate = newRate;
  }

  @Override
  public void advance(long target) {
    for (Lane lane : lanes) {
      lane.target = target;
    }
    if (threads == null) {
      lanes[0].run();
    } else {
      List<Future<?>> parts = new ArrayList<>();
      for (Lane lane : lanes) {
        parts.add(threads.submit(lane));
      }
      parts.forEach(LandscapeProgram::await);
    }
    step = target;
  }

  private static void await(Future<?> part) {
    try {
      part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replicas advance", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException("a replica failed: " + e.getCause(), e);
    }
  }

  @Override
  public double[] theta() {
    return flat(theta);
  }

  @Override
  public ReplicaState state() {
    List<double[]> kept = new ArrayList<>();
    for (int j = 0; j < states[0].length; j++) {
      double[] all = new double[plan.replicas() * dimension];
      for (int r = 0; r < plan.replicas(); r++) {
        System.arraycopy(states[r][j], 0, all, r * dimension, dimension);
      }
      kept.add(all);
    }
    return new ReplicaState(step, theta(), kept, log.passages(), log.values());
  }

  @Override
  public void restore(ReplicaState state) {
    state.require(plan.replicas(), dimension, log.count(), states[0].length);
    for (int r = 0; r < plan.replicas(); r++) {
      System.arraycopy(state.theta(), r * dimension, theta[r], 0, dimension);
      for (int j = 0; j < states[r].length; j++) {
        System.arraycopy(state.rules().get(j), r * dimension, states[r][j], 0, dimension);
      }
    }
    log.restore(state);
    step = state.step();
    before = log.replicaSteps(step);
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
    }
  }

  private static double[] flat(double[][] rows) {
    double[] all = new double[rows.length * rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, all, r * rows[0].length, rows[0].length);
    }
    return all;
  }

  /** What one thread needs: every n-th replica, a replica at a time. */
  private final class Lane implements Runnable {
    private final int first;
    private final LandscapeNoise.Source source;
    private final double[] direction = new double[dimension];
    private final double[] kept = new double[dimension];
    private final double[][][] windows;
    private long target;

    Lane(int first) {
      this.first = first;
      this.source = plan.noise().bind(plan.landscape());
      this.windows = new double[rules.size()][][];
      for (int i = 0; i < windows.length; i++) {
        windows[i] = new double[rules.get(i).states()][];
      }
    }

    @Override
    public void run() {
      for (int r = first; r < theta.length; r += lanes.length) {
        if (!log.rests(r)) {
          advance(r);
        }
      }
    }

    private void advance(int replica) {
      double[] at = theta[replica];
      ReplicaDraws own = draws[replica];
      int next = 0;
      for (double[][] window : windows) {
        for (int j = 0; j < window.length; j++) {
          window[j] = states[replica][next++];
        }
      }
      for (long k = step; k < target; k++) {
        own.at(k);
        source.gradient(at, own, direction);
        if (ascent != null) {
          // the same noise at the other point, as the same mini-batch has
          System.arraycopy(at, 0, kept, 0, dimension);
          ascent.ascend(at, direction);
          source.gradient(at, own, direction);
          System.arraycopy(kept, 0, at, 0, dimension);
        }
        for (int i = 0; i < windows.length; i++) {
          rules.get(i).apply(at, direction, windows[i], own);
        }
        for (int i = 0; i < dimension; i++) {
          at[i] -= rate * direction[i];
        }
        if (log.count() > 0 && log.look(replica, k + 1, plan.observed().applyAsDouble(at))) {
          return;
        }
      }
    }
  }
}
