package org.noisescape.nn;

import org.noisescape.tensor.Tensor;

/**
 * A network over fixed memory.
 *
 * @param layer the rules
 * @param input x (R, N, D)
 * @param output f (R, N, K)
 * @param outputBar cotangent of the output, or null where bound for values only
 */
public record BoundNetwork(BoundLayer layer, Tensor input, Tensor output, Tensor outputBar) {
  /** Replicas R. */
  public int replicas() {
    return input.dim(0);
  }

  /** Samples N of one pass. */
  public int samples() {
    return input.dim(1);
  }
}
