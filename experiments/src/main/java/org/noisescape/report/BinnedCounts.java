package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import org.noisescape.runs.HistogramJson;
import org.noisescape.train.Histogram;

/**
 * A histogram as it is drawn.
 *
 * @param x edges of the intervals, in rising order, one more than there are
 * @param y the same of the second quantity; empty where there is one only
 * @param counts a row an interval of x; of one quantity a single row with all intervals
 */
record BinnedCounts(double[] x, double[] y, double[][] counts) {
  /** Ratio of the widths of intervals from which on they are drawn alike. */
  private static final double UNEVEN = 20;

  /** What a node says; nothing where it is no histogram. */
  static Optional<BinnedCounts> of(JsonNode node) {
    return HistogramJson.read(node).map(BinnedCounts::of);
  }

  private static BinnedCounts of(Histogram histogram) {
    double[] all = Arrays.stream(histogram.counts()).asDoubleStream().toArray();
    double[] x = histogram.edges().getFirst();
    if (histogram.edges().size() == 1) {
      return new BinnedCounts(x, new double[0], new double[][] {all});
    }
    int columns = histogram.bins(1);
    double[][] rows = new double[histogram.bins(0)][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * columns, (i + 1) * columns));
    return new BinnedCounts(x, histogram.edges().getLast(), rows);
  }

  /** Whether there is one quantity only. */
  boolean isSimple() {
    return y.length == 0;
  }

  /** Whether intervals are so different that an axis of numbers would hide most of them. */
  boolean isUneven() {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 1; i < x.length; i++) {
      least = Math.min(least, x[i] - x[i - 1]);
      most = Math.max(most, x[i] - x[i - 1]);
    }
    return most > UNEVEN * least;
  }

  /** Counts of one quantity in other intervals: an interval is parted evenly among them. */
  double[] within(double[] edges) {
    if (Arrays.equals(edges, x)) {
      return counts[0];
    }
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
