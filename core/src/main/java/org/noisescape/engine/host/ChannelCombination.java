package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.noisescape.tensor.Activation;

/**
 * out ← act(k_0 + k_1 x + k_2 ẋ + k_3 ȳ + k_4 ȳ̇) with coefficients (TERMS, C) of each channel;
 * arrays that are not there count as zero.
 *
 * <p>Block of rows by block of rows, so that what an activation takes up again lies in a cache.
 */
final class ChannelCombination implements Workers.Task {
  static final int TERMS = 5;

  /** Elements of a block. */
  private static final int BLOCK_ELEMENTS = 1 << 12;

  private final boolean wide;
  private final int channels;
  private final int blockRows;
  private final long[] arrays = new long[TERMS];

  /** The arrays that are there, and the numbers of their coefficients. */
  private final long[] present = new long[TERMS];

  private final int[] terms = new int[TERMS];
  private int count;
  private Activation activation;
  private long coefficients;
  private long out;

  ChannelCombination(boolean wide, int channels) {
    this.wide = wide;
    this.channels = channels;
    this.blockRows = Math.max(1, BLOCK_ELEMENTS / channels);
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
    count = 0;
    for (int term = 1; term < TERMS; term++) {
      if (arrays[term] != 0) {
        present[count] = arrays[term];
        terms[count++] = term;
      }
    }
  }

  @Override
  public void run(long from, long to) {
    boolean relu = activation == Activation.RELU;
    boolean later = !relu && activation != Activation.IDENTITY;
    for (long first = from; first < to; first += blockRows) {
      long last = Math.min(to, first + blockRows);
      switch (count) {
        case 1 -> one(relu, first, last);
        case 2 -> two(relu, first, last);
        default -> more(relu, first, last);
      }
      int vectors = channels - channels % DoubleLanes.D.length();
      for (int c = vectors; c < channels; c++) {
        column(relu, first, last, c);
      }
      if (later && wide) {
        Float64Kernels.activation(activation, out, out, first * channels, last * channels);
      } else if (later) {
        Float32Kernels.activation(activation, out, out, first * channels, last * channels);
      }
    }
  }

  private void one(boolean relu, long first, long last) {
    int lanes = DoubleLanes.D.length();
    long a = present[0];
    long ofA = coefficients + 8L * terms[0] * channels;
    for (long m = first; m < last; m++) {
      long at = m * channels;
      for (int c = 0; c + lanes <= channels; c += lanes) {
        DoubleVector constant = DoubleLanes.doubles(coefficients, c);
        DoubleVector v = DoubleLanes.load(wide, a, at + c);
        store(relu, v.fma(DoubleLanes.doubles(ofA, c), constant), at + c);
      }
    }
  }

  private void two(boolean relu, long first, long last) {
    int lanes = DoubleLanes.D.length();
    long a = present[0];
    long b = present[1];
    long ofA = coefficients + 8L * terms[0] * channels;
    long ofB = coefficients + 8L * terms[1] * channels;
    for (long m = first; m < last; m++) {
      long at = m * channels;
      for (int c = 0; c + lanes <= channels; c += lanes) {
        DoubleVector v = DoubleLanes.doubles(coefficients, c);
        v = DoubleLanes.load(wide, a, at + c).fma(DoubleLanes.doubles(ofA, c), v);
        v = DoubleLanes.load(wide, b, at + c).fma(DoubleLanes.doubles(ofB, c), v);
        store(relu, v, at + c);
      }
    }
  }

  /** Three or four. */
  private void more(boolean relu, long first, long last) {
    int lanes = DoubleLanes.D.length();
    boolean four = count == 4;
    long a = present[0];
    long b = present[1];
    long d = present[2];
    long e = present[3];
    long ofA = coefficients + 8L * terms[0] * channels;
    long ofB = coefficients + 8L * terms[1] * channels;
    long ofD = coefficients + 8L * terms[2] * channels;
    long ofE = coefficients + 8L * terms[3] * channels;
    for (long m = first; m < last; m++) {
      long at = m * channels;
      for (int c = 0; c + lanes <= channels; c += lanes) {
        DoubleVector v = DoubleLanes.doubles(coefficients, c);
        v = DoubleLanes.load(wide, a, at + c).fma(DoubleLanes.doubles(ofA, c), v);
        v = DoubleLanes.load(wide, b, at + c).fma(DoubleLanes.doubles(ofB, c), v);
        v = DoubleLanes.load(wide, d, at + c).fma(DoubleLanes.doubles(ofD, c), v);
        if (four) {
          v = DoubleLanes.load(wide, e, at + c).fma(DoubleLanes.doubles(ofE, c), v);
        }
        store(relu, v, at + c);
      }
    }
  }

  private void store(boolean relu, DoubleVector v, long at) {
    DoubleVector value = relu ? v.blend(0, v.compare(VectorOperators.LT, 0)) : v;
    DoubleLanes.store(value, wide, out, at);
  }

  private void column(boolean relu, long first, long last, int c) {
    double constant = Float64Kernels.get(coefficients, c);
    for (long m = first; m < last; m++) {
      long at = m * channels + c;
      double v = constant;
      for (int i = 0; i < count; i++) {
        double factor = Float64Kernels.get(coefficients, (long) terms[i] * channels + c);
        v = Math.fma(DoubleLanes.get(wide, present[i], at), factor, v);
      }
      DoubleLanes.set(wide, out, at, relu ? Math.max(v, 0) : v);
    }
  }
}
