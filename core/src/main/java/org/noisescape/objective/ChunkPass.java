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
    backward(theta, gradient, accumulation, null);
  }

  /**
   * The same, and norms of per-sample gradients.
   *
   * @param norms (1, n) float64 to which they are added, or null
   */
  void backward(Tensor[] theta, Tensor[] gradient, Accumulation accumulation, Tensor norms) {
    engine.memory().copy(lossBar, bound.outputBar());
    bound.layer().backward(theta, gradient, accumulation, norms);
  }

  /** Cotangents of every layer, from column k of a root of the loss's Hessian. */
  void backwardRoot(Tensor[] theta, int k, int valid, Tensor scale) {
    backwardRoot(theta, k, valid, scale, null, null);
  }

  /**
   * The same, and what it makes of the parameters.
   *
   * @param result where s Σ_n J_nᵀ R_n e_k goes, or null
   * @param norms (1, n) float64 to which s² ‖J_nᵀ R_n e_k‖² is added, or null
   */
  void backwardRoot(Tensor[] theta, int k, int valid, Tensor scale, Tensor[] result, Tensor norms) {
    loss.curvatureRoot(engine, bound.output(), k, valid, scale, bound.outputBar());
    bound.layer().backward(theta, result, Accumulation.OVERWRITE, norms);
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
