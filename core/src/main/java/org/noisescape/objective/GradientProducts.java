package org.noisescape.objective;

import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Network;
import org.noisescape.nn.SampleGradients;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * All inner products of per-sample gradients at one θ, built layer by layer without forming the
 * gradients of dense layers: a matrix A with P columns has the nonzero spectrum of AᵀA in A Aᵀ.
 *
 * <p>Rows of A are divided by √N, so that AᵀA is the second moment of the per-sample gradients, or
 * the Gauss–Newton matrix. The state of all samples stays in memory. Cost: for M rows M²/2 products
 * of a layer's inputs and of its cotangents.
 */
public final class GradientProducts {
  /** Takes blocks of A Aᵀ. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * Entries (i + a, j + b) and, by symmetry, (j + b, i + a) for a &lt; rows, b &lt; columns.
     *
     * @param values row-major, rows × columns; overwritten afterwards
     */
    void accept(int i, int j, int rows, int columns, double[] values);
  }

  private final Engine engine;
  private final GradientRows kind;
  private final int columns;
  private final ChunkPlan plan;
  private final ChunkPass[] passes;
  private final SampleGradients[] gradients;
  private final Tensor theta;
  private final Tensor[] thetaViews;
  private final Tensor rootScale;
  private final Tensor gram;
  private final SampleGradients.Scratch scratch;
  private StopCheck stop = new StopCheck();

  /**
   * Reserves memory.
   *
   * @param data N samples
   * @param arena where memory is reserved
   * @param kind what the rows of A are
   * @param chunk samples of one pass, at most N
   * @param statistics where batch normalisations take mean and variance from
   */
  public GradientProducts(
      ResidentData data, Arena arena, GradientRows kind, int chunk, BatchStatistics statistics) {
    Network network = data.network();
    DType dtype = data.dtype();
    this.engine = arena.engine();
    this.kind = kind;
    this.columns = kind.perSample(network);
    this.plan = new ChunkPlan(data.size(), chunk, 1, arena);
    String remedy = "choose fewer samples or larger chunks";
    Sizes.product("rows of the Gram matrix", remedy, data.size(), columns);
    this.passes = new ChunkPass[Sizes.product("passes", remedy, plan.count(), columns)];
    this.gradients = new SampleGradients[passes.length];
    for (int i = 0; i < passes.length; i++) {
      passes[i] = new ChunkPass(data, arena, plan.chunk(), statistics);
      gradients[i] = passes[i].bound().layer().sampleGradients(arena);
    }
    this.theta = arena.reserve(dtype, 1, network.parameterCount());
    this.thetaViews = network.view(theta);
    this.rootScale = arena.reserve(DType.FLOAT64, 1);
    int n = plan.chunk();
    long rows = Sizes.saturated(n, columns);
    Sizes.product("entries of a block of the Gram matrix", "choose smaller chunks", rows, rows);
    this.gram = arena.reserve(DType.FLOAT64, 1, n, n);
    this.scratch =
        new SampleGradients.Scratch(
            arena.reserve(dtype, 1, n, n),
            arena.reserve(dtype, 1, n, n),
            arena.reserve(dtype, 1, n, n));
    arena.onCommit(this::fill);
  }

  private void fill() {
    engine.memory().write(rootScale, 1 / Math.sqrt(plan.samples()));
    engine.memory().fill(scratch.ones(), 1);
  }

  /** Work ends with a {@link StoppedException} before the next chunk once this says so. */
  public GradientProducts stoppedBy(StopCheck check) {
    stop = check;
    return this;
  }

  /**
   * Computes A Aᵀ.
   *
   * @param values θ (P)
   * @param blocks takes the blocks on and above the diagonal
   */
  public void compute(double[] values, Blocks blocks) {
    assert Finite.all("parameters", values);
    engine.memory().write(theta, values);
    for (int i = 0; i < passes.length; i++) {
      stop.goOn();
      int c = i / columns;
      passes[i].forward(thetaViews, plan.indices(c), plan.valid(c), rootScale);
      if (kind == GradientRows.LOSS) {
        passes[i].backward(thetaViews, null, Accumulation.OVERWRITE);
      } else {
        passes[i].backwardRoot(thetaViews, i % columns, plan.valid(c), rootScale);
      }
      gradients[i].gather();
    }
    for (int c = 0; c < plan.count(); c++) {
      for (int d = c; d < plan.count(); d++) {
        blocks.accept(
            c * plan.chunk() * columns,
            d * plan.chunk() * columns,
            plan.valid(c) * columns,
            plan.valid(d) * columns,
            block(c, d));
      }
    }
  }

  /** Products of all rows of chunk c with those of chunk d. */
  private double[] block(int c, int d) {
    int width = plan.valid(d) * columns;
    double[] block = new double[plan.valid(c) * columns * width];
    double[] part = new double[plan.chunk() * plan.chunk()];
    for (int k = 0; k < columns; k++) {
      for (int l = 0; l < columns; l++) {
        stop.goOn();
        engine.memory().fill(gram, 0);
        gradients[c * columns + k].addProducts(gradients[d * columns + l], scratch, gram);
        engine.memory().read(gram, part);
        for (int n = 0; n < plan.valid(c); n++) {
          for (int m = 0; m < plan.valid(d); m++) {
            block[(n * columns + k) * width + m * columns + l] = part[n * plan.chunk() + m];
          }
        }
      }
    }
    return block;
  }
}
