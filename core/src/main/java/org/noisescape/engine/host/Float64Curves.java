package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;

/** float64 activations whose derivatives read the input x, scalar as {@link Float64Kernels}. */
final class Float64Curves {
  private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);

  private Float64Curves() {}

  /** f(x). */
  static double value(Activation activation, double x) {
    return switch (activation) {
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case GELU -> x * share(x);
      default -> x * sigmoid(argument(activation, x));
    };
  }

  /** f′(x). */
  static double slope(Activation activation, double x) {
    if (activation == Activation.GELU) {
      return share(x) + x * DENSITY * gauss(x);
    }
    double s = sigmoid(argument(activation, x));
    return activation == Activation.SOFTPLUS
        ? s
        : s + near(x) * s * (1 - s) * steepness(activation, near(x));
  }

  /** f″(x). */
  static double bend(Activation activation, double x) {
    if (activation == Activation.GELU) {
      return DENSITY * gauss(x) * (2 - near(x) * near(x));
    }
    double s = sigmoid(argument(activation, x));
    if (activation == Activation.SOFTPLUS) {
      return s * (1 - s);
    }
    double v = near(x);
    double steep = steepness(activation, v);
    double turn = activation == Activation.GELU_TANH ? 6 * Activation.GELU_CUBIC * v : 0;
    return s * (1 - s) * (2 * steep + v * ((1 - 2 * s) * steep * steep + turn));
  }

  /** Of the sigmoid. */
  private static double argument(Activation activation, double x) {
    return activation == Activation.GELU_TANH
        ? x * (Activation.GELU_LINEAR + Activation.GELU_CUBIC * x * x)
        : x;
  }

  private static double steepness(Activation activation, double x) {
    return activation == Activation.GELU_TANH
        ? Activation.GELU_LINEAR + 3 * Activation.GELU_CUBIC * x * x
        : 1;
  }

  /** Beyond ±745 factors of e^(−|x|) are 0, whatever they multiply. */
  private static double near(double x) {
    return Math.clamp(x, -745.0, 745.0);
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  /** e^(−x²/2), the rounding of x² made good. */
  private static double gauss(double x) {
    double y = Math.min(Math.abs(x), NormalTail.END);
    double square = y * y;
    return Math.exp(-square / 2) * (1 - Math.fma(y, y, -square) / 2);
  }

  /** Φ(x). */
  private static double share(double x) {
    double tail = gauss(x) * NormalTail.of(Math.min(Math.abs(x), NormalTail.END));
    return x < 0 ? tail : 1 - tail;
  }
}
