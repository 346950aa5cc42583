package org.noisescape.dynamics.statistics;

/**
 * Mean of correlated series with its standard error.
 *
 * <p>{@link #ofSeries}: √(s²τ/n) with the pooled {@link AutocorrelationTime}. {@link #ofReplicas}:
 * the spread between the means of R independent replicas, s_R/√R, which needs no time but several
 * replicas, and weighs them equally.
 *
 * @param value the mean
 * @param standardError its error; NaN where there are fewer than two points, or replicas
 * @param effectiveSamples n/τ, or R
 * @param converged whether the autocorrelation time is, or there are at least {@value
 *     #LEAST_REPLICAS} replicas
 */
public record CorrelatedMean(
    double value, double standardError, double effectiveSamples, boolean converged) {
  /** Replicas from which a spread between them is known to 20 %. */
  public static final int LEAST_REPLICAS = 12;

  /** By autocorrelation, of one series or several of the same process. */
  public static CorrelatedMean ofSeries(double[][] series) {
    AutocorrelationTime time = AutocorrelationTime.pooled(series);
    double mean = of(series);
    double squares = 0;
    for (double[] row : series) {
      for (double value : row) {
        squares += (value - mean) * (value - mean);
      }
    }
    long n = time.points();
    double samples = time.effectiveSampleSize();
    double error = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / samples);
    return new CorrelatedMean(mean, error, samples, time.converged());
  }

  /** By the spread between independent replicas, a row each. */
  public static CorrelatedMean ofReplicas(double[][] replicas) {
    int count = replicas.length;
    double[] means = new double[count];
    for (int r = 0; r < count; r++) {
      means[r] = of(new double[][] {replicas[r]});
    }
    double mean = of(new double[][] {means});
    double squares = 0;
    for (double own : means) {
      squares += (own - mean) * (own - mean);
    }
    double error = count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    return new CorrelatedMean(mean, error, count, count >= LEAST_REPLICAS);
  }

  /** Plain mean of all points; they must be finite, and there must be one. */
  static double of(double[][] series) {
    double sum = 0;
    long points = 0;
    for (int r = 0; r < series.length; r++) {
      for (int i = 0; i < series[r].length; i++) {
        double value = series[r][i];
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "point %d of series %d is %s: leave out what diverged, and say so"
                  .formatted(i, r, value));
        }
        sum += value;
      }
      if (series[r].length == 0) {
        throw new IllegalArgumentException("series " + r + " has no points");
      }
      points += series[r].length;
    }
    if (points == 0) {
      throw new IllegalArgumentException("a mean needs at least one series");
    }
    return sum / points;
  }
}
