package org.noisescape.experiments.fit;

import org.noisescape.dynamics.statistics.AutocorrelationTime;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Slope of one time series y against x, with an error that knows of the correlation in time.
 *
 * <p>Residuals of the {@link HuberLine} are resampled in circular blocks, {@value #RESAMPLES}
 * times; the standard deviation of the refitted slopes, corrected as below, is the standard error.
 * Blocks are b = 2τ long, τ the autocorrelation time of the residuals, at least n^(1/3) and at most
 * n/4. Source: Politis and Romano (1992).
 *
 * <p>τ is the larger of the {@link AutocorrelationTime} and (1 + ρ)/(1 − ρ) of a first-order
 * autoregression, ρ the autocorrelation at lag 1 freed of the bias −(2 + 4ρ)/n that fitting a line
 * causes (Shaman and Stine 1988). Two corrections to the resampled variance: the line took two of
 * the n/b values that blocks have, 1/(1 − 2b/n); blocks cut correlations off at b, for the
 * autoregression 1/(1 − (τ − 1/τ)/(2b)).
 *
 * <p>Least squares of y on x, not errors-in-variables: x is a full-data average and has no
 * measurement error.
 *
 * @param line the line
 * @param standardError of the slope
 * @param points n
 * @param correlationTime τ, in points; 1 for none
 * @param block block length, in points
 */
public record SlopeFit(
    HuberLine line, double standardError, int points, double correlationTime, int block) {
  /** Resampled series. */
  public static final int RESAMPLES = 400;

  private static final int LEAST_POINTS = 6;
  private static final int TIMES_A_BLOCK = 2;

  /** Bound of both corrections, for series hardly longer than τ. */
  private static final double LEAST_SHARE = 0.25;

  /**
   * Fits points given in their order in time.
   *
   * @param x abscissas
   * @param y ordinates
   * @param key of the resampling
   */
  public static SlopeFit of(double[] x, double[] y, RandomKey key) {
    int n = x.length;
    if (n < LEAST_POINTS) {
      throw new IllegalArgumentException(
          "a slope with an error needs " + LEAST_POINTS + " points or more, got " + n);
    }
    HuberLine line = HuberLine.fit(x, y);
    double[] residuals = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      residuals[i] = line.residual(x[i], y[i]);
      mean += residuals[i] / n;
    }
    for (int i = 0; i < n; i++) {
      residuals[i] -= mean;
    }
    double time = correlationTime(residuals);
    int least = (int) Math.ceil(Math.cbrt(n));
    int block = Math.clamp((long) Math.ceil(TIMES_A_BLOCK * time), least, Math.max(least, n / 4));
    double freedom = Math.max(1 - 2.0 * block / n, LEAST_SHARE);
    double kept = Math.max(1 - (time - 1 / time) / (2 * block), LEAST_SHARE);
    double error = bootstrap(x, line, residuals, block, key) / Math.sqrt(freedom * kept);
    return new SlopeFit(line, error, n, time, block);
  }

  /** The slope. */
  public double slope() {
    return line.slope();
  }

  /** τ of residuals of a line, at least 1. */
  static double correlationTime(double[] residuals) {
    int n = residuals.length;
    double variance = covariance(residuals, 0);
    if (variance == 0) {
      return 1;
    }
    double summed = AutocorrelationTime.of(residuals).time();
    double first = covariance(residuals, 1) / variance;
    double unbiased = Math.min((first + 2.0 / n) / (1 - 4.0 / n), 1 - 4.0 / n);
    return Math.max(1, Math.max(summed, (1 + unbiased) / (1 - unbiased)));
  }

  private static double covariance(double[] values, int lag) {
    double sum = 0;
    for (int i = lag; i < values.length; i++) {
      sum += values[i] * values[i - lag];
    }
    return sum / values.length;
  }

  private static double bootstrap(
      double[] x, HuberLine line, double[] residuals, int block, RandomKey key) {
    int n = x.length;
    double[] resampled = new double[n];
    double mean = 0;
    double squares = 0;
    for (int s = 0; s < RESAMPLES; s++) {
      RandomStream random = key.stream(s);
      for (int i = 0; i < n; i += block) {
        int start = random.nextInt(n);
        for (int j = 0; j < block && i + j < n; j++) {
          resampled[i + j] = line.at(x[i + j]) + residuals[(start + j) % n];
        }
      }
      double deviation = HuberLine.fit(x, resampled).slope() - mean;
      mean += deviation / (s + 1);
      squares += deviation * deviation * s / (s + 1);
    }
    return Math.sqrt(squares / (RESAMPLES - 1));
  }
}
