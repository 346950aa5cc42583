package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;

/**
 * Sums over rows, channel by channel, of x, ẋ, ȳ, ȳ̇ and their products with d = x − μ, in float64,
 * block of rows by block of rows.
 *
 * <p>Sums of arrays that are not there are left as they are. Layout of the result: (blocks + 1,
 * KINDS, C), the last entry the total.
 */
final class ChannelSums implements Workers.Task {
  static final int D = 0;
  static final int DD = 1;
  static final int BAR = 2;
  static final int BAR_D = 3;
  static final int BAR_DOT = 4;
  static final int BAR_DOT_D = 5;
  static final int DOT = 6;
  static final int D_DOT = 7;
  static final int BAR_X_DOT = 8;
  static final int KINDS = 9;

  /** Elements of a block: an array of them lies in the second-level cache. */
  private static final int BLOCK_ELEMENTS = 1 << 14;

  private final boolean wide;
  private final int rows;
  private final int channels;
  private final int blockRows;
  private long x;
  private long mean;
  private long xDot;
  private long yBar;
  private long yBarDot;
  private long target;

  ChannelSums(boolean wide, int rows, int channels) {
    this.wide = wide;
    this.rows = rows;
    this.channels = channels;
    this.blockRows = Math.max(1, BLOCK_ELEMENTS / channels);
  }

  /** The same over the first rows only, in one block. */
  ChannelSums ofRows(int count) {
    return new ChannelSums(wide, count, channels);
  }

  int blocks() {
    return (rows + blockRows - 1) / blockRows;
  }

  /** Addresses of one replica; 0 for what is not there. */
  void arrays(long rowsOfX, long means, long rowsOfDot, long rowsOfBar, long rowsOfBarDot) {
    x = rowsOfX;
    mean = means;
    xDot = rowsOfDot;
    yBar = rowsOfBar;
    yBarDot = rowsOfBarDot;
  }

  /** Where sums go. */
  void into(long address) {
    target = address;
  }

  /** All blocks on the calling thread. */
  void run(long address) {
    target = address;
    run(0, blocks());
  }

  @Override
  public void run(long from, long to) {
    for (long block = from; block < to; block++) {
      int first = (int) block * blockRows;
      int last = Math.min(rows, first + blockRows);
      long out = target + 8 * block * KINDS * channels;
      if (xDot == 0 && yBar == 0) {
        moments(first, last, out);
      }
      if (xDot != 0) {
        centred(xDot, first, last, out, DOT);
      }
      if (yBar != 0) {
        centred(yBar, first, last, out, BAR);
      }
      if (yBarDot != 0) {
        centred(yBarDot, first, last, out, BAR_DOT);
      }
      if (xDot != 0 && yBar != 0) {
        products(yBar, xDot, first, last, out);
      }
    }
  }

  /** Adds the blocks; the address of the totals. */
  long total(long address) {
    long total = address + 8L * blocks() * KINDS * channels;
    for (int i = 0; i < KINDS * channels; i++) {
      double sum = 0;
      for (int block = 0; block < blocks(); block++) {
        sum += Wide.get(address, (long) block * KINDS * channels + i);
      }
      Wide.set(total, i, sum);
    }
    return total;
  }

  /** Σ d and Σ d². */
  private void moments(int first, int last, long out) {
    int lanes = DoubleLanes.D.length();
    int c = 0;
    for (; c + lanes <= channels; c += lanes) {
      DoubleVector mu = DoubleLanes.doubles(mean, c);
      DoubleVector plain = DoubleVector.zero(DoubleLanes.D);
      DoubleVector square = plain;
      for (long m = first; m < last; m++) {
        DoubleVector d = DoubleLanes.load(wide, x, m * channels + c).sub(mu);
        plain = plain.add(d);
        square = d.fma(d, square);
      }
      DoubleLanes.store(plain, true, out, (long) D * channels + c);
      DoubleLanes.store(square, true, out, (long) DD * channels + c);
    }
    for (; c < channels; c++) {
      double mu = Wide.get(mean, c);
      double plain = 0;
      double square = 0;
      for (long m = first; m < last; m++) {
        double d = DoubleLanes.get(wide, x, m * channels + c) - mu;
        plain += d;
        square = Math.fma(d, d, square);
      }
      Wide.set(out, (long) D * channels + c, plain);
      Wide.set(out, (long) DD * channels + c, square);
    }
  }

  /** Σ a and Σ a d, to a kind and the next. */
  private void centred(long a, int first, int last, long out, int kind) {
    int lanes = DoubleLanes.D.length();
    int c = 0;
    for (; c + lanes <= channels; c += lanes) {
      DoubleVector mu = DoubleLanes.doubles(mean, c);
      DoubleVector plain = DoubleVector.zero(DoubleLanes.D);
      DoubleVector centred = plain;
      for (long m = first; m < last; m++) {
        DoubleVector v = DoubleLanes.load(wide, a, m * channels + c);
        DoubleVector d = DoubleLanes.load(wide, x, m * channels + c).sub(mu);
        plain = plain.add(v);
        centred = v.fma(d, centred);
      }
      DoubleLanes.store(plain, true, out, (long) kind * channels + c);
      DoubleLanes.store(centred, true, out, (kind + 1L) * channels + c);
    }
    for (; c < channels; c++) {
      double mu = Wide.get(mean, c);
      double plain = 0;
      double centred = 0;
      for (long m = first; m < last; m++) {
        double v = DoubleLanes.get(wide, a, m * channels + c);
        plain += v;
        centred = Math.fma(v, DoubleLanes.get(wide, x, m * channels + c) - mu, centred);
      }
      Wide.set(out, (long) kind * channels + c, plain);
      Wide.set(out, (kind + 1L) * channels + c, centred);
    }
  }

  /** Σ a b. */
  private void products(long a, long b, int first, int last, long out) {
    int lanes = DoubleLanes.D.length();
    int c = 0;
    for (; c + lanes <= channels; c += lanes) {
      DoubleVector sum = DoubleVector.zero(DoubleLanes.D);
      for (long m = first; m < last; m++) {
        long at = m * channels + c;
        sum = DoubleLanes.load(wide, a, at).fma(DoubleLanes.load(wide, b, at), sum);
      }
      DoubleLanes.store(sum, true, out, (long) BAR_X_DOT * channels + c);
    }
    for (; c < channels; c++) {
      double sum = 0;
      for (long m = first; m < last; m++) {
        long at = m * channels + c;
        sum = Math.fma(DoubleLanes.get(wide, a, at), DoubleLanes.get(wide, b, at), sum);
      }
      Wide.set(out, (long) BAR_X_DOT * channels + c, sum);
    }
  }
}
