package org.noisescape.nn;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Where a bound layer reads and writes.
 *
 * @param arena where more memory may be reserved
 * @param inputShape shape of one input sample
 * @param x input (R, N, D)
 * @param y output (R, N, D′)
 * @param xBar cotangent of the input, or null where nobody needs it
 * @param yBar cotangent of the output, or null in a network bound for evaluation
 * @param cotangents whether every layer's cotangents outlive the backward pass
 * @param statistics of this layer's batch normalisations
 * @param draws random numbers of a training pass, or null in evaluation
 */
public record Wiring(
    Arena arena,
    int[] inputShape,
    Tensor x,
    Tensor y,
    Tensor xBar,
    Tensor yBar,
    Cotangents cotangents,
    BatchStatistics statistics,
    LayerDraws draws) {
  /** What becomes of the cotangents between layers. */
  public enum Cotangents {
    /** Layers take turns in two buffers. */
    REUSED,
    /** Every layer has its own. */
    KEPT
  }

  /** The engine. */
  public Engine engine() {
    return arena.engine();
  }

  /** Element type. */
  public DType dtype() {
    return x.dtype();
  }

  /** Replicas R. */
  public int replicas() {
    return x.dim(0);
  }

  /** Samples N. */
  public int samples() {
    return x.dim(1);
  }
}
