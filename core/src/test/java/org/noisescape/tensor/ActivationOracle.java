package org.noisescape.tensor;

/** Activations of one number in float64. */
final class ActivationOracle {
  private ActivationOracle() {}

  static double value(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
    };
  }

  /** The derivative from the value y. */
  static double derivative(Activation activation, double y) {
    return switch (activation) {
      case IDENTITY -> 1;
      case RELU -> y > 0 ? 1 : 0;
      case TANH -> 1 - y * y;
      case SIGMOID -> y * (1 - y);
    };
  }
}
