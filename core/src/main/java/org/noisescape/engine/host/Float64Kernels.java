package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Elementwise;

/** float64 kernels, scalar: float64 serves checks, where speed is second. */
final class Float64Kernels {
  private Float64Kernels() {}

  static double get(long address, long i) {
    return Native.ALL.get(Native.DOUBLE, address + 8 * i);
  }

  static void set(long address, long i, double value) {
    Native.ALL.set(Native.DOUBLE, address + 8 * i, value);
  }

  static void axpby(double alpha, long x, double beta, long y, long from, long to) {
    for (long i = from; i < to; i++) {
      double v = alpha * get(x, i);
      set(y, i, beta == 0 ? v : Math.fma(get(y, i), beta, v));
    }
  }

  static double activate(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case LEAKY_RELU -> Math.max(x, Activation.LEAK * x);
      default -> Float64Curves.value(activation, x);
    };
  }

  /** ȳ·act′ from the value y, or from the input where act reads that. */
  static double derivative(Activation activation, double y, double yBar) {
    return switch (activation) {
      case IDENTITY -> yBar;
      case RELU -> y > 0 ? yBar : 0;
      case TANH -> yBar * (1 - y * y);
      case SIGMOID -> yBar * y * (1 - y);
      case LEAKY_RELU -> y > 0 ? yBar : Activation.LEAK * yBar;
      default -> yBar * Float64Curves.slope(activation, y);
    };
  }

  static void elementwise(Elementwise operation, long a, long b, long out, long from, long to) {
    for (long i = from; i < to; i++) {
      double x = get(a, i);
      double value =
          switch (operation) {
            case MULTIPLY -> x * get(b, i);
            case DIVIDE -> x / get(b, i);
            case SQRT -> Math.sqrt(x);
            case SIGN -> Math.signum(x);
          };
      set(out, i, value);
    }
  }

  static void biasActivation(Activation activation, long bias, long x, int columns) {
    for (int i = 0; i < columns; i++) {
      set(x, i, activate(activation, get(x, i) + get(bias, i)));
    }
  }

  static void activation(Activation activation, long x, long y, long from, long to) {
    for (long i = from; i < to; i++) {
      set(y, i, activate(activation, get(x, i)));
    }
  }

  static void activationBackward(Activation activation, long y, long yBar, long from, long to) {
    for (long i = from; i < to; i++) {
      set(yBar, i, derivative(activation, get(y, i), get(yBar, i)));
    }
  }

  static void activationBackwardBias(
      Activation activation,
      long y,
      long yBar,
      long biasBar,
      boolean add,
      long rows,
      long columns,
      long from,
      long to) {
    for (long c = from; c < to; c++) {
      double sum = add ? get(biasBar, c) : 0;
      for (long m = 0; m < rows; m++) {
        long at = m * columns + c;
        double v = derivative(activation, get(y, at), get(yBar, at));
        set(yBar, at, v);
        sum += v;
      }
      set(biasBar, c, sum);
    }
  }

  /** out ← out + (offset + a) b. */
  static void addProducts(double offset, long a, long b, long out, long from, long to) {
    for (long i = from; i < to; i++) {
      set(out, i, Math.fma(offset + get(a, i), get(b, i), get(out, i)));
    }
  }

  static double dot(long x, long y, long from, long to) {
    double sum = 0;
    for (long i = from; i < to; i++) {
      sum = Math.fma(get(x, i), get(y, i), sum);
    }
    return sum;
  }
}
