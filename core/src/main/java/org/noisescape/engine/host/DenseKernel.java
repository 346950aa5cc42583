package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.noisescape.tensor.Activation;

/**
 * A dense layer of one replica on a few samples whose rows lie anywhere, float32, on addresses.
 *
 * <p>The forward pass keeps {@value #UNITS} units × {@value #ROWS} samples in registers; the update
 * sweeps each row of W once for every {@value #BATCH} samples, those with a zero cotangent left
 * out. Lanes are summed by halves in a fixed order, so that every bit is defined.
 */
final class DenseKernel {
  private static final int UNITS = 5;
  private static final int ROWS = 2;
  private static final int BATCH = 5;
  private static final int LANES = Float32Kernels.S.length();
  private static final int STRIDE = 4;

  private final float[] sums = new float[UNITS * ROWS * LANES];
  private final long[] live = new long[BATCH];
  private final float[] factors = new float[BATCH];

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
    long row = (long) STRIDE * inputs;
    for (int s = 0; s < n; s += ROWS) {
      boolean pair = s + 1 < n;
      long first = x[s];
      long second = pair ? x[s + 1] : first;
      int o = 0;
      for (; o + UNITS <= outputs; o += UNITS) {
        dots(first, second, w + o * row, row, inputs);
        for (int u = 0; u < UNITS; u++) {
          put(y, s, o + u, outputs, total(2 * u) + bias(bias, o + u));
          if (pair) {
            put(y, s + 1, o + u, outputs, total(2 * u + 1) + bias(bias, o + u));
          }
        }
      }
      for (; o < outputs; o++) {
        put(y, s, o, outputs, dot(first, w + o * row, inputs) + bias(bias, o));
        if (pair) {
          put(y, s + 1, o, outputs, dot(second, w + o * row, inputs) + bias(bias, o));
        }
      }
    }
    if (activation != Activation.IDENTITY) {
      Float32Kernels.activation(activation, y, y, 0, (long) n * outputs);
    }
  }

  /**
   * x̄_n ← Wᵀ ȳ_n.
   *
   * @param yBar ȳ (n, O)
   * @param xBar x̄ (n, I)
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
        Float32Kernels.store(sum, to + 4L * i, mask);
      }
    }
  }

  /**
   * W ← W + s Σ_n ȳ_n x_nᵀ, b ← b + s Σ_n ȳ_n.
   *
   * @param scale s
   */
  void update(long[] x, int n, int inputs, long w, long bias, int outputs, long yBar, float scale) {
    for (int o = 0; o < outputs; o++) {
      long row = w + (long) STRIDE * o * inputs;
      float sum = 0;
      int count = 0;
      for (int s = 0; s < n; s++) {
        float cotangent = Native.ALL.get(Native.FLOAT, yBar + 4L * (s * outputs + o));
        if (cotangent != 0) {
          sum += cotangent;
          live[count] = x[s];
          factors[count++] = scale * cotangent;
          if (count == BATCH) {
            sweep(row, inputs);
            count = 0;
          }
        }
      }
      if (count == 1) {
        add(row, inputs, live[0], factors[0]);
      } else if (count > 1) {
        // a sweep costs less than two: samples of factor 0 change nothing
        for (int c = count; c < BATCH; c++) {
          live[c] = live[0];
          factors[c] = 0;
        }
        sweep(row, inputs);
      }
      long at = bias + 4L * o;
      Native.ALL.set(Native.FLOAT, at, Math.fma(scale, sum, Native.ALL.get(Native.FLOAT, at)));
    }
  }

  private void sweep(long row, int inputs) {
    FloatVector f0 = FloatVector.broadcast(Float32Kernels.S, factors[0]);
    FloatVector f1 = FloatVector.broadcast(Float32Kernels.S, factors[1]);
    FloatVector f2 = FloatVector.broadcast(Float32Kernels.S, factors[2]);
    FloatVector f3 = FloatVector.broadcast(Float32Kernels.S, factors[3]);
    FloatVector f4 = FloatVector.broadcast(Float32Kernels.S, factors[4]);
    long x0 = live[0];
    long x1 = live[1];
    long x2 = live[2];
    long x3 = live[3];
    long x4 = live[4];
    int whole = inputs - inputs % LANES;
    for (int i = 0; i < whole; i += LANES) {
      long at = 4L * i;
      FloatVector w = Float32Kernels.load(row + at);
      w = Float32Kernels.load(x0 + at).fma(f0, w);
      w = Float32Kernels.load(x1 + at).fma(f1, w);
      w = Float32Kernels.load(x2 + at).fma(f2, w);
      w = Float32Kernels.load(x3 + at).fma(f3, w);
      w = Float32Kernels.load(x4 + at).fma(f4, w);
      Float32Kernels.store(w, row + at);
    }
    for (int i = whole; i < inputs; i++) {
      long at = 4L * i;
      float w = Native.ALL.get(Native.FLOAT, row + at);
      for (int c = 0; c < BATCH; c++) {
        w = Math.fma(Native.ALL.get(Native.FLOAT, live[c] + at), factors[c], w);
      }
      Native.ALL.set(Native.FLOAT, row + at, w);
    }
  }

  private static void add(long row, int inputs, long x, float factor) {
    FloatVector f = FloatVector.broadcast(Float32Kernels.S, factor);
    int whole = inputs - inputs % LANES;
    for (int i = 0; i < whole; i += LANES) {
      long at = 4L * i;
      Float32Kernels.store(
          Float32Kernels.load(x + at).fma(f, Float32Kernels.load(row + at)), row + at);
    }
    for (int i = whole; i < inputs; i++) {
      long at = 4L * i;
      float w = Native.ALL.get(Native.FLOAT, row + at);
      Native.ALL.set(
          Native.FLOAT, row + at, Math.fma(Native.ALL.get(Native.FLOAT, x + at), factor, w));
    }
  }

  /** Products of two samples with five rows of W, lanes apart: rows 2u and 2u + 1 of the sums. */
  private void dots(long x, long z, long w, long row, int inputs) {
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
    a0.intoArray(sums, 0);
    b0.intoArray(sums, LANES);
    a1.intoArray(sums, 2 * LANES);
    b1.intoArray(sums, 3 * LANES);
    a2.intoArray(sums, 4 * LANES);
    b2.intoArray(sums, 5 * LANES);
    a3.intoArray(sums, 6 * LANES);
    b3.intoArray(sums, 7 * LANES);
    a4.intoArray(sums, 8 * LANES);
    b4.intoArray(sums, 9 * LANES);
    for (int i = whole; i < inputs; i++) {
      float p = Native.ALL.get(Native.FLOAT, x + 4L * i);
      float q = Native.ALL.get(Native.FLOAT, z + 4L * i);
      int lane = i - whole;
      for (int u = 0; u < UNITS; u++) {
        float v = Native.ALL.get(Native.FLOAT, w + u * row + 4L * i);
        sums[2 * u * LANES + lane] = Math.fma(v, p, sums[2 * u * LANES + lane]);
        sums[(2 * u + 1) * LANES + lane] = Math.fma(v, q, sums[(2 * u + 1) * LANES + lane]);
      }
    }
  }

  private float dot(long x, long w, int inputs) {
    FloatVector sum = FloatVector.zero(Float32Kernels.S);
    int whole = inputs - inputs % LANES;
    for (int i = 0; i < whole; i += LANES) {
      sum = Float32Kernels.load(w + 4L * i).fma(Float32Kernels.load(x + 4L * i), sum);
    }
    sum.intoArray(sums, 0);
    for (int i = whole; i < inputs; i++) {
      float v = Native.ALL.get(Native.FLOAT, w + 4L * i);
      sums[i - whole] = Math.fma(v, Native.ALL.get(Native.FLOAT, x + 4L * i), sums[i - whole]);
    }
    return total(0);
  }

  private float total(int row) {
    return Float32Kernels.total(FloatVector.fromArray(Float32Kernels.S, sums, row * LANES));
  }

  private static float bias(long bias, int o) {
    return Native.ALL.get(Native.FLOAT, bias + 4L * o);
  }

  private static void put(long y, int sample, int unit, int outputs, float value) {
    Native.ALL.set(Native.FLOAT, y + 4L * ((long) sample * outputs + unit), value);
  }
}
