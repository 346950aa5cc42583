package org.noisescape.dynamics.statistics;

import java.util.Arrays;

/**
 * How many first points of a series are not yet stationary.
 *
 * <p>Rule MSER-5: of means z_j over {@value #BATCH} points, drop the first d that minimise Σ_{j≥d}
 * (z_j − z̄_d)²/(m − d)², d at most m/2. Source: White, Cobb and Spratt (2000). Several replicas
 * that began alike are averaged point by point before.
 *
 * @param start first point to keep
 * @param points n of a series
 * @param converged whether the minimum lies before m/2, with at least {@value #LEAST_BATCHES}
 *     means; if not, the series is too short for its transient
 */
public record BurnIn(int start, int points, boolean converged) {
  /** Points a mean. */
  public static final int BATCH = 5;

  /** Fewest means for which the rule says something. */
  public static final int LEAST_BATCHES = 20;

  /** Of one series. */
  public static BurnIn of(double[] series) {
    return pooled(new double[][] {series});
  }

  /** Of replicas that began alike, a row each, up to the end of the shortest. */
  public static BurnIn pooled(double[][] replicas) {
    CorrelatedMean.of(replicas);
    int n = Arrays.stream(replicas).mapToInt(row -> row.length).min().orElseThrow();
    int m = n / BATCH;
    if (m < 2) {
      return new BurnIn(0, n, false);
    }
    double[] means = new double[m];
    for (double[] row : replicas) {
      for (int i = 0; i < m * BATCH; i++) {
        means[i / BATCH] += row[i] / (BATCH * (double) replicas.length);
      }
    }
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    int last = m / 2;
    // sums from the end, of deviations from the last mean, which lies in the stationary part
    double shift = means[m - 1];
    double sum = 0;
    double squares = 0;
    for (int d = m - 1; d >= 0; d--) {
      double z = means[d] - shift;
      sum += z;
      squares += z * z;
      int kept = m - d;
      double statistic = Math.max(0, squares - sum * sum / kept) / ((double) kept * kept);
      if (d <= last && statistic <= least) {
        least = statistic;
        best = d;
      }
    }
    return new BurnIn(best * BATCH, n, best < last && m >= LEAST_BATCHES);
  }

  /** The points of a series from `start` on. */
  public double[] rest(double[] series) {
    return Arrays.copyOfRange(series, Math.min(start, series.length), series.length);
  }
}
