package org.noisescape.objective;

import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.LinearizedLayer;
import org.noisescape.nn.Network;
import org.noisescape.nn.SharedBuffers;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Tensor;

/**
 * Products of the Hessian H, the Gauss–Newton matrix G and the gradient covariance S of L(θ) =
 * (1/N) Σ ℓ_μ(θ) with blocks of vectors, at one θ of one replica, over a whole data set.
 *
 * <p>H v by the tangent of the backward pass (Pearlmutter 1994), G v = (1/N) Σ J_μᵀ H_out J_μ v
 * (Schraudolph 2002), S v = (1/N) Σ (g_μ·v − ḡ·v) g_μ: exact, no differences. Streams the data in
 * chunks. With {@link Retention#KEPT} the state of every chunk at θ stays in memory, and a product
 * costs tangents only; otherwise it is computed again for each block.
 *
 * <p>Cost for one vector, in products of a layer's matrix with a chunk (a gradient takes 3): H 6, G
 * and S 4, and without retained state 2, 1 and 1 more for each block.
 */
public final class LinearizedRisk {
  /** What becomes of the state at θ between products. */
  public enum Retention {
    /** Kept for all chunks. */
    KEPT,
    /** Computed again for each block of vectors. */
    RECOMPUTED
  }

  /** What a product needs of a chunk's state. */
  private enum Depth {
    FORWARD,
    BACKWARD
  }

  private final Engine engine;
  private final Network network;
  private final Loss loss;
  private final BatchStatistics statistics;
  private StopCheck stop = new StopCheck();
  private final ChunkPlan plan;
  private final ChunkPass[] passes;
  private final Block[] blocks;
  private final Tensor theta;
  private final Tensor[] thetaViews;
  private final Tensor gradient;
  private final Tensor[] gradientViews;
  private final Tensor projection;
  private final Tensor weights;
  private final Tensor dots;
  private final Tensor minusOnes;
  private boolean moved;

  /** Memory and rules of a block of K directions. */
  private static final class Block {
    private final Tensor v;
    private final Tensor product;
    private final Tensor[] directions;
    private final Tensor[][] vViews;
    private final Tensor[][] productViews;
    private final Tensor outputDot;
    private final Tensor outputBarDot;
    private final Tensor[] outputDots;
    private final Tensor[] outputBarDots;
    private final LinearizedLayer[] linearized;

    Block(int count, ChunkPass[] passes, Network network, Arena arena, DType dtype, int n) {
      this.v = arena.reserve(dtype, count, network.parameterCount());
      this.product = arena.reserve(dtype, count, network.parameterCount());
      this.directions = rows(v);
      this.vViews = network.view(v, 1);
      this.productViews = network.view(product, 1);
      this.outputDot = arena.reserve(dtype, count, n, network.outputSize());
      this.outputBarDot = arena.reserve(dtype, count, n, network.outputSize());
      this.outputDots = rows(outputDot);
      this.outputBarDots = rows(outputBarDot);
      SharedBuffers buffers = new SharedBuffers(arena);
      this.linearized = new LinearizedLayer[passes.length];
      for (int i = 0; i < passes.length; i++) {
        linearized[i] = passes[i].linearize(buffers, outputDot, outputBarDot);
      }
    }

    int directions() {
      return v.dim(0);
    }

    private static Tensor[] rows(Tensor tensor) {
      Tensor[] rows = new Tensor[tensor.dim(0)];
      for (int k = 0; k < rows.length; k++) {
        rows[k] = tensor.rows(k, 1);
      }
      return rows;
    }
  }

