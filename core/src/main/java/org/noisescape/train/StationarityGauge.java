package org.noisescape.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.optim.HeavyBall;
import org.noisescape.optim.RuleStages;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Sums both sides of the fluctuation-dissipation relation ⟨θ·∇L⟩ = (η(1+μ)/2) ⟨‖m‖²⟩ over the steps
 * of a run, in all of parameter space or in a subspace.
 *
 * <p>With m′ = μm + g(θ), θ′ = θ − ηm′ and stationarity of θ², θ·m and m², the relation is exact at
 * every η, for any loss and any noise: θ is the one before the update, g the mini-batch gradient at
 * it, and m′ the direction of the update. Without stationarity the sums differ by what the ends of
 * the stretch leave: for μ = 0, Σ(O_L − O_R) = −(‖θ_T‖² − ‖θ_0‖²)/(2η). Projected on fixed
 * orthonormal vectors Q, (Qθ)·(Qg) and ‖Qm‖² obey the same; a subspace that is refreshed jumps, and
 * then the relation holds within each stretch between refreshes only.
 *
 * <p>For any other rule θ′ = θ − ηu (Adam, Lion, SAM, clipping, decay, injected noise, a momentum
 * that changes) stationarity of θ² alone gives ⟨θ·u⟩ = (η/2) ⟨‖u‖²⟩ with the direction u of the
 * step: that is what is summed then. For SGD the two are one.
 *
 * <p>Shapes: Q (R, k, P). Cost of a step: two passes over θ-sized vectors, three for each vector of
 * Q. Sums are float64. Source: Yaida (2019), "Fluctuation-dissipation relations for stochastic
 * gradient descent"; Wei and Schwab (2019), appendix A.5, with dampening ν = 0.
 */
final class StationarityGauge implements StepObserver {
  /** Blocks that wait on the engine before they are read. */
  private static final int SLOTS = 64;

  /** Blocks of an epoch, so that an epoch has its own error bar. */
  private static final int BLOCKS_OF_AN_EPOCH = 16;

  private final Engine engine;
  private final boolean alongSteps;
  private final double momentum;
  private final int replicas;
  private final int rank;
  private final int blockLength;
  private final Tensor subspace;
  private final Tensor[] axes;
  private final Tensor[] projected;
  private final Tensor[][] components;
  private final Tensor product;
  private final Tensor square;
  private final Tensor squareColumn;
  private final Tensor productColumn;
  private final Tensor sums;
  private final Tensor leftSum;
  private final Tensor rightSum;
  private final Tensor slots;
  private final Tensor[] slot;
  private final double[] drained;
  private BlockSums blocks;
  private StepVectors vectors;
  private int used;
  private int pending;

  /**
   * Reserves memory.
   *
   * @param site of the run
   * @param rank k, or 0 for all of parameter space
   */
  StationarityGauge(ProbeSite site, int rank) {
    TrainingPlan plan = site.plan();
    double constant = momentum(plan);
    this.alongSteps = Double.isNaN(constant);
    this.momentum = alongSteps ? 0 : constant;
    Arena arena = site.arena();
    this.engine = arena.engine();
    this.replicas = plan.replicas();
    this.rank = rank;
    this.blockLength = Math.max(1, plan.stepsPerEpoch(site.train().size()) / BLOCKS_OF_AN_EPOCH);
    int parameters = plan.network().parameterCount();
    if (rank > parameters) {
      throw new IllegalArgumentException(
          "a subspace of %d dimensions needs as many parameters, the model has %d"
              .formatted(rank, parameters));
    }
    this.subspace = rank == 0 ? null : arena.reserve(plan.dtype(), replicas, rank, parameters);
    this.axes = new Tensor[rank];
    this.projected = new Tensor[rank == 0 ? 0 : 2];
    this.components = new Tensor[projected.length][rank];
    for (int p = 0; p < projected.length; p++) {
      projected[p] = arena.reserve(DType.FLOAT64, replicas, rank);
      for (int i = 0; i < rank; i++) {
        axes[i] = subspace.slice((long) i * parameters, parameters);
        components[p][i] = projected[p].slice(i);
      }
    }
    this.product = arena.reserve(DType.FLOAT64, replicas);
    this.productColumn = product.reshape(replicas, 1);
    this.square = arena.reserve(DType.FLOAT64, replicas);
    this.squareColumn = square.reshape(replicas, 1);
    this.sums = arena.reserve(DType.FLOAT64, replicas, 2);
    this.leftSum = sums.slice(0);
    this.rightSum = sums.slice(1, 1);
    this.slots = arena.reserve(DType.FLOAT64, SLOTS, 2 * replicas);
    this.slot = new Tensor[SLOTS];
    for (int s = 0; s < SLOTS; s++) {
      slot[s] = slots.rows(s, 1).reshape(replicas, 2);
    }
    this.drained = new double[SLOTS * 2 * replicas];
    this.blocks = new BlockSums(replicas);
  }

