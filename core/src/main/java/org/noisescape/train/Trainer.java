package org.noisescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.nn.Network;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Diverged;
import org.noisescape.train.TrainingEvent.Finished;
import org.noisescape.train.TrainingEvent.Listener;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingEvent.MemoryPlanned;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.train.TrainingEvent.Progress;

/**
 * Trains R replicas of a network on a data set resident in engine memory.
 *
 * <p>Steps are one recorded program; between them the loss is checked every {@value #CHECK_EVERY}
 * steps, probes measure and checkpoints are announced. The order of samples, the initial parameters
 * and the noise are functions of the seed and the step alone.
 */
public final class Trainer implements AutoCloseable {
  /** Steps between two looks at the mini-batch loss. */
  public static final int CHECK_EVERY = 20;

  /**
   * What a checkpoint keeps; element (r, i) of a vector is entry r·P + i.
   *
   * @param step steps done
   * @param epoch epochs done
   * @param theta parameters (R, P)
   * @param statistics running statistics of batch normalisations (R, Q); empty where there are none
   * @param optimizer state vectors of the rules, each (R, P)
   * @param probes what each probe keeps, in the order of the probes
   * @param measured whether what is due at this step has been measured
   */
  public record State(
      long step,
      double epoch,
      double[] theta,
      double[] statistics,
      List<double[]> optimizer,
      List<Map<String, double[]>> probes,
      boolean measured) {
    /** Where all is measured. */
    public State(
        long step,
        double epoch,
        double[] theta,
        double[] statistics,
        List<double[]> optimizer,
        List<Map<String, double[]>> probes) {
      this(step, epoch, theta, statistics, optimizer, probes, true);
    }

    /** Without batch normalisation and memory of probes. */
    public State(long step, double epoch, double[] theta, List<double[]> optimizer) {
      this(step, epoch, theta, new double[0], optimizer, List.of());
    }

    /** The same before the measurement at this step. */
    State unmeasured() {
      return new State(step, epoch, theta, statistics, optimizer, probes, false);
    }
  }

  private final TrainingPlan plan;
  private final Arena arena;
  private final ResidentData train;
  private final ResidentData test;
  private final TrainingStep step;
  private final List<Probe> probes = new ArrayList<>();
  private final List<Interval> intervals = new ArrayList<>();
  private final Interval checkpoints;
  private final Listener listener;
  private final int stepsPerEpoch;
  private final long steps;
  private final Tensor[] views;
  private final StopCheck stopped = new StopCheck();
  private boolean measured;

  /** Of the probes, before a measurement, half of which changes it. */
  private List<Map<String, double[]>> memoryBefore = List.of();

  private double secondsInSteps;
  private long stepsTimed;

  /**
   * Plans the memory of a run and takes it.
   *
   * @param engine where to compute
   * @param plan what to train
   * @param trainSource training data
   * @param testSource test data, or null
   * @param scheduled probes
   * @param checkpoints when checkpoints are due
   * @param listener receives events
   */
  public Trainer(
      Engine engine,
      TrainingPlan plan,
      SampleSource trainSource,
      SampleSource testSource,
      List<Probe.Scheduled> scheduled,
      Interval checkpoints,
      Listener listener) {
    this.plan = plan;
    this.stepsPerEpoch = plan.stepsPerEpoch(trainSource.size());
    this.steps = plan.steps(trainSource.size());
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.arena = engine.arena();
    Network network = plan.network();
    this.train = new ResidentData(trainSource, network, plan.loss(), plan.dtype(), arena);
    this.test =
        testSource == null
            ? null
            : new ResidentData(testSource, network, plan.loss(), plan.dtype(), arena);
    try {
      Tensor statistics = TrainingStep.reserveStatistics(plan, arena);
      ProbeSite site = new ProbeSite(plan, train, test, arena, statistics, stopped);
      List<StepObserver> observers = new ArrayList<>();
      for (Probe.Scheduled probe : scheduled) {
        Probe created = probe.factory().create(site);
        created.observer().ifPresent(observers::add);
        probes.add(created);
        intervals.add(probe.interval());
      }
      this.step = new TrainingStep(plan, train, arena, observers, plan.firstReplica(), statistics);
      this.views = network.view(step.theta());
      long besides = probes.stream().mapToLong(Probe::bytes).sum();
      HeapDemand heap = HeapDemand.of(plan, step.stateCount());
      heap.require();
      new MemoryFit(engine, plan, trainSource, testSource).require(arena.bytes(), heap.bytes());
      listener.accept(new MemoryPlanned(arena.bytes() + besides, heap.bytes()));
      fill();
    } catch (RuntimeException | OutOfMemoryError e) {
      close();
      throw e;
    }
  }

