package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.noisescape.tensor.Activation;

/**
 * A dense layer of one replica on a few samples whose rows lie anywhere, float32, on addresses.
 *
 * <p>The forward pass keeps {@value #UNITS} units × {@value #ROWS} samples in registers. Lanes are
 * summed by halves in a fixed order, so that every bit is defined.
 */
final class DenseKernel {
  private static final int UNITS = 5;
  private static final int ROWS = 2;

  /** Samples whose products wait for their totals together; even. */
  private static final int SAMPLES = 16;

  private static final int LANES = Float32Kernels.S.length();
  private static final int STRIDE = 4;

  private final float[] sums = new float[UNITS * SAMPLES * LANES];

  /**
   * y_n ← act(W x_n + b) for n samples.
   *
   * @param x addresses of the rows x_n
   * @param n samples
   * @param inputs I
   * @param w W (O, I)
   * @param bias b (O)
   * @param outputs O
   * @param activation act
   * @param y outputs (n, O)
   */
  void forward(
      long[] x, int n, int inputs, long w, long bias, int outputs, Activation activation, long y) {
    for (int s = 0; s < n; s += SAMPLES) {
      int end = Math.min(n, s + SAMPLES);
      int o = 0;
      for (; o + UNITS <= outputs; o += UNITS) {
        units(x, s, end, inputs, w, bias, o, outputs, y);
      }
      for (; o < outputs; o++) {
        long row = w + (long) STRIDE * o * inputs;
        float b = bias(bias, o);
        for (int k = s; k < end; k++) {
          put(y, k, o, outputs, dot(x[k], row, inputs) + b);
        }
      }
    }
    if (activation != Activation.IDENTITY) {
      Float32Kernels.activation(activation, y, y, 0, (long) n * outputs);
    }
  }

  /** Some units of some samples: all their products first, lanes apart, then all their totals. */
  private void units(
      long[] x, int first, int end, int inputs, long w, long bias, int o, int outputs, long y) {
    long stride = (long) STRIDE * inputs;
    int products = 0;
    for (int s = first; s < end; s += ROWS) {
      long other = s + 1 < end ? x[s + 1] : x[s];
      dots(x[s], other, w + o * stride, stride, inputs, products * LANES);
      products += UNITS * ROWS;
    }
    LaneTotals.of(sums, products);
    for (int u = 0; u < UNITS; u++) {
      float b = bias(bias, o + u);
      for (int s = first; s < end; s++) {
        int product = (s - first) / ROWS * UNITS * ROWS + u * ROWS + (s - first) % ROWS;
        put(y, s, o + u, outputs, sums[product] + b);
      }
    }
  }

