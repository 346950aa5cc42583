package org.noisescape.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.nn.Network;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.RuleMemory;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.ReplicaDescent;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/** An ensemble whose steps a kernel of the engine runs, first passages included. */
final class FusedProgram implements ReplicaProgram {
  private final Arena arena;
  private final DescentPlan plan;
  private final PassageLog log;
  private final ReplicaDescent descent;
  private long step;
  private long before;

  /** Binds a kernel to the tensors of a plan; empty where the engine has none. */
  private interface Kernel {
    Optional<ReplicaDescent> bind(DescentPlan plan);
  }

  private FusedProgram(Arena arena, DescentPlan plan, PassageLog log, ReplicaDescent descent) {
    this.arena = arena;
    this.plan = plan;
    this.log = log;
    this.descent = descent;
  }

  /** Of a network, where the engine has a kernel for it. */
  static Optional<ReplicaProgram> of(Engine engine, NetworkPlan plan, SampleSource source) {
    Network network = plan.network();
    Optional<DenseChain> chain = network.denseChain();
    if (chain.isEmpty() || !plan.rules().isEmpty() || !plan.loss().isHalfSquaredError()) {
      return Optional.empty();
    }
    Arena arena = engine.arena();
    ResidentData data = new ResidentData(source, network, plan.loss(), plan.dtype(), arena);
    DescentPlan tensors =
        reserve(
            arena,
            arena.reserve(plan.dtype(), plan.replicas(), network.parameterCount()),
            data.features(),
            data.targets(),
            plan.thresholds().length,
            plan.batch(),
            plan.sampling(),
            plan.lookEvery());
    return bind(
        arena,
        tensors,
        new PassageLog(plan.replicas(), plan.thresholds()),
        t -> engine.ensembles().denseChain(chain.get(), t),
        () -> start(tensors, plan.startingPoints()),
        plan.learningRate(),
        RuleMemory.keyWords(plan.seed(), Purpose.SAMPLING, plan.firstReplica(), plan.replicas()));
  }

  /** Of a linear regression, where the engine has a kernel for it. */
  static Optional<ReplicaProgram> of(Engine engine, RegressionPlan plan) {
    Arena arena = engine.arena();
    LinearRegression data = plan.data();
    int dimension = data.dimension();
    Tensor features = arena.reserve(DType.FLOAT64, data.samples(), dimension);
    Tensor targets = arena.reserve(DType.FLOAT64, data.samples(), 1);
    DescentPlan tensors =
        reserve(
            arena,
            arena.reserve(DType.FLOAT64, plan.replicas(), dimension),
            features,
            targets,
            plan.thresholds().length,
            plan.batch(),
            Sampling.WITH_REPLACEMENT,
            1);
    double[] theta =
        new double
            [Sizes.product(
                "parameters of all replicas", "choose fewer replicas", plan.replicas(), dimension)];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = plan.start()[i % dimension];
    }
    return bind(
        arena,
        tensors,
        new PassageLog(plan.replicas(), plan.thresholds()),
        engine.ensembles()::linearRegression,
        () -> {
          Memory memory = arena.engine().memory();
          assert Finite.all("inputs of the regression", data.inputs());
          assert Finite.all("targets of the regression", data.targets());
          memory.write(features, data.inputs());
          memory.write(targets, data.targets());
          start(tensors, theta);
        },
        plan.learningRate(),
        RuleMemory.keyWords(plan.seed(), Purpose.SAMPLING, plan.firstReplica(), plan.replicas()));
  }

  private static void start(DescentPlan plan, double[] theta) {
    assert Finite.all("initial parameters", theta);
    plan.theta().engine().memory().write(plan.theta(), theta);
  }

  private static DescentPlan reserve(
      Arena arena,
      Tensor theta,
      Tensor features,
      Tensor targets,
      int thresholds,
      int batch,
      Sampling sampling,
      int lookEvery) {
    int replicas = theta.dim(0);
    boolean detects = thresholds > 0;
    return new DescentPlan(
        theta,
        features,
        targets,
        arena.reserve(DType.FLOAT64, replicas),
        arena.reserve(DType.INT32, replicas, 2),
        arena.reserve(DType.INT32, 2),
        detects ? arena.reserve(DType.FLOAT64, thresholds) : null,
        detects ? arena.reserve(DType.FLOAT64, replicas, thresholds) : null,
        arena.reserve(DType.FLOAT64, replicas),
        batch,
        sampling,
        lookEvery);
  }

  private static Optional<ReplicaProgram> bind(
      Arena arena,
      DescentPlan plan,
      PassageLog log,
      Kernel kernel,
      Runnable fill,
      double learningRate,
      int[] keys) {
    Optional<ReplicaDescent> descent = kernel.bind(plan);
    if (descent.isEmpty()) {
      arena.close();
      return Optional.empty();
    }
    FusedProgram program = new FusedProgram(arena, plan, log, descent.get());
    arena.onCommit(fill);
    arena.onCommit(
        () -> {
          Memory memory = arena.engine().memory();
          memory.write(plan.keys(), keys);
          program.learningRate(learningRate);
          if (plan.thresholds() != null) {
            memory.write(plan.thresholds(), log.thresholds());
          }
          program.write(log.passages(), log.values());
          descent.get().look();
          program.read();
        });
    arena.commit();
    return Optional.of(program);
  }

  @Override
  public int replicas() {
    return plan.replicas();
  }

  @Override
  public int parameters() {
    return plan.theta().dim(1);
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
  public void learningRate(double rate) {
    LandscapePlan.requireRate(rate);
    double[] rates = new double[plan.replicas()];
    Arrays.fill(rates, rate);
    arena.engine().memory().write(plan.learningRate(), rates);
  }

  @Override
  public void advance(long target) {
    while (step < target) {
      int steps = (int) Math.min(Integer.MAX_VALUE, target - step);
      descent.advance(steps);
      step += steps;
    }
    read();
  }

  @Override
  public double[] theta() {
    return arena.engine().memory().readDoubles(plan.theta());
  }

  @Override
  public ReplicaState state() {
    return new ReplicaState(step, theta(), List.of(), log.passages(), log.values());
  }

  @Override
  public void restore(ReplicaState state) {
    state.require(replicas(), parameters(), log.count(), 0);
    arena.engine().memory().write(plan.theta(), state.theta());
    arena.engine().memory().write(plan.step(), (int) state.step(), (int) (state.step() >>> 32));
    write(state.passages(), state.values());
    log.restore(state);
    step = state.step();
    before = log.replicaSteps(step);
  }

  private void write(long[] passages, double[] values) {
    Memory memory = arena.engine().memory();
    if (plan.passages() != null) {
      memory.write(plan.passages(), Arrays.stream(passages).asDoubleStream().toArray());
    }
    memory.write(plan.values(), values);
  }

  private void read() {
    Memory memory = arena.engine().memory();
    double[] passages =
        plan.passages() == null ? new double[0] : memory.readDoubles(plan.passages());
    log.restore(
        Arrays.stream(passages).mapToLong(p -> (long) p).toArray(),
        memory.readDoubles(plan.values()));
  }

  @Override
  public void close() {
    arena.close();
  }
}