  /** Takes the memory; loads data and initial parameters. */
  private void fill() {
    arena.commit();
    train.load();
    if (test != null) {
      test.load();
    }
    step.prepare();
    probes.forEach(Probe::prepare);
    Network network = plan.network();
    double[] theta = new double[plan.replicas() * network.parameterCount()];
    for (int r = 0; r < plan.replicas(); r++) {
      double[] one =
          network.initialParameters(plan.initialization(), plan.seed(), plan.firstReplica() + r);
      System.arraycopy(one, 0, theta, r * one.length, one.length);
    }
    arena.engine().memory().write(step.theta(), theta);
    step.startFrom(network.initialRunningStatistics(plan.replicas()));
  }

  /**
   * Replaces the initial parameters of a run that has not begun; the optimizer's state stays fresh.
   *
   * @param theta (R, P), entry (r, i) at r·P + i
   * @param running running statistics of batch normalisations (R, Q); empty where there are none
   */
  public void startFrom(double[] theta, double[] running) {
    if (step.done() > 0 || theta.length != step.theta().size()) {
      throw new IllegalArgumentException(
          "initial parameters are %d numbers at step 0, got %d at step %d"
              .formatted(step.theta().size(), theta.length, step.done()));
    }
    arena.engine().memory().write(step.theta(), theta);
    step.startFrom(running);
  }

  /**
   * Puts θ, optimizer state, step and the memory of the probes as they were; probes a state knows
   * nothing of begin afresh.
   *
   * @throws IllegalArgumentException in one line where this plan cannot have come to the state
   */
  public void restore(State state) {
    requirePossible(state);
    step.restore(state);
    measured = state.measured();
    for (int i = 0; i < Math.min(probes.size(), state.probes().size()); i++) {
      if (!state.probes().get(i).isEmpty()) {
        probes.get(i).restore(state.probes().get(i));
      }
    }
  }

  private void requirePossible(State state) {
    if (state.step() < 0 || state.step() > steps) {
      throw new IllegalArgumentException(
          "step must be from 0 to %d, the steps of the run, got %d".formatted(steps, state.step()));
    }
    if (state.probes().size() > probes.size()) {
      throw new IllegalArgumentException(
          "it keeps the memory of %d probes, the run has %d"
              .formatted(state.probes().size(), probes.size()));
    }
  }

  /** The present θ, optimizer state, step and memory of the probes. */
  public State state() {
    return state(memoryOfProbes());
  }

  private List<Map<String, double[]>> memoryOfProbes() {
    return probes.stream().map(Probe::state).toList();
  }

  private State state(List<Map<String, double[]>> kept) {
    boolean none = kept.stream().allMatch(Map::isEmpty);
    return step.state((double) step.done() / stepsPerEpoch, none ? List.of() : kept);
  }

  /** Steps of the whole run. */
  public long steps() {
    return steps;
  }

  /** Trains to the end of the plan. */
  public Outcome run() {
    return run(() -> false);
  }

  /**
   * Trains until the end of the plan or until asked to stop.
   *
   * <p>A measurement that is stopped leaves nothing but a checkpoint from before it, from which a
   * run continues with that measurement.
   *
   * @param stop asked every {@value #CHECK_EVERY} steps, and between the chunks of measurements
   */
  public Outcome run(BooleanSupplier stop) {
    stopped.when(stop);
    Outcome outcome;
    try {
      outcome = begin() ? loop(stop) : Outcome.DIVERGED;
    } catch (StoppedException e) {
      boolean kept = keep(state(memoryBefore).unmeasured(), step.done());
      outcome = kept ? Outcome.STOPPED : Outcome.DIVERGED;
    }
    listener.accept(new Finished(step.done(), outcome));
    return outcome;
  }

  /** Measures where the run begins, unless a former sitting has; returns whether all is finite. */
  private boolean begin() {
    long at = step.done();
    boolean all = at == 0 || at == steps;
    Due due = all ? Due.ALL : i -> intervals.get(i).next(at - 1, stepsPerEpoch) == at;
    return measured || (measure(at, due) && keep(state(), at));
  }

