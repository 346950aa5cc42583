package org.noisescape.engine.host;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums over rows, channel by channel, of x, ẋ, ȳ, ȳ̇ and their products with d = x − μ, in float64,
 * block of rows by block of rows.
 *
 * <p>Sums of arrays that are not there are left as they are. An array a kind: the totals, and
 * behind them what the blocks gave where there are several.
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
  private static final int KINDS = 10;

  /** Elements of a block: an array of them lies in the second-level cache. */
  private static final int BLOCK_ELEMENTS = 1 << 12;

  private final boolean wide;
  private final int rows;
  private final int channels;
  private final int stride;
  private final int blockRows;
  private final double[] mean;
  private final LaneTail tail;
  private final double[] zeros;
  private final double[][] sums;
  private long x;
  private long xDot;
  private long yBar;
  private long yBarDot;

  /**
   * Of rows (M, C).
   *
   * @param mean μ of the channels, which may change from sum to sum
   */
  ChannelSums(boolean wide, int rows, int channels, double[] mean) {
    this.wide = wide;
    this.rows = rows;
    this.channels = channels;
    this.stride = DoubleLanes.padded(channels);
    this.blockRows = Math.max(1, BLOCK_ELEMENTS / channels);
    this.mean = mean;
    this.tail = new LaneTail(channels);
    this.zeros = new double[stride];
    this.sums = new double[KINDS][(blocks() == 1 ? 1 : 1 + blocks()) * stride];
  }

  int rows() {
    return rows;
  }

  int blocks() {
    return (rows + blockRows - 1) / blockRows;
  }

  /** The totals of a kind, once they are found. */
  double[] of(int kind) {
    return sums[kind];
  }

  /** Addresses of one replica; 0 for what is not there. */
  void arrays(long rowsOfX, long rowsOfDot, long rowsOfBar, long rowsOfBarDot) {
    x = rowsOfX;
    xDot = rowsOfDot;
    yBar = rowsOfBar;
    yBarDot = rowsOfBarDot;
  }

  @Override
  public void run(long from, long to) {
    for (long block = from; block < to; block++) {
      int first = (int) block * blockRows;
      int last = Math.min(rows, first + blockRows);
      int out = blocks() == 1 ? 0 : (int) (block + 1) * stride;
      if (xDot == 0 && yBar == 0) {
        moments(first, last, out);
      }
      if (xDot != 0) {
        products(xDot, x, mean, first, last, out, DOT);
      }
      if (yBar != 0) {
        products(yBar, x, mean, first, last, out, BAR);
      }
      if (yBarDot != 0) {
        products(yBarDot, x, mean, first, last, out, BAR_DOT);
      }
      if (xDot != 0 && yBar != 0) {
        products(xDot, yBar, zeros, first, last, out, AGAIN);
      }
    }
  }

  /** Adds the blocks, one after another. */
  void total() {
    for (int kind = 0; blocks() > 1 && kind < KINDS; kind++) {
      if (has(kind)) {
        add(sums[kind]);
      }
    }
  }

  private void add(double[] sum) {
    Arrays.fill(sum, 0, stride, 0);
    for (int at = stride; at < sum.length; at += stride) {
      for (int c = 0; c < channels; c++) {
        sum[c] += sum[at + c];
      }
    }
  }

  private boolean has(int kind) {
    return switch (kind) {
      case D, DD -> xDot == 0 && yBar == 0;
      case DOT, D_DOT -> xDot != 0;
      case AGAIN, BAR_X_DOT -> xDot != 0 && yBar != 0;
      case BAR_DOT, BAR_DOT_D -> yBarDot != 0;
      default -> yBar != 0;
    };
  }

  /** Σ d and Σ d². */
  private void moments(int first, int last, int out) {
    if (last - first == 1) {
      momentRow(x + (wide ? 8L : 4L) * first * channels, out);
      return;
    }
    int lanes = DoubleLanes.D.length();
    for (int i = 0; lanes <= channels && i < channels; i += lanes) {
      momentLanes(first, last, Math.min(i, channels - lanes), out);
    }
    for (int c = 0; lanes > channels && c < channels; c++) {
      double plain = 0;
      double square = 0;
      for (long m = first; m < last; m++) {
        double d = DoubleLanes.get(wide, x, m * channels + c) - mean[c];
        plain += d;
        square = Math.fma(d, d, square);
      }
      sums[D][out + c] = plain;
      sums[DD][out + c] = square;
    }
  }

  private void momentRow(long row, int out) {
    int c = 0;
    for (; c < tail.from(); c += DoubleLanes.D.length()) {
      DoubleVector d = DoubleLanes.load(wide, row, c).sub(of(mean, c));
      d.intoArray(sums[D], out + c);
      d.mul(d).intoArray(sums[DD], out + c);
    }
    if (c < channels) {
      DoubleVector d = tail.load(wide, row, c).sub(of(mean, c));
      d.intoArray(sums[D], out + c);
      d.mul(d).intoArray(sums[DD], out + c);
    }
  }

  /** Rows in turn to four sums, so that additions need not wait for each other. */
  private void momentLanes(int first, int last, int c, int out) {
    DoubleVector mu = of(mean, c);
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
    p0.add(p1).add(p2.add(p3)).intoArray(sums[D], out + c);
    q0.add(q1).add(q2.add(q3)).intoArray(sums[DD], out + c);
  }

  /** Σ a and Σ a (b − μ), to a kind and the next; μ from an array, zeros for none. */
  private void products(long a, long b, double[] mu, int first, int last, int out, int kind) {
    if (last - first == 1) {
      long skip = (wide ? 8L : 4L) * first * channels;
      productRow(a + skip, b + skip, mu, out, kind);
      return;
    }
    int lanes = DoubleLanes.D.length();
    for (int i = 0; lanes <= channels && i < channels; i += lanes) {
      productLanes(a, b, mu, first, last, Math.min(i, channels - lanes), out, kind);
    }
    for (int c = 0; lanes > channels && c < channels; c++) {
      double plain = 0;
      double product = 0;
      for (long m = first; m < last; m++) {
        double v = DoubleLanes.get(wide, a, m * channels + c);
        plain += v;
        product = Math.fma(v, DoubleLanes.get(wide, b, m * channels + c) - mu[c], product);
      }
      sums[kind][out + c] = plain;
      sums[kind + 1][out + c] = product;
    }
  }

  private void productRow(long a, long b, double[] mu, int out, int kind) {
    double[] plain = sums[kind];
    double[] product = sums[kind + 1];
    int c = 0;
    for (; c < tail.from(); c += DoubleLanes.D.length()) {
      DoubleVector v = DoubleLanes.load(wide, a, c);
      v.intoArray(plain, out + c);
      DoubleLanes.load(wide, b, c).sub(of(mu, c)).mul(v).intoArray(product, out + c);
    }
    if (c < channels) {
      DoubleVector v = tail.load(wide, a, c);
      v.intoArray(plain, out + c);
      tail.load(wide, b, c).sub(of(mu, c)).mul(v).intoArray(product, out + c);
    }
  }

  private static DoubleVector of(double[] values, int c) {
    return DoubleVector.fromArray(DoubleLanes.D, values, c);
  }

  private void productLanes(
      long a, long b, double[] mu, int first, int last, int c, int out, int kind) {
    DoubleVector centre = of(mu, c);
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
      DoubleVector v0 = DoubleLanes.load(wide, a, at);
      DoubleVector v1 = DoubleLanes.load(wide, a, at + channels);
      DoubleVector v2 = DoubleLanes.load(wide, a, at + 2L * channels);
      DoubleVector v3 = DoubleLanes.load(wide, a, at + 3L * channels);
      p0 = p0.add(v0);
      p1 = p1.add(v1);
      p2 = p2.add(v2);
      p3 = p3.add(v3);
      q0 = v0.fma(DoubleLanes.load(wide, b, at).sub(centre), q0);
      q1 = v1.fma(DoubleLanes.load(wide, b, at + channels).sub(centre), q1);
      q2 = v2.fma(DoubleLanes.load(wide, b, at + 2L * channels).sub(centre), q2);
      q3 = v3.fma(DoubleLanes.load(wide, b, at + 3L * channels).sub(centre), q3);
    }
    for (; m < last; m++) {
      long at = (long) m * channels + c;
      DoubleVector v = DoubleLanes.load(wide, a, at);
      p0 = p0.add(v);
      q0 = v.fma(DoubleLanes.load(wide, b, at).sub(centre), q0);
    }
    p0.add(p1).add(p2.add(p3)).intoArray(sums[kind], out + c);
    q0.add(q1).add(q2.add(q3)).intoArray(sums[kind + 1], out + c);
  }
}
