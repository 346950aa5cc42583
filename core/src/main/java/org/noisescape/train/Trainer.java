package org.noisescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.objective.ResidentData;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.TrainingEvent.BestFound;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Diverged;
import org.noisescape.train.TrainingEvent.Finished;
import org.noisescape.train.TrainingEvent.Listener;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingEvent.Measuring;
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

  private final TrainingPlan plan;
  private final Arena arena;
  private final TrainingStep step;
  private final ScheduledProbes probes;
  private final Monitors monitors;
  private final Interval checkpoints;
  private final Listener listener;
  private final Timeline timeline;
  private final long steps;
  private final Tensor[] views;
  private final Explosion explosion = new Explosion();
  private final StopCheck stopped = new StopCheck();
  private boolean measured;
  private boolean firstLook = true;
  private double secondsInSteps;
  private long stepsTimed;

  /**
   * Plans the memory of a run, takes it and loads data and initial parameters.
   *
   * @param engine where to compute
   * @param setup what to train, on what, and who is told
   * @throws IllegalArgumentException where plan, data and probes do not suit each other, or the
   *     memory is not there
   */
  public Trainer(Engine engine, TrainingSetup setup) {
    this.plan = setup.plan();
    this.timeline = plan.timeline(setup.train().size());
    this.steps = timeline.steps();
    this.checkpoints = setup.checkpoints();
    this.listener = setup.listener();
    this.probes = new ScheduledProbes(timeline);
    this.monitors = new Monitors(setup.monitoring());
    this.arena = engine.arena();
    try {
      ResidentData train = plan.resident(setup.train(), arena);
      Optional<ResidentData> test = setup.test().map(samples -> plan.resident(samples, arena));
      Optional<ResidentData> validation =
          setup.validation().map(samples -> plan.resident(samples, arena));
      Tensor statistics = TrainingStep.reserveStatistics(plan, arena);
      RuleStates rules = new RuleStates();
      ObservedStep observed = new ObservedStep();
      probes.create(
          setup.probes(),
          new ProbeSite(
              plan, train, test, validation, arena, statistics, stopped, rules, observed));
      this.step = new TrainingStep(plan, train, arena, probes.observers(), statistics, observed);
      rules.of(step);
      this.views = plan.network().view(step.theta());
      HeapDemand heap = HeapDemand.of(plan, step.stateCount());
      heap.require();
      new MemoryFit(engine, setup).require(arena.bytes(), heap.bytes());
      listener.accept(new MemoryPlanned(arena.bytes() + probes.bytes(), heap.bytes()));
      arena.commit();
      step.startFrom(
          plan.initialParameters(), plan.network().initialRunningStatistics(plan.replicas()));
    } catch (RuntimeException | OutOfMemoryError e) {
      close();
      throw e;
    }
  }

  /**
   * Replaces the initial parameters of a run that has not begun; the optimizer's state stays fresh.
   *
   * @param theta (R, P), entry (r, i) at r·P + i
   * @param running running statistics of batch normalisations (R, Q); empty where there are none
   */
  public void startFrom(double[] theta, double[] running) {
    step.startFrom(theta, running);
  }

  /**
   * Puts θ, optimizer state, step and the memory of the probes as they were; probes a state knows
   * nothing of begin afresh.
   *
   * @throws IllegalArgumentException in one line where this plan cannot have come to the state
   */
  public void restore(TrainingState state) {
    if (state.step() < 0 || state.step() > steps) {
      throw new IllegalArgumentException(
          "step must be from 0 to %d, the steps of the run, got %d".formatted(steps, state.step()));
    }
    probes.requireAtLeast(state.probes().size());
    step.restore(state);
    monitors.restore(state.monitors(), state.step());
    explosion.restore(state.firstLosses());
    measured = state.measured();
    firstLook = state.step() == 0 && !measured;
    probes.restore(state.probes());
  }

  /** The present θ, optimizer state, step and memory of the probes. */
  public TrainingState state() {
    return state(probes.state());
  }

  private TrainingState state(List<Map<String, double[]>> kept) {
    return step.state(timeline.epoch(step.done()), kept)
        .watched(monitors.state(), explosion.state());
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
   * Trains until the end of the plan, until a rule for the end applies, or until asked to stop.
   *
   * <p>A measurement that is stopped leaves nothing but a checkpoint from before it, from which a
   * run continues with that measurement.
   *
   * @param stop asked every {@value #CHECK_EVERY} steps, and between the chunks of measurements
   * @throws IllegalArgumentException in one line where the first measurement lacks what the run is
   *     watched by
   */
  public Outcome run(BooleanSupplier stop) {
    stopped.when(stop);
    Outcome outcome;
    try {
      outcome = begin() ? loop(stop) : Outcome.DIVERGED;
    } catch (StoppedException e) {
      TrainingState before = state(probes.stateBefore()).unmeasured();
      outcome = keep(before, step.done()) ? Outcome.STOPPED : Outcome.DIVERGED;
    }
    listener.accept(new Finished(step.done(), outcome, monitors.standings()));
    return outcome;
  }

  /** Measures where the run begins, unless a former sitting has; returns whether all is finite. */
  private boolean begin() {
    long at = step.done();
    return measured || (measure(at, at == 0 || at == steps) && keep(state(), at));
  }

  /** Announces a checkpoint; returns whether all in it is finite. */
  private boolean keep(TrainingState state, long finiteAt) {
    // the last update may have left the finite numbers after the last loss was taken
    int broken = state.firstBroken(plan.network().parameterCount());
    if (broken >= 0) {
      listener.accept(new Diverged(state.step(), finiteAt, broken));
      return false;
    }
    listener.accept(new CheckpointDue(state));
    return true;
  }

  private Outcome loop(BooleanSupplier stop) {
    long probeDue = probes.next(step.done());
    long checkpointDue = checkpoints.next(step.done(), timeline);
    while (step.done() < steps && !monitors.end()) {
      long checked = step.done();
      long target = Math.min(checked + CHECK_EVERY, steps);
      target = Math.min(target, Math.min(checkpointDue, probeDue));
      double[] losses = advance(target);
      int bad = TrainingState.firstNotFinite(losses);
      if (bad >= 0) {
        listener.accept(new Diverged(target, checked, bad));
        return Outcome.DIVERGED;
      }
      int exploded = explosion.take(losses);
      if (exploded >= 0) {
        listener.accept(new Diverged(target, checked, exploded, losses[exploded]));
        return Outcome.DIVERGED;
      }
      listener.accept(new Progress(target, steps, losses[0], timeline.stepsPerEpoch(target)));
      boolean last = target == steps;
      if (last || target == probeDue) {
        if (!measure(target, last)) {
          return Outcome.DIVERGED;
        }
        probeDue = probes.next(target);
      }
      last |= monitors.end();
      boolean stopping = !last && stop.getAsBoolean();
      if (target == checkpointDue || last || stopping) {
        if (!keep(state(), checked)) {
          return Outcome.DIVERGED;
        }
        checkpointDue = checkpoints.next(target, timeline);
      }
      if (stopping) {
        return Outcome.STOPPED;
      }
    }
    return Outcome.COMPLETED;
  }

  /** Steps up to a target; returns the mean mini-batch losses on the way. */
  private double[] advance(long target) {
    long begin = System.nanoTime();
    stepsTimed += target - step.done();
    boolean observed = probes.observe(target, target == steps);
    long last = observed ? target - 1 : target;
    double[] opening = open(last);
    while (step.done() < last) {
      double factor = timeline.rateFactor(step.done());
      long end = step.done() + 1;
      while (end < last && timeline.rateFactor(end) == factor) {
        end++;
      }
      step.run(plan.learningRate() * factor, end - step.done());
    }
    if (observed) {
      step.runObserved(rate(target));
    }
    double[] losses = step.takeMeanLosses();
    for (int r = 0; r < opening.length; r++) {
      losses[r] = (opening[r] + (target - 1) * losses[r]) / target;
    }
    secondsInSteps += (System.nanoTime() - begin) * 1e-9;
    return losses;
  }

  /**
   * Does the very first step by itself where nothing was measured before it: its losses are the
   * first ones.
   *
   * @param last step up to which others follow
   * @return its losses; none where it is not done here
   */
  private double[] open(long last) {
    if (step.done() > 0 || explosion.known() || last < 2) {
      return new double[0];
    }
    step.run(rate(1), 1);
    double[] losses = step.takeMeanLosses();
    if (TrainingState.firstNotFinite(losses) < 0) {
      explosion.take(losses);
    }
    return losses;
  }

  /** η of the step that ends at a step, of the first one at step 0. */
  private double rate(long at) {
    return plan.learningRate() * timeline.rateFactorBefore(at);
  }

  /** Measures what is due, or all; returns whether every quantity is finite. */
  private boolean measure(long at, boolean all) {
    listener.accept(new Measuring(at, steps));
    List<Map<String, Double>> merged =
        all ? probes.measureAll(step.theta(), views) : probes.measure(at, step.theta(), views);
    if (firstLook) {
      monitors.require(
          merged.isEmpty() ? Set.of() : merged.getFirst().keySet(), probes::mayMeasure);
      firstLook = false;
    }
    if (merged.isEmpty()) {
      return true;
    }
    List<Measurement> measurements = measurements(at, merged);
    if (!areFinite(measurements)) {
      return false;
    }
    int exploded = explosion.take(measurements);
    if (exploded >= 0) {
      double loss = measurements.get(exploded).values().get(Explosion.LOSS);
      listener.accept(new Diverged(at, at, exploded, loss));
      return false;
    }
    List<double[]> coursesBefore = monitors.state();
    boolean best = monitors.take(measurements);
    if (monitors.end() && !all) {
      // the last step of a run is one at which everything is due
      try {
        probes.measureOthers(at, step.theta(), views, merged);
      } catch (StoppedException e) {
        monitors.restore(coursesBefore, at);
        throw e;
      }
      measurements = measurements(at, merged);
      if (!areFinite(measurements)) {
        return false;
      }
    }
    secondsInSteps = 0;
    stepsTimed = 0;
    listener.accept(new Measured(measurements));
    if (best) {
      TrainingState state = state();
      if (state.firstBroken(plan.network().parameterCount()) < 0) {
        listener.accept(new BestFound(state, monitors.best()));
      }
    }
    return true;
  }

  private List<Measurement> measurements(long at, List<Map<String, Double>> merged) {
    List<Measurement> measurements = new ArrayList<>();
    for (int r = 0; r < merged.size(); r++) {
      if (stepsTimed > 0) {
        merged.get(r).put("step_time_s", secondsInSteps / stepsTimed);
      }
      if (steps > 0) {
        merged.get(r).put("learning_rate", rate(at));
      }
      measurements.add(
          new Measurement(at, timeline.epoch(at), r, merged.get(r), probes.histograms(r)));
    }
    return measurements;
  }

  private boolean areFinite(List<Measurement> measurements) {
    for (Measurement found : measurements) {
      if (!found.isFinite()) {
        listener.accept(new Diverged(found.step(), found.step(), found.replica()));
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    probes.close();
    arena.close();
  }
}
