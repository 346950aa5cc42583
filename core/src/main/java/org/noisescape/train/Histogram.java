package org.noisescape.train;

import java.util.List;
import org.noisescape.tensor.Sizes;

/**
 * How often numbers fall between edges, along one axis or two.
 *
 * <p>Bin i of an axis holds the numbers between edge i and edge i + 1; what lies beyond the outer
 * edges is counted in the bins there.
 *
 * @param edges ascending, a row an axis; the last axis runs fastest in the counts
 * @param counts numbers in each bin, row-major
 */
public record Histogram(List<double[]> edges, long[] counts) {
  /** Copies, and checks the shapes. */
  public Histogram {
    edges = List.copyOf(edges);
    counts = counts.clone();
    if (edges.isEmpty() || edges.size() > 2) {
      throw new IllegalArgumentException("a histogram has 1 or 2 axes, got " + edges.size());
    }
    long bins = 1;
    for (double[] axis : edges) {
      for (int i = 1; i < axis.length; i++) {
        if (!(axis[i] > axis[i - 1])) {
          throw new IllegalArgumentException("edges of a histogram must ascend, got " + axis[i]);
        }
      }
      bins = Sizes.saturated(bins, axis.length - 1);
    }
    if (counts.length != bins) {
      throw new IllegalArgumentException(
          "a histogram of %d bins has as many counts, got %d".formatted(bins, counts.length));
    }
  }

  /** Bins of an axis. */
  public int bins(int axis) {
    return edges.get(axis).length - 1;
  }
}
