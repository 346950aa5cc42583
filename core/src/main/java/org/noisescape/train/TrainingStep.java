package org.noisescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.ResidentData;
import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.UpdateRule;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Program;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;

/**
 * One training step as a program: draw, gather, forward, loss, backward, rules, θ ← θ − ηu.
 *
 * <p>Plain SGD has no gradient vector: the cotangent of the outputs carries −η/B, and the backward
 * pass adds to θ itself, unless somebody observes the step.
 */
public final class TrainingStep {
  private final TrainingPlan plan;
  private final ResidentData data;
  private final Engine engine;
  private final boolean plainDescent;
  private final List<StepObserver> observers;
  private final BoundNetwork bound;
  private final Tensor theta;
  private final Tensor statistics;
  private final Tensor direction;
  private final Tensor[] thetaViews;
  private final Tensor[] directionViews;
  private final Tensor target;
  private final Tensor indices;
  private final Tensor samplingKeys;
  private final Tensor step;
  private final Tensor outputScale;
  private final Tensor negatedLearningRate;
  private final Tensor losses;
  private final Tensor lossSum;
  private final RuleMemory rules;
  private final List<Runnable> actions = new ArrayList<>();
  private final double[] scratch;
  private Program program;
  private double learningRate = Double.NaN;
  private boolean started;
  private long done;
  private long summed;

  /**
   * Reserves the memory of a step, which is recorded when the arena is committed.
   *
   * @param plan what is trained
   * @param data where mini-batches come from
   * @param arena where memory is reserved
   * @param observers what sees the vectors of a step
   */
  public TrainingStep(
      TrainingPlan plan, ResidentData data, Arena arena, List<StepObserver> observers) {
    this(plan, data, arena, observers, reserveStatistics(plan, arena));
  }

  /** Running statistics (R, Q) float64 of a plan's network, or null where it has none. */
  static Tensor reserveStatistics(TrainingPlan plan, Arena arena) {
    return plan.network().runningStatisticsCount() == 0
        ? null
        : plan.network().reserveRunningStatistics(arena, plan.replicas());
  }

  /** As above, with running statistics that others may see. */
  TrainingStep(
      TrainingPlan plan,
      ResidentData data,
      Arena arena,
      List<StepObserver> observers,
      Tensor statistics) {
    int replicas = plan.replicas();
    int parameters = plan.network().parameterCount();
    DType dtype = plan.dtype();
    this.plan = plan;
    this.data = data;
    this.engine = arena.engine();
    this.observers = List.copyOf(observers);
    this.plainDescent = plan.rules().isEmpty() && observers.isEmpty();
    this.theta = arena.reserve(dtype, replicas, parameters);
    this.direction = plainDescent ? theta : arena.reserve(dtype, replicas, parameters);
    this.statistics = statistics;
    BatchStatistics normalization =
        statistics == null ? BatchStatistics.none() : BatchStatistics.tracked(statistics);
    this.bound =
        plan.network().bind(arena, dtype, replicas, plan.batch(), Backward.YES, normalization);
    this.thetaViews = plan.network().view(theta);
    this.directionViews = plainDescent ? thetaViews : plan.network().view(direction);
    this.target = arena.reserve(dtype, bound.output().shape());
    this.indices = arena.reserve(DType.INT32, replicas, plan.batch());
    this.samplingKeys = arena.reserve(DType.INT32, replicas, 2);
    this.step = arena.reserve(DType.INT32, 2);
    this.outputScale = arena.reserve(DType.FLOAT64, replicas);
    this.negatedLearningRate = arena.reserve(DType.FLOAT64, replicas);
    this.losses = arena.reserve(DType.FLOAT64, replicas, plan.batch());
    this.lossSum = arena.reserve(DType.FLOAT64, replicas);
    this.scratch = new double[replicas];
    this.rules = new RuleMemory(theta, direction, step, plan.seed(), plan.firstReplica());
    for (UpdateRule rule : plan.rules()) {
      actions.add(rule.bind(rules));
    }
    for (StepObserver observer : observers) {
      observer.bind(new StepVectors(theta, direction, negatedLearningRate));
    }
    arena.onCommit(() -> prepare(arena));
  }

  /** Writes keys and constants and records the step. */
  private void prepare(Arena arena) {
    Memory memory = engine.memory();
    memory.write(
        samplingKeys,
        RuleMemory.keyWords(plan.seed(), Purpose.SAMPLING, plan.firstReplica(), plan.replicas()));
    Arrays.fill(scratch, 1.0 / plan.batch());
    memory.write(outputScale, scratch);
    this.program = engine.record(arena, this::body);
  }

