package org.noisescape.testing;

import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.DType;

/**
 * Expected size of rounding errors in the passes of a network.
 *
 * <p>A sum of n products, taken in blocks, has a relative error near ε√log₂ n (Higham 2002, section
 * 4.2, with random signs); L layers one after the other, forward and backward, make it ε√(2L log₂
 * n). The margin is for cancellation and for the transforms of Winograd's algorithm.
 */
public final class Rounding {
  private static final double MARGIN = 8;

  private Rounding() {}

  /** Relative error of outputs, gradients and norms, on the scale of the per-sample gradients. */
  public static double relative(Network network, DType dtype) {
    int layers = 0;
    int terms = 2;
    for (ParameterSpec parameter : network.parameters()) {
      if (parameter.isWeight()) {
        layers++;
        terms = Math.max(terms, Math.max(parameter.fanIn(), parameter.fanOut()));
      }
    }
    return MARGIN * Vectors.epsilon(dtype) * Math.sqrt(2 * layers * Math.log(terms) / Math.log(2));
  }
}
