package org.noisescape.dynamics.statistics;

/**
 * Integrated autocorrelation time τ = 1 + 2 Σ_{k=1}^{M} ρ_k of one or more series, in points: n
 * correlated points are worth n/τ independent ones in a mean.
 *
 * <p>The sum ends at the first lag M + 1 ≥ {@value #WINDOW} max(τ, 1). Covariances are sums over n
 * − k products divided by n, about the mean of all series, pooled before they are summed. Standard
 * error τ √(2(2M + 1)/n). The bias, relatively about −(2M + 1)/n for one series, is smaller.
 * Source: Sokal (1997), section 3, whose τ_int is half of this.
 *
 * @param time τ; 1 for none, less for anticorrelated series, 1 for constant ones
 * @param standardError of τ
 * @param window M
 * @param points n, of all series together
 * @param converged whether M was reached within half of the shortest series and n ≥ {@value
 *     #LEAST_TIMES}τ
 */
public record AutocorrelationTime(
    double time, double standardError, int window, long points, boolean converged) {
  /** Window in units of τ. */
  public static final int WINDOW = 5;

  /** Shortest record that counts as converged, in units of τ. */
  public static final int LEAST_TIMES = 50;

  /** Of one series. */
  public static AutocorrelationTime of(double[] series) {
    return pooled(new double[][] {series});
  }

  /** Of independent series of the same process, a row each. */
  public static AutocorrelationTime pooled(double[][] series) {
    double mean = CorrelatedMean.of(series);
    long points = 0;
    int shortest = Integer.MAX_VALUE;
    for (double[] row : series) {
      points += row.length;
      shortest = Math.min(shortest, row.length);
    }
    double variance = covariance(series, mean, 0);
    if (variance == 0) {
      return new AutocorrelationTime(1, 0, 0, points, points >= LEAST_TIMES);
    }
    double time = 1;
    int lag = 1;
    for (; lag < shortest / 2 && lag < WINDOW * Math.max(time, 1); lag++) {
      time += 2 * covariance(series, mean, lag) / variance;
    }
    boolean closed = lag >= WINDOW * Math.max(time, 1);
    int window = lag - 1;
    return new AutocorrelationTime(
        time,
        Math.abs(time) * Math.sqrt(2 * (2.0 * window + 1) / points),
        window,
        points,
        closed && time > 0 && points >= LEAST_TIMES * time);
  }

  /** n/τ, at least 1 and, whatever the noise of τ, at most n². */
  public double effectiveSampleSize() {
    // τ of strongly anticorrelated series may be estimated as zero or less
    return Math.max(1, points / Math.max(time, 1.0 / points));
  }

  /** Σ over the series of products at a lag; the common divisor n drops out of ρ. */
  private static double covariance(double[][] series, double mean, int lag) {
    double sum = 0;
    for (double[] row : series) {
      double own = 0;
      for (int i = lag; i < row.length; i++) {
        own += (row[i] - mean) * (row[i - lag] - mean);
      }
      sum += own;
    }
    return sum;
  }
}
