package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.noisescape.tensor.Activation;

/**
 * float32 tangents of activations by the Vector API, on addresses.
 *
 * <p>Activations that bend and read their value have act′(y) = c₀ + c₁ y − y² with constants (1, 0)
 * for tanh and (0, 1) for the sigmoid. One formula for both leaves no branch on vectors, which
 * would put them on the heap.
 */
final class Float32Tangents {
  /** Rows whose float32 sum is taken before it is added to the column's. */
  private static final int ROWS = 64;

  private Float32Tangents() {}

  /** ẏ ← act′(y)·ẏ, or act′(y)·(ẏ + ḃ) with elements of one row where ḃ's address is not 0. */
  static void activation(
      Activation activation, long y, long biasDot, long yDot, long from, long to) {
    if (biasDot != 0) {
      for (long i = from; i < to; i += Float32Kernels.S.length()) {
        VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
        FloatVector v = Float32Kernels.load(Float32Kernels.S, yDot + 4 * i, mask);
        v = v.add(Float32Kernels.load(Float32Kernels.S, biasDot + 4 * i, mask));
        Float32Kernels.store(v, yDot + 4 * i, mask);
      }
    }
    Float32Kernels.activationBackward(activation, y, yDot, from, to);
  }

  /** ȳ̇ ← ȳ̇·act′(y) + ȳ·ẏ·(d act′/dy) on elements from … to. */
  static void activationBackward(
      Activation activation, long y, long yDot, long yBar, long yBarDot, long from, long to) {
    if (activation == Activation.IDENTITY) {
      return;
    }
    if (activation.isPiecewiseLinear()) {
      Float32Kernels.activationBackward(activation, y, yBarDot, from, to);
      return;
    }
    if (activation.readsInput()) {
      Float32Curves.bend(activation, y, yDot, yBar, yBarDot, from, to);
      return;
    }
    float c0 = constant(activation);
    long i = from;
    for (; i + Float32Kernels.S.length() <= to; i += Float32Kernels.S.length()) {
      long at = 4 * i;
      Float32Kernels.store(bent(c0, y + at, yDot + at, yBar + at, yBarDot + at), yBarDot + at);
    }
    if (i < to) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      long at = 4 * i;
      Float32Kernels.store(
          bent(c0, y + at, yDot + at, yBar + at, yBarDot + at, mask), yBarDot + at, mask);
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
    if (activation.isPiecewiseLinear()) {
      Float32Kernels.activationBackwardBias(
          activation, y, yBarDot, biasBarDot, add, rows, columns, from, to);
      return;
    }
    if (activation.readsInput()) {
      for (long m = 0; m < rows; m++) {
        long row = 4 * m * columns;
        Float32Curves.bend(activation, y + row, yDot + row, yBar + row, yBarDot + row, from, to);
      }
      Float32Kernels.activationBackwardBias(
          Activation.IDENTITY, y, yBarDot, biasBarDot, add, rows, columns, from, to);
      return;
    }
    float c0 = constant(activation);
    long first = 0;
    do {
      long end = Math.min(rows, first + ROWS);
      boolean held = add || first > 0;
      for (long c = from; c < to; c += Float32Kernels.S.length()) {
        VectorMask<Float> mask = Float32Kernels.S.indexInRange(c, to);
        FloatVector sum = FloatVector.zero(Float32Kernels.S);
        for (long m = first; m < end; m++) {
          long at = 4 * (m * columns + c);
          FloatVector v = bent(c0, y + at, yDot + at, yBar + at, yBarDot + at, mask);
          Float32Kernels.store(v, yBarDot + at, mask);
          sum = sum.add(v);
        }
        long at = biasBarDot + 4 * c;
        Float32Kernels.store(
            held ? sum.add(Float32Kernels.load(Float32Kernels.S, at, mask)) : sum, at, mask);
      }
      first = end;
    } while (first < rows);
  }

  /** c₀; c₁ is 1 − c₀. */
  private static float constant(Activation activation) {
    return activation == Activation.TANH ? 1 : 0;
  }

  private static FloatVector bent(float c0, long y, long yDot, long yBar, long yBarDot) {
    FloatVector value = Float32Kernels.load(y);
    FloatVector u = FloatVector.broadcast(Float32Kernels.S, 1 - c0).sub(value);
    FloatVector product = Float32Kernels.load(yBar).mul(Float32Kernels.load(yDot));
    FloatVector derivative = u.fma(value, FloatVector.broadcast(Float32Kernels.S, c0));
    return product.fma(u.sub(value), derivative.mul(Float32Kernels.load(yBarDot)));
  }

  private static FloatVector bent(
      float c0, long y, long yDot, long yBar, long yBarDot, VectorMask<Float> mask) {
    FloatVector value = Float32Kernels.load(Float32Kernels.S, y, mask);
    FloatVector u = FloatVector.broadcast(Float32Kernels.S, 1 - c0).sub(value);
    FloatVector product =
        Float32Kernels.load(Float32Kernels.S, yBar, mask)
            .mul(Float32Kernels.load(Float32Kernels.S, yDot, mask));
    FloatVector derivative = u.fma(value, FloatVector.broadcast(Float32Kernels.S, c0));
    return product.fma(
        u.sub(value), derivative.mul(Float32Kernels.load(Float32Kernels.S, yBarDot, mask)));
  }
}
