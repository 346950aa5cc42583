package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;

/**
 * A step of a dense layer of one replica on a few samples whose rows lie anywhere, float32, on
 * addresses: two rows of W at a time are swept once for every {@value #BATCH} samples, those with
 * zero cotangents left out.
 */
final class DenseUpdate {
  private static final int BATCH = 5;
  private static final int LANES = Float32Kernels.S.length();
  private static final int STRIDE = 4;

  private final long[] live = new long[BATCH];
  private final float[] factors = new float[BATCH];
  private final float[] nextFactors = new float[BATCH];

  /**
   * W ← W + s Σ_n ȳ_n x_nᵀ, b ← b + s Σ_n ȳ_n.
   *
   * @param x addresses of the rows x_n
   * @param n samples
   * @param inputs I
   * @param w W (O, I)
   * @param bias b (O)
   * @param outputs O
   * @param yBar ȳ (n, O)
   * @param scale s
   */
  void update(long[] x, int n, int inputs, long w, long bias, int outputs, long yBar, float scale) {
    int o = 0;
    for (; o + 1 < outputs; o += 2) {
      updatePair(x, n, inputs, w, bias, outputs, yBar, scale, o);
    }
    if (o < outputs) {
      updateLast(x, n, inputs, w, bias, outputs, yBar, scale);
    }
  }

  private void updatePair(
      long[] x, int n, int inputs, long w, long bias, int outputs, long yBar, float scale, int o) {
    long row = w + (long) STRIDE * o * inputs;
    float sum = 0;
    float nextSum = 0;
    int count = 0;
    for (int s = 0; s < n; s++) {
      long at = yBar + 4L * (s * outputs + o);
      float cotangent = Native.ALL.get(Native.FLOAT, at);
      float next = Native.ALL.get(Native.FLOAT, at + 4);
      if (cotangent != 0 || next != 0) {
        sum += cotangent;
        nextSum += next;
        live[count] = x[s];
        factors[count] = scale * cotangent;
        nextFactors[count++] = scale * next;
        if (count == BATCH) {
          sweepPair(row, inputs);
          count = 0;
        }
      }
    }
    if (count > 0) {
      fill(count);
      sweepPair(row, inputs);
    }
    step(bias + 4L * o, scale, sum);
    step(bias + 4L * o + 4, scale, nextSum);
  }

  private void updateLast(
      long[] x, int n, int inputs, long w, long bias, int outputs, long yBar, float scale) {
    int o = outputs - 1;
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
      fill(count);
      sweep(row, inputs);
    }
    step(bias + 4L * o, scale, sum);
  }

  /** A sweep of few samples costs no more than two: those of factor 0 change nothing. */
  private void fill(int count) {
    for (int c = count; c < BATCH; c++) {
      live[c] = live[0];
      factors[c] = 0;
      nextFactors[c] = 0;
    }
  }

  private static void step(long at, float scale, float sum) {
    Native.ALL.set(Native.FLOAT, at, Math.fma(scale, sum, Native.ALL.get(Native.FLOAT, at)));
  }

  private void sweepPair(long row, int inputs) {
    FloatVector f0 = FloatVector.broadcast(Float32Kernels.S, factors[0]);
    FloatVector f1 = FloatVector.broadcast(Float32Kernels.S, factors[1]);
    FloatVector f2 = FloatVector.broadcast(Float32Kernels.S, factors[2]);
    FloatVector f3 = FloatVector.broadcast(Float32Kernels.S, factors[3]);
    FloatVector f4 = FloatVector.broadcast(Float32Kernels.S, factors[4]);
    FloatVector g0 = FloatVector.broadcast(Float32Kernels.S, nextFactors[0]);
    FloatVector g1 = FloatVector.broadcast(Float32Kernels.S, nextFactors[1]);
    FloatVector g2 = FloatVector.broadcast(Float32Kernels.S, nextFactors[2]);
    FloatVector g3 = FloatVector.broadcast(Float32Kernels.S, nextFactors[3]);
    FloatVector g4 = FloatVector.broadcast(Float32Kernels.S, nextFactors[4]);
    long x0 = live[0];
    long x1 = live[1];
    long x2 = live[2];
    long x3 = live[3];
    long x4 = live[4];
    long next = row + (long) STRIDE * inputs;
    int whole = inputs - inputs % LANES;
    for (int i = 0; i < whole; i += LANES) {
      long at = 4L * i;
      FloatVector x = Float32Kernels.load(x0 + at);
      FloatVector w = x.fma(f0, Float32Kernels.load(row + at));
      FloatVector v = x.fma(g0, Float32Kernels.load(next + at));
      x = Float32Kernels.load(x1 + at);
      w = x.fma(f1, w);
      v = x.fma(g1, v);
      x = Float32Kernels.load(x2 + at);
      w = x.fma(f2, w);
      v = x.fma(g2, v);
      x = Float32Kernels.load(x3 + at);
      w = x.fma(f3, w);
      v = x.fma(g3, v);
      x = Float32Kernels.load(x4 + at);
      Float32Kernels.store(x.fma(f4, w), row + at);
      Float32Kernels.store(x.fma(g4, v), next + at);
    }
    rest(row, whole, inputs, factors);
    rest(next, whole, inputs, nextFactors);
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
    rest(row, whole, inputs, factors);
  }

  private void rest(long row, int whole, int inputs, float[] scaled) {
    for (int i = whole; i < inputs; i++) {
      long at = 4L * i;
      float w = Native.ALL.get(Native.FLOAT, row + at);
      for (int c = 0; c < BATCH; c++) {
        w = Math.fma(Native.ALL.get(Native.FLOAT, live[c] + at), scaled[c], w);
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
}
