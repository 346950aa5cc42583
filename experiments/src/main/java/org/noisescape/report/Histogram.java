package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;

/**
 * A histogram of one or two quantities, as JSON has it.
 *
 * @param x edges of the intervals, in rising order, one more than there are
 * @param y the same of the second quantity; empty where there is one only
 * @param counts a row an interval of x; of one quantity a single row with all intervals
 */
record Histogram(double[] x, double[] y, double[][] counts) {
  private static final int MOST = 10_000;

  /** Whether there is one quantity only. */
  boolean isSimple() {
    return y.length == 0;
  }

  /**
   * What a node says: {@code {"edges": […], "counts": […]}}, or {@code {"x_edges": […], "y_edges":
   * […], "counts": [[…], …]}} with a row an interval of x; nothing where it is neither.
   */
  static Optional<Histogram> of(JsonNode node) {
    if (node.has("edges")) {
      double[] edges = numbers(node.path("edges"));
      double[] counts = numbers(node.path("counts"));
      boolean fits = edges.length == counts.length + 1 && rises(edges);
      return fits && counts.length > 0
          ? Optional.of(new Histogram(edges, new double[0], new double[][] {counts}))
          : Optional.empty();
    }
    double[] x = numbers(node.path("x_edges"));
    double[] y = numbers(node.path("y_edges"));
    JsonNode rows = node.path("counts");
    if (x.length < 2 || y.length < 2 || rows.size() != x.length - 1 || !rises(x) || !rises(y)) {
      return Optional.empty();
    }
    double[][] counts = new double[rows.size()][];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = numbers(rows.path(i));
      if (counts[i].length != y.length - 1) {
        return Optional.empty();
      }
    }
    return Optional.of(new Histogram(x, y, counts));
  }

  private static double[] numbers(JsonNode list) {
    boolean fine = list.isArray() && list.size() <= MOST;
    double[] numbers = new double[fine ? list.size() : 0];
    Arrays.setAll(numbers, i -> list.get(i).asDouble(Double.NaN));
    return numbers;
  }

  private static boolean rises(double[] edges) {
    for (int i = 0; i < edges.length; i++) {
      if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
        return false;
      }
    }
    return true;
  }

  /** Counts of one quantity in other intervals: an interval is parted evenly among them. */
  double[] within(double[] edges) {
    double[] shared = new double[edges.length - 1];
    for (int i = 0; i < counts[0].length; i++) {
      for (int j = 0; j < shared.length; j++) {
        double overlap = Math.min(x[i + 1], edges[j + 1]) - Math.max(x[i], edges[j]);
        if (overlap > 0) {
          shared[j] += counts[0][i] * overlap / (x[i + 1] - x[i]);
        }
      }
    }
    return shared;
  }
}