  private void body() {
    if (plan.sampling() == Sampling.WITH_REPLACEMENT) {
      engine.random().drawIndices(indices, data.size(), samplingKeys, step);
    } else {
      engine.random().permuteIndices(indices, data.size(), samplingKeys, step);
    }
    engine.indexing().gather(data.features(), indices, bound.input());
    engine.indexing().gather(data.targets(), indices, target);
    bound.layer().forward(thetaViews);
    plan.loss()
        .evaluate(
            engine, bound.output(), target, plan.batch(), outputScale, losses, bound.outputBar());
    engine.reduction().sum(losses, lossSum, Accumulation.ADD);
    if (plainDescent) {
      bound.layer().backward(thetaViews, thetaViews, Accumulation.ADD, null);
    } else {
      bound.layer().backward(thetaViews, directionViews, Accumulation.OVERWRITE, null);
      for (int i = 0; i < observers.size(); i++) {
        observers.get(i).gradientReady();
      }
      for (int i = 0; i < actions.size(); i++) {
        actions.get(i).run();
      }
      for (int i = 0; i < observers.size(); i++) {
        observers.get(i).directionReady();
      }
      engine.linearAlgebra().axpy(negatedLearningRate, direction, theta);
    }
    engine.random().advance(step);
  }

  /**
   * Does one step at a learning rate.
   *
   * @throws IllegalStateException where nobody said at which θ to start
   */
  public void run(double rate) {
    if (!started) {
      throw new IllegalStateException(
          "the step has no parameters yet: startFrom(theta, statistics), or restore(state)");
    }
    if (rate != learningRate) {
      learningRate = rate;
      Arrays.fill(scratch, plainDescent ? -rate / plan.batch() : -rate);
      engine.memory().write(plainDescent ? outputScale : negatedLearningRate, scratch);
    }
    program.replay();
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).stepped();
    }
    done++;
    summed++;
  }

  /** Mean mini-batch loss of each replica since the last call. */
  double[] takeMeanLosses() {
    engine.memory().read(lossSum, scratch);
    double[] means = new double[scratch.length];
    for (int r = 0; r < means.length; r++) {
      means[r] = scratch[r] / plan.batch() / summed;
    }
    engine.memory().fill(lossSum, 0);
    summed = 0;
    return means;
  }

  /** Steps done. */
  public long done() {
    return done;
  }

  /** θ (R, P). */
  public Tensor theta() {
    return theta;
  }

  /** State vectors (R, P) of the rules. */
  int stateCount() {
    return rules.states().size();
  }

  /** What a checkpoint keeps. */
  public TrainingState state(double epoch, List<Map<String, double[]>> probes) {
    List<double[]> states = new ArrayList<>();
    for (Tensor state : rules.states()) {
      states.add(engine.memory().readDoubles(state));
    }
    double[] running = statistics == null ? new double[0] : engine.memory().readDoubles(statistics);
    return new TrainingState(
        done, epoch, engine.memory().readDoubles(theta), running, states, probes);
  }

  /** Puts θ, optimizer state and step as they were. */
  public void restore(TrainingState state) {
    if (state.theta().length != theta.size()) {
      throw new IllegalArgumentException(
          "the checkpoint has %d parameters, the model %d (%d replicas)"
              .formatted(state.theta().length, theta.size(), plan.replicas()));
    }
    if (state.optimizer().size() != rules.states().size()) {
      throw new IllegalArgumentException(
          "the checkpoint has %d optimizer state vectors, the optimizer %d"
              .formatted(state.optimizer().size(), rules.states().size()));
    }
    engine.memory().write(theta, state.theta());
    writeStatistics(state.statistics());
    for (int i = 0; i < rules.states().size(); i++) {
      engine.memory().write(rules.states().get(i), state.optimizer().get(i));
    }
    started = true;
    done = state.step();
    engine.memory().write(step, (int) done, (int) (done >>> 32));
  }

  /**
   * Puts θ and running statistics at step 0; the optimizer's state stays fresh.
   *
   * @param from θ (R, P), entry (r, i) at r·P + i
   * @param running running statistics of batch normalisations (R, Q); empty where there are none
   */
  public void startFrom(double[] from, double[] running) {
    if (done > 0 || from.length != theta.size()) {
      throw new IllegalArgumentException(
          "initial parameters are %d numbers at step 0, got %d at step %d"
              .formatted(theta.size(), from.length, done));
    }
    assert Finite.all("initial parameters", from);
    assert Finite.all("initial running statistics", running);
    engine.memory().write(theta, from);
    writeStatistics(running);
    started = true;
  }

  private void writeStatistics(double[] running) {
    int expected = statistics == null ? 0 : Math.toIntExact(statistics.size());
    if (running.length != expected) {
      throw new IllegalArgumentException(
          "the checkpoint has %d running statistics, the model %d (%d replicas)"
              .formatted(running.length, expected, plan.replicas()));
    }
    if (statistics != null) {
      engine.memory().write(statistics, running);
    }
  }
}
