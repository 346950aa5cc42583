package org.noisescape.engine.host;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums over rows, channel by channel, of x, ẋ, ȳ, ȳ̇ and their products with d = x − μ, in float64,
 * block of rows by block of rows.
 *
 * <p>Sums of arrays that are not there are left as they are. An array a kind: the totals, and behind
 * them what the blocks gave where there are several.
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
        products(x, mean, x, mean, first, last, out, D);
      }
      if (xDot != 0) {
        products(xDot, zeros, x, mean, first, last, out, DOT);
      }
      if (yBar != 0) {
        products(yBar, zeros, x, mean, first, last, out, BAR);
      }
      if (yBarDot != 0) {
        products(yBarDot, zeros, x, mean, first, last, out, BAR_DOT);
      }
      if (xDot != 0 && yBar != 0) {
        products(xDot, zeros, yBar, zeros, first, last, out, AGAIN);
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

  /** Σ (a − α) and Σ (a − α)(b − β) with numbers α, β of the channels, to a kind and the next. */
  private void products(
      long a, double[] alpha, long b, double[] beta, int first, int last, int out, int kind) {
    double[] plain = sums[kind];
    double[] product = sums[kind + 1];
    if (last - first == 1) {
      long skip = (wide ? 8L : 4L) * first * channels;
      row(a + skip, alpha, b + skip, beta, out, plain, product);
      return;
    }
    int lanes = DoubleLanes.D.length();
    for (int i = 0; lanes <= channels && i < channels; i += lanes) {
      int c = Math.min(i, channels - lanes);
      lanes(a, alpha, b, beta, first, last, c, out, plain, product);
    }
    for (int c = 0; lanes > channels && c < channels; c++) {
      double sum = 0;
      double sumOfProducts = 0;
      for (long m = first; m < last; m++) {
        double v = DoubleLanes.get(wide, a, m * channels + c) - alpha[c];
        sum += v;
        double w = DoubleLanes.get(wide, b, m * channels + c) - beta[c];
        sumOfProducts = Math.fma(v, w, sumOfProducts);
      }
      plain[out + c] = sum;
      product[out + c] = sumOfProducts;
    }
  }

  private void row(
      long a, double[] alpha, long b, double[] beta, int out, double[] plain, double[] product) {
    int c = 0;
    for (; c < tail.from(); c += DoubleLanes.D.length()) {
      DoubleVector v = DoubleLanes.load(wide, a, c).sub(of(alpha, c));
      DoubleVector w = DoubleLanes.load(wide, b, c).sub(of(beta, c));
      v.intoArray(plain, out + c);
      v.mul(w).intoArray(product, out + c);
    }
    if (c < channels) {
      DoubleVector v = tail.load(wide, a, c).sub(of(alpha, c));
      DoubleVector w = tail.load(wide, b, c).sub(of(beta, c));
      v.intoArray(plain, out + c);
      v.mul(w).intoArray(product, out + c);
    }
  }

  private static DoubleVector of(double[] values, int c) {
    return DoubleVector.fromArray(DoubleLanes.D, values, c);
  }

  /** Rows in turn to four sums, so that additions need not wait for each other. */
  private void lanes(
      long a,
      double[] alpha,
      long b,
      double[] beta,
      int first,
      int last,
      int c,
      int out,
      double[] plain,
      double[] product) {
    DoubleVector ofA = of(alpha, c);
    DoubleVector ofB = of(beta, c);
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
      DoubleVector v0 = DoubleLanes.load(wide, a, at).sub(ofA);
      DoubleVector v1 = DoubleLanes.load(wide, a, at + channels).sub(ofA);
      DoubleVector v2 = DoubleLanes.load(wide, a, at + 2L * channels).sub(ofA);
      DoubleVector v3 = DoubleLanes.load(wide, a, at + 3L * channels).sub(ofA);
      p0 = p0.add(v0);
      p1 = p1.add(v1);
      p2 = p2.add(v2);
      p3 = p3.add(v3);
      q0 = v0.fma(DoubleLanes.load(wide, b, at).sub(ofB), q0);
      q1 = v1.fma(DoubleLanes.load(wide, b, at + channels).sub(ofB), q1);
      q2 = v2.fma(DoubleLanes.load(wide, b, at + 2L * channels).sub(ofB), q2);
      q3 = v3.fma(DoubleLanes.load(wide, b, at + 3L * channels).sub(ofB), q3);
    }
    for (; m < last; m++) {
      long at = (long) m * channels + c;
      DoubleVector v = DoubleLanes.load(wide, a, at).sub(ofA);
      p0 = p0.add(v);
      q0 = v.fma(DoubleLanes.load(wide, b, at).sub(ofB), q0);
    }
    p0.add(p1).add(p2.add(p3)).intoArray(plain, out + c);
    q0.add(q1).add(q2.add(q3)).intoArray(product, out + c);
  }
}
