package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;

/** float64 tangents of activations, scalar as {@link Wide}. */
final class WideTangents {
  private WideTangents() {}

  static void activation(
      Activation activation, long y, long biasDot, long yDot, long from, long to) {
    for (long i = from; i < to; i++) {
      double sum = Wide.get(yDot, i) + (biasDot == 0 ? 0 : Wide.get(biasDot, i));
      Wide.set(yDot, i, Wide.derivative(activation, Wide.get(y, i), sum));
    }
  }

  static void activationBackward(
      Activation activation, long y, long yDot, long yBar, long yBarDot, long from, long to) {
    for (long i = from; i < to; i++) {
      Wide.set(yBarDot, i, backward(activation, y, yDot, yBar, yBarDot, i));
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
      double sum = add ? Wide.get(biasBarDot, c) : 0;
      for (long m = 0; m < rows; m++) {
        long at = m * columns + c;
        double v = backward(activation, y, yDot, yBar, yBarDot, at);
        Wide.set(yBarDot, at, v);
        sum += v;
      }
      Wide.set(biasBarDot, c, sum);
    }
  }

  private static double backward(
      Activation activation, long y, long yDot, long yBar, long yBarDot, long i) {
    double value = Wide.get(y, i);
    double first = Wide.derivative(activation, value, Wide.get(yBarDot, i));
    return switch (activation) {
      case IDENTITY, RELU -> first;
      case TANH -> first - 2 * value * Wide.get(yBar, i) * Wide.get(yDot, i);
      case SIGMOID -> first + (1 - 2 * value) * Wide.get(yBar, i) * Wide.get(yDot, i);
    };
  }
}
