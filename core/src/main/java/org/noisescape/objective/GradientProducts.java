package org.noisescape.objective;

import java.util.Arrays;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Network;
import org.noisescape.nn.SampleGradients;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
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
  /** What the rows of A are. */
  public enum Rows {
    /** ∇ℓ_μ/√N, N rows: AᵀA = (1/N) Σ g_μ g_μᵀ, not centred. */
    LOSS,
    /** J_μᵀ R_μ e_k/√N with R Rᵀ = ∂²ℓ/∂f², row μ·K + k of N·K: AᵀA = G. */
    GAUSS_NEWTON
  }

  /** Takes blocks of A Aᵀ. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * One block and, by symmetry, its transpose.
     *
     * @param rows row numbers
     * @param columns column numbers
     * @param values row-major, entry (i, j) at i·{@code stride} + j
     * @param stride length of a row of values, at least the number of columns
     */
    void accept(int[] rows, int[] columns, double[] values, int stride);
  }

  private final Engine engine;
  private final Rows kind;
  private final int columns;
  private final ChunkPlan plan;
  private final ChunkPass[] passes;
  private final SampleGradients[] gradients;
  private final Tensor theta;
  private final Tensor[] thetaViews;
  private final Tensor rootScale;
  private final Tensor gram;
  private final SampleGradients.Scratch scratch;

  /** Reserves memory; call {@link #prepare} after the arena is committed. */
  public GradientProducts(
      Network network,
      Loss loss,
      ResidentData data,
      Arena arena,
      DType dtype,
      int chunk,
      Rows kind) {
    this.engine = arena.engine();
    this.kind = kind;
    this.columns = kind == Rows.LOSS ? 1 : network.outputSize();
    this.plan = new ChunkPlan(data.size(), chunk, arena);
    this.passes = new ChunkPass[plan.count() * columns];
    this.gradients = new SampleGradients[passes.length];
    for (int i = 0; i < passes.length; i++) {
      passes[i] = new ChunkPass(network, loss, data, arena, dtype, plan.chunk());
      gradients[i] = passes[i].bound().layer().sampleGradients(arena);
    }
    this.theta = arena.reserve(dtype, 1, network.parameterCount());
    this.thetaViews = network.view(theta);
    this.rootScale = arena.reserve(DType.FLOAT64, 1);
    int n = plan.chunk();
    this.gram = arena.reserve(DType.FLOAT64, 1, n, n);
    this.scratch =
        new SampleGradients.Scratch(
            arena.reserve(dtype, 1, n, n),
            arena.reserve(dtype, 1, n, n),
            arena.reserve(dtype, 1, n, n));
  }

  /** Number of rows of A: N for one column a sample, N·K for K. */
  public static long rows(Network network, int samples, Rows kind) {
    return (long) samples * (kind == Rows.LOSS ? 1 : network.outputSize());
  }

  /** Fills the tables of indices. */
  public GradientProducts prepare() {
    plan.prepare();
    engine.memory().write(rootScale, 1 / Math.sqrt(plan.samples()));
    engine.memory().fill(scratch.ones(), 1);
    return this;
  }

  /**
   * Computes A Aᵀ.
   *
   * @param values θ (P)
   * @param blocks takes the blocks on and above the diagonal
   */
  public void compute(double[] values, Blocks blocks) {
    engine.memory().write(theta, values);
    for (int i = 0; i < passes.length; i++) {
      int c = i / columns;
      passes[i].forward(thetaViews, plan.indices(c), plan.valid(c), rootScale);
      if (kind == Rows.LOSS) {
        passes[i].backward(thetaViews, null, Accumulation.OVERWRITE);
      } else {
        passes[i].backwardRoot(thetaViews, i % columns, plan.valid(c), rootScale);
      }
      gradients[i].gather();
    }
    double[] block = new double[plan.chunk() * plan.chunk()];
    for (int i = 0; i < passes.length; i++) {
      for (int j = i; j < passes.length; j++) {
        engine.memory().fill(gram, 0);
        gradients[i].addProducts(gradients[j], scratch, gram);
        engine.memory().read(gram, block);
        blocks.accept(numbers(i), numbers(j), block, plan.chunk());
      }
    }
  }

  /** Row numbers of pass i. */
  private int[] numbers(int i) {
    int c = i / columns;
    int[] numbers = new int[plan.valid(c)];
    Arrays.setAll(numbers, n -> (c * plan.chunk() + n) * columns + i % columns);
    return numbers;
  }
}
