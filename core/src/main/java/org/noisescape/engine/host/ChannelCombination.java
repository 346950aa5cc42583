package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.noisescape.tensor.Activation;

/**
 * out ← act(k_0 + k_1 x + k_2 ẋ + k_3 ȳ + k_4 ȳ̇) with coefficients (TERMS, C) of each channel;
 * arrays that are not there count as zero.
 */
final class ChannelCombination implements Workers.Task {
  static final int TERMS = 5;

  private final boolean wide;
  private final int channels;
  private final long[] arrays = new long[TERMS];
  private Activation activation;
  private long coefficients;
  private long out;

  ChannelCombination(boolean wide, int channels) {
    this.wide = wide;
    this.channels = channels;
  }

  /** Addresses of one replica; 0 for what is not there. */
  void arrays(
      Activation act, long factors, long x, long xDot, long yBar, long yBarDot, long result) {
    activation = act;
    coefficients = factors;
    arrays[1] = x;
    arrays[2] = xDot;
    arrays[3] = yBar;
    arrays[4] = yBarDot;
    out = result;
  }

  @Override
  public void run(long from, long to) {
    int lanes = DoubleLanes.D.length();
    boolean single = arrays[2] == 0 && arrays[3] == 0 && arrays[4] == 0;
    boolean relu = activation == Activation.RELU;
    boolean scalar = !relu && activation != Activation.IDENTITY;
    for (long m = from; m < to; m++) {
      int c = 0;
      for (; !scalar && c + lanes <= channels; c += lanes) {
        DoubleVector v = single ? affine(m, c) : sum(m, c);
        if (relu) {
          VectorMask<Double> negative = v.compare(VectorOperators.LT, 0);
          v = v.blend(0, negative);
        }
        DoubleLanes.store(v, wide, out, m * channels + c);
      }
      for (; c < channels; c++) {
        DoubleLanes.set(wide, out, m * channels + c, Wide.activate(activation, element(m, c)));
      }
    }
  }

  /** The forward pass: one array. */
  private DoubleVector affine(long m, int c) {
    DoubleVector constant = DoubleLanes.doubles(coefficients, c);
    return DoubleLanes.load(wide, arrays[1], m * channels + c)
        .fma(DoubleLanes.doubles(coefficients, (long) channels + c), constant);
  }

  private DoubleVector sum(long m, int c) {
    DoubleVector v = DoubleLanes.doubles(coefficients, c);
    for (int term = 1; term < TERMS; term++) {
      if (arrays[term] != 0) {
        DoubleVector factor = DoubleLanes.doubles(coefficients, (long) term * channels + c);
        v = DoubleLanes.load(wide, arrays[term], m * channels + c).fma(factor, v);
      }
    }
    return v;
  }

  private double element(long m, int c) {
    double v = Wide.get(coefficients, c);
    for (int term = 1; term < TERMS; term++) {
      if (arrays[term] != 0) {
        double factor = Wide.get(coefficients, (long) term * channels + c);
        v = Math.fma(DoubleLanes.get(wide, arrays[term], m * channels + c), factor, v);
      }
    }
    return v;
  }
}
