package org.noisescape.nn;

import java.util.function.IntFunction;
import org.noisescape.tensor.Tensor;

/**
 * Random numbers of a training pass, for layers that draw: keys of their own, and the step.
 *
 * <p>Layers take their keys in the order in which they are bound, the same for every pass over a
 * network, so that a draw is a function of (seed, layer, replica, step, place in the batch, unit).
 */
public final class LayerDraws {
  private final Tensor step;
  private final IntFunction<Tensor> keys;
  private int layers;

  /**
   * For one pass.
   *
   * @param step (2) int32, the counter of the steps
   * @param keys the keys (R, 2) int32 of the n-th layer that draws
   */
  public LayerDraws(Tensor step, IntFunction<Tensor> keys) {
    this.step = step;
    this.keys = keys;
  }

  /** The counter of the steps. */
  public Tensor step() {
    return step;
  }

  /** Keys that no other layer has. */
  public Tensor nextKeys() {
    return keys.apply(layers++);
  }
}