  /** μ of SGD with a constant momentum, 0 without; not-a-number for any other rule. */
  private static double momentum(TrainingPlan plan) {
    // what changes labels or averages leaves the dynamics SGD with momentum
    RuleStages stages = RuleStages.of(plan.rules());
    if (stages.isDescent()) {
      return 0;
    }
    if (stages.ascent().isEmpty()
        && stages.directions().size() == 1
        && stages.directions().getFirst() instanceof HeavyBall rule
        && plan.schedules().of(rule).isEmpty()) {
      return rule.momentum();
    }
    return Double.NaN;
  }

  @Override
  public void bind(StepVectors step) {
    this.vectors = step;
  }

  @Override
  public void gradientReady() {
    if (!alongSteps) {
      addLeft();
    }
  }

  /** θ·g before the rules, θ·u behind them. */
  private void addLeft() {
    if (rank == 0) {
      engine.reduction().dot(vectors.theta(), vectors.direction(), product);
    } else {
      project(vectors.theta(), 0);
      project(vectors.direction(), 1);
      engine.reduction().dot(projected[0], projected[1], product);
    }
    engine.reduction().sum(productColumn, leftSum, Accumulation.ADD);
  }

  @Override
  public void directionReady() {
    if (alongSteps) {
      addLeft();
    }
    if (rank == 0) {
      engine.reduction().dot(vectors.direction(), vectors.direction(), square);
    } else {
      project(vectors.direction(), 0);
      engine.reduction().dot(projected[0], projected[0], square);
    }
    engine.linearAlgebra().axpy(vectors.negatedLearningRate(), squareColumn, rightSum);
  }

  private void project(Tensor vector, int target) {
    for (int i = 0; i < rank; i++) {
      engine.reduction().dot(axes[i], vector, components[target][i]);
    }
  }

  @Override
  public void stepped() {
    if (++pending == blockLength) {
      engine.memory().copy(sums, slot[used++]);
      engine.memory().fill(sums, 0);
      pending = 0;
      if (used == SLOTS) {
        drain();
      }
    }
  }

  /** Takes the blocks that wait on the engine. */
  private void drain() {
    if (used > 0) {
      engine.memory().read(slots, drained);
      for (int s = 0; s < used; s++) {
        blocks.add(blockLength, drained, s * 2 * replicas);
      }
      used = 0;
    }
  }

  /** All blocks so far; the one begun ends here. */
  BlockSums blocks() {
    drain();
    if (pending > 0) {
      blocks.add(pending, engine.memory().readDoubles(sums), 0);
      engine.memory().fill(sums, 0);
      pending = 0;
    }
    return blocks;
  }

  /** Averages of one replica from a block on. */
  StationarityRatio ratio(int from, int replica) {
    return StationarityRatio.of(blocks, from, replica, -(1 + momentum) / 2);
  }

  /** Where the orthonormal vectors Q (R, k, P) are kept, or null. */
  Tensor subspace() {
    return subspace;
  }

  /** For a checkpoint; the run goes on as if it had not been asked. */
  Map<String, double[]> state() {
    drain();
    Map<String, double[]> state = new LinkedHashMap<>();
    state.put("blocks", blocks.toArray());
    state.put("pending", new double[] {pending});
    state.put("sums", engine.memory().readDoubles(sums));
    if (rank > 0) {
      state.put("subspace", engine.memory().readDoubles(subspace));
    }
    return state;
  }

  /** Puts everything as it was. */
  void restore(Map<String, double[]> state) {
    blocks = BlockSums.of(replicas, value(state, "blocks"));
    double open = value(state, "pending")[0];
    if (!(open >= 0 && open < blockLength && open == Math.rint(open))) {
      throw new IllegalArgumentException(
          "'pending' of the fluctuation-dissipation probe must be a whole number below %d, got %s"
              .formatted(blockLength, open));
    }
    pending = (int) open;
    used = 0;
    engine.memory().write(sums, value(state, "sums"));
    if (rank > 0) {
      engine.memory().write(subspace, value(state, "subspace"));
    }
  }

  private static double[] value(Map<String, double[]> state, String name) {
    double[] value = state.get(name);
    if (value == null || value.length == 0) {
      throw new IllegalArgumentException(
          "the checkpoint keeps no '" + name + "' of the fluctuation-dissipation probe");
    }
    return value;
  }
}
