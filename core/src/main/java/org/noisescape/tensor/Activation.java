package org.noisescape.tensor;

/**
 * Element-wise non-linearities whose derivative is a function of their value y, and which engines
 * have kernels for, joined with those of dense layers and convolutions.
 *
 * <p>Any other function is a layer of its own: {@code org.noisescape.nn.ElementwiseLayer}.
 */
public enum Activation {
  /** y = x. */
  IDENTITY,
  /** y = max(x, 0); derivative 1 where y > 0, else 0. */
  RELU,
  /** y = tanh x; derivative 1 − y². */
  TANH,
  /** y = 1/(1 + e^(−x)); derivative y(1 − y). */
  SIGMOID;

  /** Whether the second derivative is zero wherever it exists. */
  public boolean isPiecewiseLinear() {
    return this == IDENTITY || this == RELU;
  }
}
