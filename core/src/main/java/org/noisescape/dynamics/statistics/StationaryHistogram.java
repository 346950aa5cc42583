package org.noisescape.dynamics.statistics;

import java.util.Arrays;

/**
 * Density of stationary series in bins, with errors that know of the autocorrelation: √(p(1 −
 * p)τ/n)/width, p the share of a bin and τ the {@link AutocorrelationTime} of its indicator, at
 * least 1. An empty bin gets the error of one point.
 *
 * @param edges K + 1 ascending edges; a bin holds its lower one
 * @param density share of all points, those outside included, over the width
 * @param standardErrors of the density
 * @param counts points a bin
 * @param below points below the first edge
 * @param above points from the last edge on
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read by tables and figures
public record StationaryHistogram(
    double[] edges,
    double[] density,
    double[] standardErrors,
    long[] counts,
    long below,
    long above) {

  /** Bins of equal width. */
  public static StationaryHistogram linear(double[][] series, double low, double high, int bins) {
    double[] edges = edges(low, high, bins);
    return of(series, edges);
  }

  /** Bins of equal ratio, from an edge above zero. */
  public static StationaryHistogram logarithmic(
      double[][] series, double low, double high, int bins) {
    if (!(low > 0)) {
      throw new IllegalArgumentException("logarithmic bins need a lower edge > 0, got " + low);
    }
    double[] edges = edges(Math.log(low), Math.log(high), bins);
    Arrays.setAll(edges, k -> Math.exp(edges[k]));
    edges[0] = low;
    edges[bins] = high;
    return of(series, edges);
  }

  /** Middles of the bins. */
  public double[] centres() {
    double[] centres = new double[counts.length];
    Arrays.setAll(centres, k -> 0.5 * (edges[k] + edges[k + 1]));
    return centres;
  }

  private static double[] edges(double low, double high, int bins) {
    if (bins < 1 || !(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "a histogram needs a bin and finite edges low < high, got %d bins from %s to %s"
              .formatted(bins, low, high));
    }
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, k -> low + (high - low) * k / bins);
    return edges;
  }

  private static StationaryHistogram of(double[][] series, double[] edges) {
    CorrelatedMean.of(series);
    int bins = edges.length - 1;
    long[] counts = new long[bins];
    int[][] indices = new int[series.length][];
    long below = 0;
    long above = 0;
    long n = 0;
    for (int r = 0; r < series.length; r++) {
      indices[r] = new int[series[r].length];
      for (int i = 0; i < series[r].length; i++) {
        int bin = bin(edges, series[r][i]);
        indices[r][i] = bin;
        if (bin < 0) {
          below++;
        } else if (bin == bins) {
          above++;
        } else {
          counts[bin]++;
        }
        n++;
      }
    }
    double[] density = new double[bins];
    double[] errors = new double[bins];
    for (int k = 0; k < bins; k++) {
      double width = edges[k + 1] - edges[k];
      double share = Math.max(counts[k], 1) / (double) n;
      double time =
          counts[k] == 0
              ? 1
              : Math.max(1, AutocorrelationTime.pooled(indicator(indices, k)).time());
      density[k] = counts[k] / (n * width);
      errors[k] = Math.sqrt(share * (1 - share) * time / n) / width;
    }
    return new StationaryHistogram(edges, density, errors, counts, below, above);
  }

  private static double[][] indicator(int[][] indices, int bin) {
    double[][] inside = new double[indices.length][];
    for (int r = 0; r < indices.length; r++) {
      inside[r] = Arrays.stream(indices[r]).mapToDouble(index -> index == bin ? 1 : 0).toArray();
    }
    return inside;
  }

  /** −1 below the first edge, K from the last on. */
  private static int bin(double[] edges, double value) {
    int found = Arrays.binarySearch(edges, value);
    return found >= 0 ? found : -found - 2;
  }
}