  /**
   * Reserves memory.
   *
   * @param data N samples, with network and loss
   * @param arena where memory is reserved
   * @param options how
   */
  public LinearizedRisk(ResidentData data, Arena arena, LinearizedOptions options) {
    DType dtype = data.dtype();
    int directions = options.directions();
    this.engine = arena.engine();
    this.network = data.network();
    this.loss = data.loss();
    this.statistics = options.statistics();
    int chunk = options.chunk();
    if (chunk == 0) {
      chunk = EmpiricalRisk.automaticChunk(network, directions, data.size());
    }
    this.plan = new ChunkPlan(data.size(), chunk, 1, arena).suiting(statistics, network);
    this.passes = new ChunkPass[options.retention() == Retention.KEPT ? plan.count() : 1];
    for (int i = 0; i < passes.length; i++) {
      passes[i] = new ChunkPass(data, arena, plan.chunk(), statistics);
    }
    this.blocks = new Block[directions == 1 ? 1 : 2];
    blocks[0] = new Block(directions, passes, network, arena, dtype, plan.chunk());
    if (directions > 1) {
      blocks[1] = new Block(1, passes, network, arena, dtype, plan.chunk());
    }
    this.theta = arena.reserve(dtype, 1, network.parameterCount());
    this.thetaViews = network.view(theta);
    this.gradient = arena.reserve(dtype, 1, network.parameterCount());
    this.gradientViews = network.view(gradient);
    this.projection = arena.reserve(DType.FLOAT64, 1);
    this.weights = arena.reserve(DType.FLOAT64, 1, plan.chunk());
    this.dots = arena.reserve(DType.FLOAT64, 1, plan.chunk());
    this.minusOnes = arena.reserve(DType.FLOAT64, 1, plan.chunk());
    arena.onCommit(() -> engine.memory().fill(minusOnes, -1));
  }

  /** Bytes that the state of one chunk takes. */
  public static long stateBytes(ResidentData data, int chunk, BatchStatistics statistics) {
    try (Arena arena = data.features().engine().arena()) {
      new ChunkPass(data, arena, Math.min(chunk, data.size()), statistics);
      long bytes = 0;
      for (DType type : DType.values()) {
        bytes += arena.reserved(type) * type.bytes();
      }
      return bytes;
    }
  }

  /** Work ends with a {@link StoppedException} before the next chunk once this says so. */
  public LinearizedRisk stoppedBy(StopCheck check) {
    stop = check;
    return this;
  }

  /**
   * Moves to θ: computes ∇L and the state that products need. Where that is stopped or fails there
   * is no θ until the next call.
   *
   * @param values θ (P)
   */
  public void moveTo(double... values) {
    assert Finite.all("parameters", values);
    moved = false;
    engine.memory().write(theta, values);
    for (int c = 0; c < plan.count(); c++) {
      stop.goOn();
      ChunkPass pass = forward(c);
      pass.backward(thetaViews, gradientViews, ChunkPlan.accumulation(c));
    }
    moved = true;
  }

  private void requireMoved() {
    if (!moved) {
      throw new IllegalStateException("move to a θ first: moveTo(theta)");
    }
  }

  /** The architecture. */
  public Network network() {
    return network;
  }

  /** θ (1, P). */
  public Tensor theta() {
    requireMoved();
    return theta;
  }

  /** ∇L at θ (1, P). */
  public Tensor gradient() {
    requireMoved();
    return gradient;
  }

