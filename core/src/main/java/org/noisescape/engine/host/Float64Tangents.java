package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;

/** float64 tangents of activations, scalar as {@link Float64Kernels}. */
final class Float64Tangents {
  private Float64Tangents() {}

  static void activation(
      Activation activation, long y, long biasDot, long yDot, long from, long to) {
    for (long i = from; i < to; i++) {
      double sum =
          Float64Kernels.get(yDot, i) + (biasDot == 0 ? 0 : Float64Kernels.get(biasDot, i));
      Float64Kernels.set(
          yDot, i, Float64Kernels.derivative(activation, Float64Kernels.get(y, i), sum));
    }
  }

  static void activationBackward(
      Activation activation, long y, long yDot, long yBar, long yBarDot, long from, long to) {
    for (long i = from; i < to; i++) {
      Float64Kernels.set(yBarDot, i, backward(activation, y, yDot, yBar, yBarDot, i));
    }
  }

  static void activationBackwardBias(
      Activation activation,
      long y,
      long yDot,
      long yBar,
      long yBarDot,
      long biasBarDot,
      boolean add,
      long rows,
      long columns,
      long from,
      long to) {
    for (long c = from; c < to; c++) {
      double sum = add ? Float64Kernels.get(biasBarDot, c) : 0;
      for (long m = 0; m < rows; m++) {
        long at = m * columns + c;
        double v = backward(activation, y, yDot, yBar, yBarDot, at);
        Float64Kernels.set(yBarDot, at, v);
        sum += v;
      }
      Float64Kernels.set(biasBarDot, c, sum);
    }
  }

  private static double backward(
      Activation activation, long y, long yDot, long yBar, long yBarDot, long i) {
    double value = Float64Kernels.get(y, i);
    double first = Float64Kernels.derivative(activation, value, Float64Kernels.get(yBarDot, i));
    if (activation.isPiecewiseLinear()) {
      return first;
    }
    double bend =
        switch (activation) {
          case TANH -> -2 * value;
          case SIGMOID -> 1 - 2 * value;
          default -> Float64Curves.bend(activation, value);
        };
    return first + bend * Float64Kernels.get(yBar, i) * Float64Kernels.get(yDot, i);
  }
}
