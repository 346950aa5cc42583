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
 * The gradients g_n of single samples, written out one after the other, and the rows J_nᵀ R_n e_k
 * of the Gauss–Newton matrix, for what only their elements tell: second moments, diagonals,
 * histograms.
 *
 * <p>One replica. Cost: a forward and a backward pass of one sample, N times, and the way of P
 * numbers to the heap; of the Gauss–Newton matrix K backward passes a sample.
 */
public final class SampleGradientVectors {
  /** Takes a vector of a sample. */
  @FunctionalInterface
  public interface Sink {
    /**
     * In the order of the data.
     *
     * @param sample n
     * @param vector (P); overwritten afterwards
     */
    void accept(int sample, double[] vector);
  }

  private final Engine engine;
  private final ResidentData data;
  private final ChunkPlan plan;
  private final ChunkPass pass;
  private final Tensor scale;
  private final Tensor theta;
  private final Tensor[] views;
  private final Tensor vector;
  private final Tensor[] vectorViews;
  private final double[] values;
  private StopCheck stop = new StopCheck();

  /**
   * Reserves memory.
   *
   * @param data N samples, with network and loss
   * @param arena where memory is reserved
   * @param statistics where batch normalisations take mean and variance from
   */
  public SampleGradientVectors(ResidentData data, Arena arena, BatchStatistics statistics) {
    int parameters = data.network().parameterCount();
    this.engine = arena.engine();
    this.data = data;
    this.plan = new ChunkPlan(data.size(), 1, 1, arena);
    this.pass = new ChunkPass(data, arena, 1, statistics);
    this.theta = arena.reserve(data.dtype(), 1, parameters);
    this.views = data.network().view(theta);
    this.vector = arena.reserve(data.dtype(), 1, parameters);
    this.vectorViews = data.network().view(vector);
    this.values = new double[parameters];
    this.scale = arena.reserve(DType.FLOAT64, 1);
    arena.onCommit(() -> engine.memory().fill(scale, 1));
  }

  /** Work ends with a {@link org.noisescape.linop.StoppedException} once this says so. */
  public SampleGradientVectors stoppedBy(StopCheck check) {
    stop = check;
    return this;
  }

  /**
   * Goes through all g_n.
   *
   * @param point θ (P)
   */
  public void gradients(double[] point, Sink sink) {
    moveTo(point);
    for (int n = 0; n < plan.samples(); n++) {
      stop.goOn();
      pass.forward(views, plan.indices(n), 1, scale);
      pass.backward(views, vectorViews, Accumulation.OVERWRITE);
      engine.memory().read(vector, values);
      sink.accept(n, values);
    }
  }

  /**
   * Goes through all J_nᵀ R_n e_k with R Rᵀ = ∂²ℓ/∂f², K of each sample one after the other: Σ_k of
   * their squares is the diagonal of G_n.
   *
   * @param point θ (P)
   */
  public void curvatureRows(double[] point, Sink sink) {
    moveTo(point);
    for (int n = 0; n < plan.samples(); n++) {
      stop.goOn();
      pass.forward(views, plan.indices(n), 1, scale);
      for (int k = 0; k < data.network().outputSize(); k++) {
        pass.backwardRoot(views, k, 1, scale, vectorViews, null);
        engine.memory().read(vector, values);
        sink.accept(n, values);
      }
    }
  }

  private void moveTo(double[] point) {
    assert Finite.all("parameters", point);
    engine.memory().write(theta, point);
  }
}
