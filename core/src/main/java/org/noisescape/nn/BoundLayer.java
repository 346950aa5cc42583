package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * The derivative rules of a layer over fixed memory.
 *
 * <p>Parameters come as views in the order of {@link Layer#parameters}: each (R, size). The rules
 * allocate nothing.
 */
public interface BoundLayer {
  /** y ← f(θ, x). */
  void forward(Tensor[] theta);

  /**
   * x̄ ← (∂f/∂x)ᵀ ȳ and θ̄ ← (∂f/∂θ)ᵀ ȳ, summed over the samples (or added to what θ̄ held).
   *
   * <p>Overwrites ȳ. θ̄ may be θ itself: x̄ is computed before θ̄ is written.
   *
   * @param thetaBar null where only x̄ is wanted
   * @param norms null, or (R, N) float64 to which ‖∂ℓ_n/∂θ‖² of this layer's parameters is added
   *     (the rule sampleGradientNorms), ȳ being what the sample's loss sends back
   */
  void backward(Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms);

  /**
   * Prepares the rules along K tangents; memory is reserved.
   *
   * <p>The layer must have been bound with {@link Wiring.Cotangents#KEPT}. May be called several
   * times, for several K.
   */
  LinearizedLayer linearize(TangentWiring wiring);

  /**
   * Prepares the inner products of per-sample gradients; memory is reserved.
   *
   * <p>The layer must have been bound with {@link Wiring.Cotangents#KEPT}.
   */
  SampleGradients sampleGradients(Arena arena);
}