  /**
   * x̄_n ← Wᵀ ȳ_n.
   *
   * @param yBar ȳ (n, O)
   * @param xBar x̄ (n, I), with space for a vector behind it
   */
  static void inputCotangent(long yBar, int n, int inputs, long w, int outputs, long xBar) {
    long row = (long) STRIDE * inputs;
    for (int s = 0; s < n; s++) {
      long from = yBar + (long) STRIDE * s * outputs;
      long to = xBar + s * row;
      for (int i = 0; i < inputs; i += LANES) {
        VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, inputs);
        FloatVector sum = FloatVector.zero(Float32Kernels.S);
        for (int o = 0; o < outputs; o++) {
          FloatVector factor =
              FloatVector.broadcast(Float32Kernels.S, Native.ALL.get(Native.FLOAT, from + 4L * o));
          sum = Float32Kernels.load(Float32Kernels.S, w + o * row + 4L * i, mask).fma(factor, sum);
        }
        // the end of the last vector is the next sample's beginning, which is written after it
        Float32Kernels.store(sum, to + 4L * i);
      }
    }
  }

  /**
   * Products of two samples with five rows of W, lanes apart: rows 2u and 2u + 1 of sums from at.
   */
  private void dots(long x, long z, long w, long row, int inputs, int sum) {
    FloatVector a0 = FloatVector.zero(Float32Kernels.S);
    FloatVector a1 = FloatVector.zero(Float32Kernels.S);
    FloatVector a2 = FloatVector.zero(Float32Kernels.S);
    FloatVector a3 = FloatVector.zero(Float32Kernels.S);
    FloatVector a4 = FloatVector.zero(Float32Kernels.S);
    FloatVector b0 = FloatVector.zero(Float32Kernels.S);
    FloatVector b1 = FloatVector.zero(Float32Kernels.S);
    FloatVector b2 = FloatVector.zero(Float32Kernels.S);
    FloatVector b3 = FloatVector.zero(Float32Kernels.S);
    FloatVector b4 = FloatVector.zero(Float32Kernels.S);
    int whole = inputs - inputs % LANES;
    for (int i = 0; i < whole; i += LANES) {
      long at = 4L * i;
      FloatVector p = Float32Kernels.load(x + at);
      FloatVector q = Float32Kernels.load(z + at);
      FloatVector v = Float32Kernels.load(w + at);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
      v = Float32Kernels.load(w + row + at);
      a1 = v.fma(p, a1);
      b1 = v.fma(q, b1);
      v = Float32Kernels.load(w + 2 * row + at);
      a2 = v.fma(p, a2);
      b2 = v.fma(q, b2);
      v = Float32Kernels.load(w + 3 * row + at);
      a3 = v.fma(p, a3);
      b3 = v.fma(q, b3);
      v = Float32Kernels.load(w + 4 * row + at);
      a4 = v.fma(p, a4);
      b4 = v.fma(q, b4);
    }
    a0.intoArray(sums, sum);
    b0.intoArray(sums, sum + LANES);
    a1.intoArray(sums, sum + 2 * LANES);
    b1.intoArray(sums, sum + 3 * LANES);
    a2.intoArray(sums, sum + 4 * LANES);
    b2.intoArray(sums, sum + 5 * LANES);
    a3.intoArray(sums, sum + 6 * LANES);
    b3.intoArray(sums, sum + 7 * LANES);
    a4.intoArray(sums, sum + 8 * LANES);
    b4.intoArray(sums, sum + 9 * LANES);
    for (int i = whole; i < inputs; i++) {
      float p = Native.ALL.get(Native.FLOAT, x + 4L * i);
      float q = Native.ALL.get(Native.FLOAT, z + 4L * i);
      int lane = sum + i - whole;
      for (int u = 0; u < UNITS; u++) {
        float v = Native.ALL.get(Native.FLOAT, w + u * row + 4L * i);
        sums[2 * u * LANES + lane] = Math.fma(v, p, sums[2 * u * LANES + lane]);
        sums[(2 * u + 1) * LANES + lane] = Math.fma(v, q, sums[(2 * u + 1) * LANES + lane]);
      }
    }
  }

  private static float dot(long x, long w, int inputs) {
    FloatVector sum = FloatVector.zero(Float32Kernels.S);
    int whole = inputs - inputs % LANES;
    for (int i = 0; i < whole; i += LANES) {
      sum = Float32Kernels.load(w + 4L * i).fma(Float32Kernels.load(x + 4L * i), sum);
    }
    if (whole < inputs) {
      VectorMask<Float> rest = Float32Kernels.S.indexInRange(whole, inputs);
      FloatVector last = Float32Kernels.load(Float32Kernels.S, w + 4L * whole, rest);
      sum = last.fma(Float32Kernels.load(Float32Kernels.S, x + 4L * whole, rest), sum);
    }
    return Float32Kernels.total(sum);
  }

  private static float bias(long bias, int o) {
    return Native.ALL.get(Native.FLOAT, bias + 4L * o);
  }

  private static void put(long y, int sample, int unit, int outputs, float value) {
    Native.ALL.set(Native.FLOAT, y + 4L * ((long) sample * outputs + unit), value);
  }
}
