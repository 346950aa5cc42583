package org.noisescape.objective;

import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.LinearizedLayer;
import org.noisescape.nn.Network.Backward;
import org.noisescape.nn.SharedBuffers;
import org.noisescape.nn.TangentWiring;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * The state of a network on one chunk of samples: activations, cotangents of every layer, losses.
 *
 * <p>One replica. A chunk shorter than the pass is padded with samples of weight zero.
 */
final class ChunkPass {
  private final Loss loss;
  private final ResidentData data;
  private final Engine engine;
  private final BoundNetwork bound;
  private final Tensor target;
  private final Tensor lossBar;
  private final Tensor losses;

  ChunkPass(ResidentData data, Arena arena, int chunk, BatchStatistics statistics) {
    DType dtype = data.dtype();
    this.loss = data.loss();
    this.data = data;
    this.engine = arena.engine();
    this.bound = data.network().bind(arena, dtype, 1, chunk, Backward.KEPT, statistics);
    this.target = arena.reserve(dtype, bound.output().shape());
    this.lossBar = arena.reserve(dtype, bound.output().shape());
    this.losses = arena.reserve(DType.FLOAT64, 1, chunk);
  }

  /** Prepares the rules along the directions of the given outputs. */
  LinearizedLayer linearize(SharedBuffers buffers, Tensor outputDot, Tensor outputBarDot) {
    buffers.rewind();
    return bound
        .layer()
        .linearize(
            new TangentWiring(buffers, outputDot.dim(0), null, outputDot, null, outputBarDot));
  }

  /** Activations, losses and the loss's cotangent f̄ = s ∂ℓ/∂f at θ. */
  void forward(Tensor[] theta, Tensor indices, int valid, Tensor scale) {
    engine.indexing().gather(data.features(), indices, bound.input());
    engine.indexing().gather(data.targets(), indices, target);
    bound.layer().forward(theta);
    loss.evaluate(engine, bound.output(), target, valid, scale, losses, lossBar);
  }

  /**
   * Cotangents of every layer, from the loss's; after {@link #forward}.
   *
   * @param gradient where ∇ goes, or null
   */
  void backward(Tensor[] theta, Tensor[] gradient, Accumulation accumulation) {
    engine.memory().copy(lossBar, bound.outputBar());
    bound.layer().backward(theta, gradient, accumulation, null);
  }

  /** Cotangents of every layer, from column k of a root of the loss's Hessian. */
  void backwardRoot(Tensor[] theta, int k, int valid, Tensor scale) {
    loss.curvatureRoot(engine, bound.output(), k, valid, scale, bound.outputBar());
    bound.layer().backward(theta, null, Accumulation.OVERWRITE, null);
  }

  BoundNetwork bound() {
    return bound;
  }

  /** Outputs f (1, n, K). */
  Tensor output() {
    return bound.output();
  }

  /** f̄ = s ∂ℓ/∂f (1, n, K). */
  Tensor lossBar() {
    return lossBar;
  }

  /** ℓ_μ (1, n) float64. */
  Tensor losses() {
    return losses;
  }
}