  /** Announces a checkpoint; returns whether all in it is finite. */
  private boolean keep(State state, long finiteAt) {
    int broken = firstNotFinite(state);
    if (broken >= 0) {
      listener.accept(new Diverged(state.step(), finiteAt, broken));
      return false;
    }
    listener.accept(new CheckpointDue(state));
    return true;
  }

  private Outcome loop(BooleanSupplier stop) {
    long[] due = new long[probes.size()];
    Arrays.setAll(due, i -> intervals.get(i).next(step.done(), stepsPerEpoch));
    long checkpointDue = checkpoints.next(step.done(), stepsPerEpoch);
    while (step.done() < steps) {
      long checked = step.done();
      long target = nextStop(checked, checkpointDue, due);
      double[] losses = advance(target);
      int bad = firstNotFinite(losses);
      if (bad >= 0) {
        listener.accept(new Diverged(target, checked, bad));
        return Outcome.DIVERGED;
      }
      listener.accept(new Progress(target, steps, losses[0], stepsPerEpoch));
      boolean last = target == steps;
      if (!measure(target, last ? Due.ALL : i -> due[i] == target)) {
        return Outcome.DIVERGED;
      }
      Arrays.setAll(
          due, i -> due[i] == target ? intervals.get(i).next(target, stepsPerEpoch) : due[i]);
      boolean stopping = !last && stop.getAsBoolean();
      if (target == checkpointDue || last || stopping) {
        if (!keep(state(), checked)) {
          return Outcome.DIVERGED;
        }
        checkpointDue = checkpoints.next(target, stepsPerEpoch);
      }
      if (stopping) {
        return Outcome.STOPPED;
      }
    }
    return Outcome.COMPLETED;
  }

  private long nextStop(long from, long checkpointDue, long[] due) {
    long stop = Math.min(Math.min(from + CHECK_EVERY, steps), checkpointDue);
    for (long point : due) {
      stop = Math.min(stop, point);
    }
    return stop;
  }

  /** Steps up to a target; returns the mean mini-batch losses on the way. */
  private double[] advance(long target) {
    long begin = System.nanoTime();
    stepsTimed += target - step.done();
    while (step.done() < target) {
      double epoch = (double) step.done() / stepsPerEpoch;
      step.run(plan.learningRate() * plan.schedule().factor(epoch, plan.epochs()));
    }
    double[] losses = step.takeMeanLosses();
    secondsInSteps += (System.nanoTime() - begin) * 1e-9;
    return losses;
  }

  /** Which probes are due. */
  private interface Due {
    Due ALL = i -> true;

    boolean test(int probe);
  }

  /** A standard error may be undefined, a quantity itself may not. */
  private static boolean isFinite(Map<String, Double> quantities) {
    return quantities.entrySet().stream()
        .allMatch(q -> q.getKey().endsWith("standard_error") || Double.isFinite(q.getValue()));
  }

  /** Returns whether every quantity is finite. */
  private boolean measure(long at, Due due) {
    memoryBefore = memoryOfProbes();
    List<Map<String, Double>> merged = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      if (due.test(i)) {
        List<Map<String, Double>> quantities = probes.get(i).measure(step.theta(), views);
        for (int r = 0; r < quantities.size(); r++) {
          if (merged.size() <= r) {
            merged.add(new LinkedHashMap<>());
          }
          merged.get(r).putAll(quantities.get(r));
        }
      }
    }
    if (merged.isEmpty()) {
      return true;
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int r = 0; r < merged.size(); r++) {
      if (stepsTimed > 0) {
        merged.get(r).put("step_time_s", secondsInSteps / stepsTimed);
      }
      if (!isFinite(merged.get(r))) {
        listener.accept(new Diverged(at, at, r));
        return false;
      }
      measurements.add(new Measurement(at, (double) at / stepsPerEpoch, r, merged.get(r)));
    }
    secondsInSteps = 0;
    stepsTimed = 0;
    listener.accept(new Measured(measurements));
    return true;
  }

  /** The last update may have left the finite numbers after the last loss was taken. */
  private int firstNotFinite(State state) {
    List<double[]> vectors = new ArrayList<>(state.optimizer());
    vectors.add(state.theta());
    int first = -1;
    for (double[] vector : vectors) {
      int bad = firstNotFinite(vector);
      if (bad >= 0) {
        int replica = bad / plan.network().parameterCount();
        first = first < 0 ? replica : Math.min(first, replica);
      }
    }
    return first;
  }

  private static int firstNotFinite(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    probes.forEach(Probe::close);
    arena.close();
  }
}
