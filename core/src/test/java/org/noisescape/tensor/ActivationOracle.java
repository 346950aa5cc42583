package org.noisescape.tensor;

import org.hipparchus.special.Erf;

/** Activations of one number in float64, each from its definition. */
final class ActivationOracle {
  private ActivationOracle() {}

  static double value(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
      case SOFTPLUS -> x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
      case SILU -> x * sigmoid(x);
      case GELU -> x * normal(x);
      case GELU_TANH -> 0.5 * x * (1 + Math.tanh(cubic(x)));
    };
  }

  /** What the derivative is a function of, rounded to float32: y, or x. */
  static double at(Activation activation, double x) {
    return (float) (activation.readsInput() ? x : value(activation, x));
  }

  /** The derivative, from y or x. */
  static double derivative(Activation activation, double at) {
    return switch (activation) {
      case IDENTITY -> 1;
      case RELU -> at > 0 ? 1 : 0;
      case TANH -> 1 - at * at;
      case SIGMOID -> at * (1 - at);
      case LEAKY_RELU -> at > 0 ? 1 : 0.01;
      case SOFTPLUS -> sigmoid(at);
      case SILU -> sigmoid(at) + at * sigmoid(at) * sigmoid(-at);
      case GELU -> normal(at) + at * density(at);
      case GELU_TANH -> {
        double t = Math.tanh(cubic(at));
        yield 0.5 * (1 + t) + 0.5 * at * (1 - t * t) * cubicSlope(at);
      }
    };
  }

  /** Its derivative by y or x. */
  static double slope(Activation activation, double at) {
    return switch (activation) {
      case IDENTITY, RELU, LEAKY_RELU -> 0;
      case TANH -> -2 * at;
      case SIGMOID -> 1 - 2 * at;
      case SOFTPLUS -> sigmoid(at) * sigmoid(-at);
      case SILU -> sigmoid(at) * sigmoid(-at) * (2 + at * (sigmoid(-at) - sigmoid(at)));
      case GELU -> density(at) * (2 - at * at);
      case GELU_TANH -> {
        double t = Math.tanh(cubic(at));
        double u = cubicSlope(at);
        double turn = 6 * 0.044715 * Math.sqrt(2 / Math.PI) * at;
        yield (1 - t * t) * (u + 0.5 * at * turn - at * t * u * u);
      }
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double normal(double x) {
    return 0.5 * Erf.erfc(-x / Math.sqrt(2));
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double cubic(double x) {
    return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  private static double cubicSlope(double x) {
    return Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  }
}
