package org.noisescape.tensor;

/**
 * Element-wise non-linearities that engines have kernels for; names and formulas are PyTorch's.
 *
 * <p>The derivative is read off the value y where it is a function of it, so that y may take x's
 * place and a dense layer, convolution or normalisation can apply the function to its own output;
 * of the others, which {@linkplain #readsInput read the input}, x has to stay.
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
  SIGMOID,
  /** y = x where x > 0, else x/100; derivative 1 where y > 0, else 1/100. Maas et al. (2013). */
  LEAKY_RELU,
  /** y = ln(1 + eˣ), nowhere replaced by x; derivative σ(x), σ the sigmoid. */
  SOFTPLUS,
  /** y = x σ(x). Hendrycks and Gimpel (2016); Ramachandran, Zoph and Le (2017). */
  SILU,
  /** y = x Φ(x), Φ the distribution function of N(0, 1). Hendrycks and Gimpel (2016). */
  GELU,
  /** y = x σ(√(8/π)(x + 0.044715 x³)), which is GELU with ½(1 + tanh …) for Φ. */
  GELU_TANH;

  /** Slope of {@link #LEAKY_RELU} below zero. */
  public static final double LEAK = 0.01;

  /** Factor of x in the sigmoid's argument of {@link #GELU_TANH}. */
  public static final double GELU_LINEAR = 2 * 0.79788456080286535588;

  /** Factor of x³ there. */
  public static final double GELU_CUBIC = GELU_LINEAR * 0.044715;

  /** Whether the second derivative is zero wherever it exists. */
  public boolean isPiecewiseLinear() {
    return this == IDENTITY || this == RELU || this == LEAKY_RELU;
  }

  /** Whether the derivative is a function of x, not of y. */
  public boolean readsInput() {
    return compareTo(SOFTPLUS) >= 0;
  }
}