  /** K. */
  public int directions() {
    return blocks[0].directions();
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /** Element type of θ and of vectors. */
  public DType dtype() {
    return theta.dtype();
  }

  /** ℓ_μ at θ, in the order of the data (N). */
  public double[] losses() {
    requireMoved();
    double[] all = new double[plan.samples()];
    double[] chunk = new double[plan.chunk()];
    for (int c = 0; c < plan.count(); c++) {
      stop.goOn();
      ChunkPass pass = state(c, Depth.FORWARD);
      engine.memory().read(pass.losses(), chunk);
      System.arraycopy(chunk, 0, all, c * plan.chunk(), plan.valid(c));
    }
    return all;
  }

  /**
   * g_μ·x of every sample: the tangent of its loss along x.
   *
   * @param x (k, P), any k
   * @return entry (i, μ) at [i][μ], (k, N)
   * @throws IllegalArgumentException where batch normalisation couples the samples
   */
  public double[][] sampleProjections(Tensor x) {
    requireSamplesApart("projections of per-sample gradients need");
    requireMoved();
    double[][] all = new double[x.dim(0)][plan.samples()];
    double[] chunk = new double[plan.chunk()];
    Block block = blocks[blocks.length - 1];
    for (int i = 0; i < all.length; i++) {
      engine.memory().copy(x.rows(i, 1), block.v);
      for (int c = 0; c < plan.count(); c++) {
        stop.goOn();
        ChunkPass pass = state(c, Depth.FORWARD);
        block.linearized[slot(c)].tangent(thetaViews, block.vViews);
        engine.reduction().sampleDots(pass.lossBar(), block.outputDots[0], dots);
        engine.memory().read(dots, chunk);
        for (int n = 0; n < plan.valid(c); n++) {
          // the pass saw ℓ/N
          all[i][c * plan.chunk() + n] = plan.samples() * chunk[n];
        }
      }
    }
    return all;
  }

  private void requireSamplesApart(String what) {
    if (statistics.couplesSamples() && network.runningStatisticsCount() > 0) {
      throw new IllegalArgumentException(
          what
              + " batch normalisation in evaluation mode: in training mode a sample has no gradient"
              + " of its own");
    }
  }

  /** Y ← X H; shapes (k, P), any k. */
  public void hessianProducts(Tensor x, Tensor y) {
    inBlocks(x, y, this::hessian);
  }

  /** Y ← X G; shapes (k, P), any k. */
  public void gaussNewtonProducts(Tensor x, Tensor y) {
    inBlocks(x, y, this::gaussNewton);
  }

  /**
   * Y ← X S, centred, with 1/N; shapes (k, P), any k.
   *
   * @throws IllegalArgumentException where batch normalisation couples the samples
   */
  public void covarianceProducts(Tensor x, Tensor y) {
    requireSamplesApart("the covariance of per-sample gradients needs");
    inBlocks(x, y, this::covariance);
  }

  private interface Product {
    void of(Block block, int chunk);
  }

  private void inBlocks(Tensor x, Tensor y, Product product) {
    requireMoved();
    int done = 0;
    while (done < x.dim(0)) {
      Block block = x.dim(0) - done >= directions() ? blocks[0] : blocks[blocks.length - 1];
      int count = block.directions();
      engine.memory().copy(x.rows(done, count), block.v);
      for (int c = 0; c < plan.count(); c++) {
        stop.goOn();
        product.of(block, c);
      }
      engine.memory().copy(block.product, y.rows(done, count));
      done += count;
    }
  }

  private void hessian(Block block, int c) {
    ChunkPass pass = state(c, Depth.BACKWARD);
    LinearizedLayer layer = block.linearized[slot(c)];
    layer.tangent(thetaViews, block.vViews);
    for (int k = 0; k < block.directions(); k++) {
      lossTangent(pass, block, c, k);
    }
    layer.backwardTangent(thetaViews, block.vViews, block.productViews, ChunkPlan.accumulation(c));
  }

  private void gaussNewton(Block block, int c) {
    ChunkPass pass = state(c, Depth.FORWARD);
    LinearizedLayer layer = block.linearized[slot(c)];
    layer.tangent(thetaViews, block.vViews);
    for (int k = 0; k < block.directions(); k++) {
      lossTangent(pass, block, c, k);
    }
    layer.pullback(thetaViews, block.productViews, ChunkPlan.accumulation(c));
  }

  private void lossTangent(ChunkPass pass, Block block, int c, int k) {
    loss.evaluateTangent(
        engine,
        pass.output(),
        block.outputDots[k],
        plan.valid(c),
        plan.scale(),
        block.outputBarDots[k]);
  }

  /** The samples' cotangents, each times g_μ·v − ḡ·v, pulled back at once. */
  private void covariance(Block block, int c) {
    ChunkPass pass = state(c, Depth.FORWARD);
    LinearizedLayer layer = block.linearized[slot(c)];
    layer.tangent(thetaViews, block.vViews);
    for (int k = 0; k < block.directions(); k++) {
      engine.reduction().dot(gradient, block.directions[k], projection);
      engine.reduction().sampleDots(pass.lossBar(), block.outputDots[k], dots);
      engine.linearAlgebra().axpby(plan.samples(), dots, 0, weights);
      engine.linearAlgebra().axpy(projection, minusOnes, weights);
      engine.tangents().scaleSamples(weights, pass.lossBar(), block.outputBarDots[k]);
    }
    layer.pullback(thetaViews, block.productViews, ChunkPlan.accumulation(c));
  }

  private ChunkPass state(int c, Depth depth) {
    if (passes.length == plan.count()) {
      return passes[c];
    }
    ChunkPass pass = forward(c);
    if (depth == Depth.BACKWARD) {
      pass.backward(thetaViews, null, Accumulation.OVERWRITE);
    }
    return pass;
  }

  private ChunkPass forward(int c) {
    ChunkPass pass = passes[slot(c)];
    pass.forward(thetaViews, plan.indices(c), plan.valid(c), plan.scale());
    return pass;
  }

  private int slot(int c) {
    return passes.length == plan.count() ? c : 0;
  }
}
