package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.noisescape.tensor.Activation;

/** float32 tangents of activations by the Vector API, on addresses. */
final class SingleTangents {
  /** Rows whose float32 sum is taken before it is added to the column's. */
  private static final int ROWS = 64;

  private SingleTangents() {}

  /** ẏ ← act′(y)·ẏ, or act′(y)·(ẏ + ḃ) with elements of one row where ḃ's address is not 0. */
  static void activation(
      Activation activation, long y, long biasDot, long yDot, long from, long to) {
    if (activation == Activation.IDENTITY && biasDot == 0) {
      return;
    }
    long i = from;
    for (; i + Single.S.length() <= to; i += Single.S.length()) {
      FloatVector v = Single.load(yDot + 4 * i);
      v = biasDot == 0 ? v : v.add(Single.load(biasDot + 4 * i));
      Single.store(Single.derivative(activation, Single.load(y + 4 * i), v), yDot + 4 * i);
    }
    if (i < to) {
      VectorMask<Float> mask = Single.S.indexInRange(i, to);
      FloatVector v = Single.load(Single.S, yDot + 4 * i, mask);
      v = biasDot == 0 ? v : v.add(Single.load(Single.S, biasDot + 4 * i, mask));
      FloatVector value = Single.load(Single.S, y + 4 * i, mask);
      Single.store(Single.derivative(activation, value, v), yDot + 4 * i, mask);
    }
  }

  /** ȳ̇ ← ȳ̇·act′(y) + ȳ·ẏ·(d act′/dy) on elements from … to. */
  static void activationBackward(
      Activation activation, long y, long yDot, long yBar, long yBarDot, long from, long to) {
    if (activation == Activation.IDENTITY) {
      return;
    }
    for (long i = from; i < to; i += Single.S.length()) {
      VectorMask<Float> mask = Single.S.indexInRange(i, to);
      FloatVector v =
          backward(activation, y + 4 * i, yDot + 4 * i, yBar + 4 * i, yBarDot + 4 * i, mask);
      Single.store(v, yBarDot + 4 * i, mask);
    }
  }

  /** As activationBackward, with b̄̇ ← (b̄̇ +) Σ_m ȳ̇_m, on columns from … to of a matrix. */
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
    for (long c = from; c < to; c += Single.S.length()) {
      VectorMask<Float> mask = Single.S.indexInRange(c, to);
      FloatVector total = FloatVector.zero(Single.S);
      for (long first = 0; first < rows; first += ROWS) {
        FloatVector sum = FloatVector.zero(Single.S);
        for (long m = first; m < Math.min(rows, first + ROWS); m++) {
          long at = 4 * (m * columns + c);
          FloatVector v = backward(activation, y + at, yDot + at, yBar + at, yBarDot + at, mask);
          Single.store(v, yBarDot + at, mask);
          sum = sum.add(v);
        }
        total = total.add(sum);
      }
      long at = biasBarDot + 4 * c;
      Single.store(add ? total.add(Single.load(Single.S, at, mask)) : total, at, mask);
    }
  }

  private static FloatVector backward(
      Activation activation, long y, long yDot, long yBar, long yBarDot, VectorMask<Float> mask) {
    FloatVector bar = Single.load(Single.S, yBarDot, mask);
    if (activation == Activation.IDENTITY) {
      return bar;
    }
    FloatVector value = Single.load(Single.S, y, mask);
    FloatVector first = Single.derivative(activation, value, bar);
    if (activation == Activation.RELU) {
      return first;
    }
    FloatVector product = Single.load(Single.S, yBar, mask).mul(Single.load(Single.S, yDot, mask));
    FloatVector slope = activation == Activation.TANH ? value.mul(-2f) : value.mul(-2f).add(1f);
    return product.fma(slope, first);
  }
}
