package org.noisescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.objective.ResidentData;
import org.noisescape.optim.RuleMemory;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.LossTally;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Program;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;

/**
 * One training step as a program: draw, gather, forward, loss, backward, rules, θ ← θ − ηu.
 *
 * <p>Plain SGD has no gradient vector: the cotangent of the outputs carries −η/B, and the backward
 * pass adds to θ itself, unless somebody observes the step. Where the batch changes over the run,
 * there is a program a batch, all on the same θ.
 */
public final class TrainingStep implements ObservedStep.Source {
  private final TrainingPlan plan;
  private final Timeline timeline;
  private final Engine engine;
  private final List<StepObserver> observers;
  private final Tensor theta;
  private final Tensor statistics;
  private final Tensor direction;
  private final Tensor[] thetaViews;
  private final Tensor[] directionViews;
  private final Tensor samplingKeys;
  private final Tensor step;
  private final Tensor nextStep;
  private final Tensor samplingStep;
  private final Tensor negatedLearningRate;
  private final Tensor lossSum;
  private final LossTally tally;
  private final StepRules rules;
  private final BatchPass[] passes;
  private final Program[] programs;
  private final ObservedStep observed;
  private final Program[] observedPrograms;
  private final double[] scratch;
  private int phase = -1;
  private double learningRate = Double.NaN;
  private boolean started;
  private long done;
  private long samplesSummed;

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
    this(plan, data, arena, observers, reserveStatistics(plan, arena), new ObservedStep());
  }

  /** Running statistics (R, Q) float64 of a plan's network, or null where it has none. */
  static Tensor reserveStatistics(TrainingPlan plan, Arena arena) {
    return plan.network().runningStatisticsCount() == 0
        ? null
        : plan.network().reserveRunningStatistics(arena, plan.replicas());
  }

  /** As above, with running statistics that others may see, and what is seen of single steps. */
  TrainingStep(
      TrainingPlan plan,
      ResidentData data,
      Arena arena,
      List<StepObserver> observers,
      Tensor statistics,
      ObservedStep observed) {
    int replicas = plan.replicas();
    this.plan = plan;
    this.timeline = plan.timeline(data.size());
    this.engine = arena.engine();
    this.observers = List.copyOf(observers);
    this.theta = arena.reserve(plan.dtype(), replicas, plan.network().parameterCount());
    this.statistics = statistics;
    this.step = arena.reserve(DType.INT32, 2);
    this.nextStep = arena.reserve(DType.INT32, 2);
    boolean plain = observers.isEmpty() && StepRules.areNone(plan);
    this.direction = plain ? theta : arena.reserve(plan.dtype(), theta.shape());
    this.thetaViews = plan.network().view(theta);
    this.directionViews = plain ? thetaViews : plan.network().view(direction);
    this.samplingKeys = arena.reserve(DType.INT32, replicas, 2);
    this.samplingStep =
        timeline.phases().size() == 1 || plan.sampling() == Sampling.WITH_REPLACEMENT
            ? nextStep
            : arena.reserve(DType.INT32, 2);
    this.negatedLearningRate = arena.reserve(DType.FLOAT64, replicas);
    this.lossSum = arena.reserve(DType.FLOAT64, replicas);
    this.tally = new LossTally(lossSum, step, nextStep);
    this.scratch = new double[replicas];
    this.passes = new BatchPass[timeline.phases().size()];
    this.programs = new Program[passes.length];
    this.observed = observed;
    this.observedPrograms = new Program[passes.length];
    if (observed.isWanted()) {
      observed.reserve(this, plain ? null : direction, !StepRules.areNone(plan), plan);
    }
    for (int i = 0; i < passes.length; i++) {
      passes[i] = pass(i, data, arena);
    }
    this.rules = new StepRules(plan, timeline, theta, direction, step, statistics, List.of(passes));
    for (StepObserver observer : observers) {
      observer.bind(new StepVectors(theta, direction, negatedLearningRate));
    }
    arena.onCommit(() -> prepare(arena));
  }

  /** Phases of one batch share a pass. */
  private BatchPass pass(int index, ResidentData data, Arena arena) {
    int batch = timeline.phases().get(index).batch();
    for (int i = 0; i < index; i++) {
      if (passes[i].batch() == batch) {
        return passes[i];
      }
    }
    BatchPass pass =
        new BatchPass(
            plan, data, arena, batch, statistics, samplingStep, step, samplingStep == nextStep);
    if (observed.keepsNorms()) {
      pass.reserveNorms(arena);
    }
    return pass;
  }

  private boolean isPlain() {
    return direction == theta;
  }

  /** Writes keys and constants and records the steps. */
  private void prepare(Arena arena) {
    engine
        .memory()
        .write(
            samplingKeys,
            RuleMemory.keyWords(
                plan.seed(), Purpose.SAMPLING, plan.firstReplica(), plan.replicas()));
    for (int i = 0; i < passes.length; i++) {
      BatchPass pass = passes[i];
      pass.scale(1);
      programs[i] = engine.record(arena, () -> body(pass));
      if (observed.isWanted()) {
        observedPrograms[i] = engine.record(arena, () -> observedBody(pass));
      }
    }
  }

  private void body(BatchPass pass) {
    forward(pass);
    if (isPlain()) {
      pass.backward(thetaViews, thetaViews, Accumulation.ADD, null);
    } else {
      pass.backward(thetaViews, directionViews, Accumulation.OVERWRITE, null);
      descend(pass, direction, directionViews);
    }
    advance();
  }

  private void observedBody(BatchPass pass) {
    observed.begin();
    forward(pass);
    Tensor[] views = observed.directionViews();
    if (pass.norms() != null) {
      engine.memory().fill(pass.norms(), 0);
    }
    pass.backward(thetaViews, views, Accumulation.OVERWRITE, pass.norms());
    observed.gradientReady();
    descend(pass, observed.direction(), views);
    advance();
  }

  private void forward(BatchPass pass) {
    if (samplingStep != nextStep) {
      engine.memory().copy(nextStep, step);
    }
    pass.draw(samplingKeys);
    rules.targets(pass);
    pass.forward(thetaViews, tally);
  }

  /** From the gradient, which a direction holds, to the next θ. */
  private void descend(BatchPass pass, Tensor along, Tensor[] views) {
    if (rules.ascend()) {
      pass.forward(thetaViews);
      pass.backward(thetaViews, views, Accumulation.OVERWRITE, null);
      rules.comeBack();
    }
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).gradientReady();
    }
    rules.direct();
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).directionReady();
    }
    engine.linearAlgebra().axpy(negatedLearningRate, along, theta);
  }

  private void advance() {
    if (samplingStep != nextStep) {
      engine.random().advance(samplingStep);
    }
  }

  /**
   * Does one step at a learning rate.
   *
   * @throws IllegalStateException where nobody said at which θ to start
   */
  public void run(double rate) {
    run(rate, 1);
  }

  /**
   * Does several steps at a learning rate; together those between which nothing else happens.
   *
   * @throws IllegalStateException where nobody said at which θ to start
   */
  public void run(double rate, long steps) {
    requireStarted();
    for (long end = done + steps; done < end; ) {
      enter(timeline.phaseOf(done));
      rate(rate);
      rules.moveTo(done);
      int alike = alike(end);
      programs[phase].replay(alike);
      stepped(alike);
    }
  }

  /** Does one step that is observed. */
  void runObserved(double rate) {
    requireStarted();
    enter(timeline.phaseOf(done));
    negate(rate);
    passes[phase].scale(1);
    rules.moveTo(done);
    observedPrograms[phase].replay();
    stepped(1);
    observed.done(rate, passes[phase]);
    // cotangents of plain steps carry the learning rate
    learningRate = isPlain() ? Double.NaN : rate;
  }

  private void requireStarted() {
    if (!started) {
      throw new IllegalStateException(
          "the step has no parameters yet: startFrom(theta, statistics), or restore(state)");
    }
  }

  private void stepped(int steps) {
    done += steps;
    rules.stepped(done);
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).stepped();
    }
    samplesSummed += (long) steps * passes[phase].batch();
  }

  private void rate(double rate) {
    if (rate != learningRate) {
      learningRate = rate;
      if (isPlain()) {
        passes[phase].scale(-rate);
      } else {
        negate(rate);
      }
    }
  }

  private void negate(double rate) {
    Arrays.fill(scratch, -rate);
    engine.memory().write(negatedLearningRate, scratch);
  }

  /** Steps from the present one on, before a last one, that are replays of one program. */
  private int alike(long end) {
    int steps = 1;
    while (observers.isEmpty()
        && done + steps < end
        && timeline.phaseOf(done + steps) == phase
        && rules.restsAt(done + steps)) {
      steps++;
    }
    return steps;
  }

  private void enter(int next) {
    if (next != phase) {
      phase = next;
      learningRate = Double.NaN;
      if (samplingStep != nextStep) {
        countTo(phase, done);
      }
    }
  }

  /** Counts the steps of all that have the batch of a phase. */
  private void countTo(int of, long at) {
    Timeline.Phase there = timeline.phases().get(of);
    write(samplingStep, there.firstEpoch() * there.stepsPerEpoch() + at - there.firstStep());
  }

  @Override
  public ObservedStep.MiniBatch draw(long at) {
    int of = timeline.phaseOf(at);
    write(nextStep, at);
    if (samplingStep != nextStep) {
      write(step, at);
      countTo(of, at);
    }
    passes[of].draw(samplingKeys);
    rules.targets(passes[of]);
    write(nextStep, done);
    // whatever counts the steps of a batch is set where the next step begins
    phase = -1;
    return new ObservedStep.MiniBatch(passes[of].features(), passes[of].target());
  }

  @Override
  public int batch(long at) {
    return passes[timeline.phaseOf(at)].batch();
  }

  private void write(Tensor counter, long value) {
    engine.memory().write(counter, (int) value, (int) (value >>> 32));
  }

  /** Mean mini-batch loss of each replica since the last call. */
  double[] takeMeanLosses() {
    engine.memory().read(lossSum, scratch);
    double[] means = new double[scratch.length];
    for (int r = 0; r < means.length; r++) {
      means[r] = scratch[r] / samplesSummed;
    }
    engine.memory().fill(lossSum, 0);
    samplesSummed = 0;
    return means;
  }

  @Override
  public long done() {
    return done;
  }

  /** Steps and epochs of the run. */
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public Tensor theta() {
    return theta;
  }

  /** Vectors (R, P) that a checkpoint keeps beside θ. */
  int stateCount() {
    return rules.states().size() + (rules.averages() ? 1 : 0);
  }

  /** The mean of the parameters, if one is kept and has begun. */
  AverageState average() {
    return rules.average(done);
  }

  /** A state vector (R, P) of the rules. */
  Tensor ruleState(int vector) {
    return rules.states().get(vector);
  }

  /** What a checkpoint keeps. */
  public TrainingState state(double epoch, List<Map<String, double[]>> probes) {
    Memory memory = engine.memory();
    List<double[]> states = new ArrayList<>();
    rules.states().forEach(state -> states.add(memory.readDoubles(state)));
    return new TrainingState(
        done,
        epoch,
        memory.readDoubles(theta),
        statistics == null ? new double[0] : memory.readDoubles(statistics),
        states,
        probes,
        true,
        rules.average(done));
  }

  /** Puts θ, optimizer state and step as they were. */
  public void restore(TrainingState state) {
    requireSize("the checkpoint has %d parameters, the model %d", state.theta().length);
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
    rules.restore(state.average(), state.step());
    started = true;
    done = state.step();
    phase = -1;
    write(nextStep, done);
  }

  private void requireSize(String message, int size) {
    if (size != theta.size()) {
      throw new IllegalArgumentException(
          (message + " (%d replicas)").formatted(size, theta.size(), plan.replicas()));
    }
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
