package org.noisescape.objective;

import org.noisescape.linop.StopCheck;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Tensor;

/**
 * ‖g_n‖² and tr G_n = Σ_k ‖J_nᵀ R_n e_k‖², R Rᵀ = ∂²ℓ/∂f², of every sample at one θ, without
 * forming the gradients of dense layers.
 *
 * <p>One replica. Cost: a forward pass and a backward pass with norms, for tr G_n one for each
 * output.
 */
public final class SampleNorms {
  private final Engine engine;
  private final int outputs;
  private final ChunkPlan plan;
  private final ChunkPass pass;
  private final Tensor ones;
  private final Tensor theta;
  private final Tensor[] views;
  private final Tensor[] scratch;
  private final Tensor norms;
  private StopCheck stop = new StopCheck();

  /**
   * Reserves memory.
   *
   * @param data N samples, with network and loss
   * @param arena where memory is reserved
   * @param statistics where batch normalisations take mean and variance from
   */
  public SampleNorms(ResidentData data, Arena arena, BatchStatistics statistics) {
    int parameters = data.network().parameterCount();
    this.engine = arena.engine();
    this.outputs = data.network().outputSize();
    int chunk = EmpiricalRisk.automaticChunk(data.network(), 1, data.size());
    this.plan = new ChunkPlan(data.size(), chunk, 1, arena);
    this.pass = new ChunkPass(data, arena, plan.chunk(), statistics);
    this.theta = arena.reserve(data.dtype(), 1, parameters);
    this.views = data.network().view(theta);
    this.scratch = data.network().view(arena.reserve(data.dtype(), 1, parameters));
    this.norms = arena.reserve(DType.FLOAT64, 1, plan.chunk());
    this.ones = arena.reserve(DType.FLOAT64, 1);
    arena.onCommit(() -> engine.memory().fill(ones, 1));
  }

  /** Work ends with a {@link org.noisescape.linop.StoppedException} once this says so. */
  public SampleNorms stoppedBy(StopCheck check) {
    stop = check;
    return this;
  }

  /**
   * ‖g_n‖² (N), in the order of the data.
   *
   * @param point θ (P)
   */
  public double[] gradients(double[] point) {
    return each(
        point, 1, (k, valid) -> pass.backward(views, scratch, Accumulation.OVERWRITE, norms));
  }

  /**
   * tr G_n (N), in the order of the data.
   *
   * @param point θ (P)
   */
  public double[] gaussNewtonTraces(double[] point) {
    return each(
        point, outputs, (k, valid) -> pass.backwardRoot(views, k, valid, ones, scratch, norms));
  }

  @FunctionalInterface
  private interface Backward {
    void of(int k, int valid);
  }

  private double[] each(double[] point, int passes, Backward backward) {
    assert Finite.all("parameters", point);
    engine.memory().write(theta, point);
    double[] all = new double[plan.samples()];
    double[] chunk = new double[plan.chunk()];
    for (int c = 0; c < plan.count(); c++) {
      int valid = plan.valid(c);
      pass.forward(views, plan.indices(c), valid, ones);
      engine.memory().fill(norms, 0);
      for (int k = 0; k < passes; k++) {
        stop.goOn();
        backward.of(k, valid);
      }
      engine.memory().read(norms, chunk);
      System.arraycopy(chunk, 0, all, c * plan.chunk(), valid);
    }
    return all;
  }
}
