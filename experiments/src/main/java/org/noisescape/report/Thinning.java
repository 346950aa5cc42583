package org.noisescape.report;

import java.util.Arrays;

/**
 * Leaves out points of long curves that a drawing cannot show: of each of many stretches the lowest
 * and the highest point stay, so that the outline of the curve does.
 */
final class Thinning {
  /** Curves of no more points are drawn whole. */
  static final int MOST = 2000;

  /** Stretches of a longer curve: one for two points of the width of a figure. */
  static final int STRETCHES = PlotStyle.WIDTH / 2;

  private Thinning() {}

  /**
   * The points that stay.
   *
   * @param lower ordinates, of a band those of its lower edge
   * @param upper ordinates, of a band those of its upper edge
   * @return indices in rising order, the first and the last among them
   */
  static int[] kept(double[] lower, double[] upper) {
    int n = lower.length;
    if (n <= MOST) {
      int[] all = new int[n];
      Arrays.setAll(all, i -> i);
      return all;
    }
    boolean[] kept = new boolean[n];
    kept[0] = true;
    kept[n - 1] = true;
    for (int s = 0; s < STRETCHES; s++) {
      int from = (int) ((long) n * s / STRETCHES);
      int to = (int) ((long) n * (s + 1) / STRETCHES);
      int lowest = -1;
      int highest = -1;
      for (int i = from; i < to; i++) {
        // what is no number is not drawn and must not win
        lowest = lowest < 0 || lower[i] < lower[lowest] || Double.isNaN(lower[lowest]) ? i : lowest;
        highest =
            highest < 0 || upper[i] > upper[highest] || Double.isNaN(upper[highest]) ? i : highest;
      }
      kept[lowest] = true;
      kept[highest] = true;
    }
    return java.util.stream.IntStream.range(0, n).filter(i -> kept[i]).toArray();
  }

  /** Symbols of one drawing: each takes some 130 bytes of a page. */
  private static final int MOST_SYMBOLS = 1000;

  /** Symbols that each of many series has at least, so that its course is seen. */
  private static final int LEAST_SYMBOLS = 20;

  /**
   * The distance between the points that get a symbol.
   *
   * @param points of one series
   * @param series in the drawing
   */
  static int stride(int points, int series) {
    int most = Math.max(LEAST_SYMBOLS, MOST_SYMBOLS / Math.max(1, series));
    return Math.max(1, (points + most - 1) / most);
  }

  /** Every so many of values, from the first on. */
  static double[] every(int stride, double[] values) {
    return java.util.stream.IntStream.range(0, (values.length + stride - 1) / stride)
        .mapToDouble(i -> values[i * stride])
        .toArray();
  }
}
