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

  /** Σ ẋ once more, which comes with the next. */
  private static final int AGAIN = 8;

  static final int BAR_X_DOT = 9;
  static final int KINDS = 10;

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

  int rows() {
    return rows;
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
        products(xDot, x, true, first, last, out, DOT);
      }
      if (yBar != 0) {
        products(yBar, x, true, first, last, out, BAR);
      }
      if (yBarDot != 0) {
        products(yBarDot, x, true, first, last, out, BAR_DOT);
      }
      if (xDot != 0 && yBar != 0) {
        products(xDot, yBar, false, first, last, out, AGAIN);
      }
    }
  }

  /** Adds the blocks, one after another; the address of the totals, that of a single one. */
  long total(long address) {
    if (blocks() == 1) {
      return address;
    }
    long total = address + 8L * blocks() * KINDS * channels;
    for (int kind = 0; kind < KINDS; kind++) {
      for (int c = 0; has(kind) && c < channels; c++) {
        long at = (long) kind * channels + c;
        double sum = 0;
        for (int block = 0; block < blocks(); block++) {
          sum += Float64Kernels.get(address, (long) block * KINDS * channels + at);
        }
        Float64Kernels.set(total, at, sum);
      }
    }
    return total;
  }

  private boolean has(int kind) {
    return switch (kind) {
      case D, DD -> xDot == 0 && yBar == 0;
      case DOT, D_DOT -> xDot != 0;
      case BAR_X_DOT -> xDot != 0 && yBar != 0;
      case BAR_DOT, BAR_DOT_D -> yBarDot != 0;
      default -> yBar != 0;
    };
  }

  /** Σ d and Σ d². */
  private void moments(int first, int last, long out) {
    int lanes = DoubleLanes.D.length();
    for (int i = 0; lanes <= channels && i < channels; i += lanes) {
      momentLanes(first, last, Math.min(i, channels - lanes), out);
    }
    for (int c = 0; lanes > channels && c < channels; c++) {
      double mu = Float64Kernels.get(mean, c);
      double plain = 0;
      double square = 0;
      for (long m = first; m < last; m++) {
        double d = DoubleLanes.get(wide, x, m * channels + c) - mu;
        plain += d;
        square = Math.fma(d, d, square);
      }
      Float64Kernels.set(out, (long) D * channels + c, plain);
      Float64Kernels.set(out, (long) DD * channels + c, square);
    }
  }

  /** Rows in turn to four sums, so that additions need not wait for each other. */
  private void momentLanes(int first, int last, int c, long out) {
    DoubleVector mu = DoubleLanes.doubles(mean, c);
    DoubleVector p0 = DoubleVector.zero(DoubleLanes.D);
    DoubleVector p1 = p0;
    DoubleVector p2 = p0;
    DoubleVector p3 = p0;
    DoubleVector q0 = p0;
    DoubleVector q1 = p0;
    DoubleVector q2 = p0;
    DoubleVector q3 = p0;
    int m = first;
    for (; m + 4 <= last; m += 4) {
      long at = (long) m * channels + c;
      DoubleVector d0 = DoubleLanes.load(wide, x, at).sub(mu);
      DoubleVector d1 = DoubleLanes.load(wide, x, at + channels).sub(mu);
      DoubleVector d2 = DoubleLanes.load(wide, x, at + 2L * channels).sub(mu);
      DoubleVector d3 = DoubleLanes.load(wide, x, at + 3L * channels).sub(mu);
      p0 = p0.add(d0);
      p1 = p1.add(d1);
      p2 = p2.add(d2);
      p3 = p3.add(d3);
      q0 = d0.fma(d0, q0);
      q1 = d1.fma(d1, q1);
      q2 = d2.fma(d2, q2);
      q3 = d3.fma(d3, q3);
    }
    for (; m < last; m++) {
      DoubleVector d = DoubleLanes.load(wide, x, (long) m * channels + c).sub(mu);
      p0 = p0.add(d);
      q0 = d.fma(d, q0);
    }
    DoubleLanes.store(p0.add(p1).add(p2.add(p3)), true, out, (long) D * channels + c);
    DoubleLanes.store(q0.add(q1).add(q2.add(q3)), true, out, (long) DD * channels + c);
  }

  /** Σ a and Σ a (b − μ), to a kind and the next; without μ where it is not there. */
  private void products(long a, long b, boolean centred, int first, int last, long out, int kind) {
    int lanes = DoubleLanes.D.length();
    for (int i = 0; lanes <= channels && i < channels; i += lanes) {
      productLanes(a, b, centred, first, last, Math.min(i, channels - lanes), out, kind);
    }
    for (int c = 0; lanes > channels && c < channels; c++) {
      double mu = centred ? Float64Kernels.get(mean, c) : 0;
      double plain = 0;
      double product = 0;
      for (long m = first; m < last; m++) {
        double v = DoubleLanes.get(wide, a, m * channels + c);
        plain += v;
        product = Math.fma(v, DoubleLanes.get(wide, b, m * channels + c) - mu, product);
      }
      Float64Kernels.set(out, (long) kind * channels + c, plain);
      Float64Kernels.set(out, (kind + 1L) * channels + c, product);
    }
  }

  private void productLanes(
      long a, long b, boolean centred, int first, int last, int c, long out, int kind) {
    DoubleVector p0 = DoubleVector.zero(DoubleLanes.D);
    DoubleVector mu = centred ? DoubleLanes.doubles(mean, c) : p0;
    DoubleVector p1 = p0;
    DoubleVector p2 = p0;
    DoubleVector p3 = p0;
    DoubleVector q0 = p0;
    DoubleVector q1 = p0;
    DoubleVector q2 = p0;
    DoubleVector q3 = p0;
    int m = first;
    for (; m + 4 <= last; m += 4) {
      long at = (long) m * channels + c;
      DoubleVector v0 = DoubleLanes.load(wide, a, at);
      DoubleVector v1 = DoubleLanes.load(wide, a, at + channels);
      DoubleVector v2 = DoubleLanes.load(wide, a, at + 2L * channels);
      DoubleVector v3 = DoubleLanes.load(wide, a, at + 3L * channels);
      p0 = p0.add(v0);
      p1 = p1.add(v1);
      p2 = p2.add(v2);
      p3 = p3.add(v3);
      q0 = v0.fma(DoubleLanes.load(wide, b, at).sub(mu), q0);
      q1 = v1.fma(DoubleLanes.load(wide, b, at + channels).sub(mu), q1);
      q2 = v2.fma(DoubleLanes.load(wide, b, at + 2L * channels).sub(mu), q2);
      q3 = v3.fma(DoubleLanes.load(wide, b, at + 3L * channels).sub(mu), q3);
    }
    for (; m < last; m++) {
      long at = (long) m * channels + c;
      DoubleVector v = DoubleLanes.load(wide, a, at);
      p0 = p0.add(v);
      q0 = v.fma(DoubleLanes.load(wide, b, at).sub(mu), q0);
    }
    DoubleLanes.store(p0.add(p1).add(p2.add(p3)), true, out, (long) kind * channels + c);
    DoubleLanes.store(q0.add(q1).add(q2.add(q3)), true, out, (kind + 1L) * channels + c);
  }
}
