package org.noisescape.objective;

import org.noisescape.linop.StopCheck;
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
 * Gradients g_μ and Hessian products H_μ v of single samples at one θ, formed one after the other:
 * for statistics of small networks that no sum over samples gives.
 *
 * <p>Exact, by the tangent of the backward pass. Cost: a gradient and K Hessian products of one
 * sample each, N times.
 */
public final class SampleHessians {
  /** Takes what belongs to one sample. */
  @FunctionalInterface
  public interface Sink {
    /**
     * In the order of the data.
     *
     * @param sample μ
     * @param gradient g_μ (P); overwritten afterwards
     * @param products H_μ v_k, entry (k, i) at k·P + i; overwritten afterwards
     */
    void accept(int sample, double[] gradient, double[] products);
  }

  private final Engine engine;
  private final Network network;
  private final Loss loss;
  private final ChunkPlan plan;
  private final ChunkPass pass;
  private final LinearizedLayer layer;
  private final Tensor scale;
  private final Tensor theta;
  private final Tensor gradient;
  private final Tensor vectors;
  private final Tensor products;
  private final Tensor outputDot;
  private final Tensor outputBarDot;
  private StopCheck stop = new StopCheck();

  /**
   * Reserves memory.
   *
   * @param data N samples, with network and loss
   * @param arena where memory is reserved
   * @param directions K
   * @param statistics where batch normalisations take mean and variance from
   */
  public SampleHessians(
      ResidentData data, Arena arena, int directions, BatchStatistics statistics) {
    DType dtype = data.dtype();
    this.engine = arena.engine();
    this.network = data.network();
    this.loss = data.loss();
    this.plan = new ChunkPlan(data.size(), 1, 1, arena);
    this.pass = new ChunkPass(data, arena, 1, statistics);
    int parameters = network.parameterCount();
    this.theta = arena.reserve(dtype, 1, parameters);
    this.gradient = arena.reserve(dtype, 1, parameters);
    this.vectors = arena.reserve(dtype, directions, parameters);
    this.products = arena.reserve(dtype, directions, parameters);
    this.outputDot = arena.reserve(dtype, directions, 1, network.outputSize());
    this.outputBarDot = arena.reserve(dtype, directions, 1, network.outputSize());
    this.layer = pass.linearize(new SharedBuffers(arena), outputDot, outputBarDot);
    this.scale = arena.reserve(DType.FLOAT64, 1);
    arena.onCommit(() -> engine.memory().fill(scale, 1));
  }

  /** Work ends with a {@link org.noisescape.linop.StoppedException} once this says so. */
  public SampleHessians stoppedBy(StopCheck check) {
    stop = check;
    return this;
  }

  /**
   * Goes through all samples.
   *
   * @param point θ (P)
   * @param along v_k, entry (k, i) at k·P + i
   */
  public void each(double[] point, double[] along, Sink sink) {
    assert Finite.all("parameters", point);
    assert Finite.all("directions", along);
    engine.memory().write(theta, point);
    engine.memory().write(vectors, along);
    Tensor[] views = network.view(theta);
    Tensor[] gradients = network.view(gradient);
    Tensor[][] directions = network.view(vectors, 1);
    Tensor[][] results = network.view(products, 1);
    for (int sample = 0; sample < plan.samples(); sample++) {
      stop.goOn();
      pass.forward(views, plan.indices(sample), 1, scale);
      pass.backward(views, gradients, Accumulation.OVERWRITE);
      layer.tangent(views, directions);
      for (int k = 0; k < vectors.dim(0); k++) {
        loss.evaluateTangent(
            engine, pass.output(), outputDot.rows(k, 1), 1, scale, outputBarDot.rows(k, 1));
      }
      layer.backwardTangent(views, directions, results, Accumulation.OVERWRITE);
      sink.accept(
          sample, engine.memory().readDoubles(gradient), engine.memory().readDoubles(products));
    }
  }
}
