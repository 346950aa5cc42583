package org.noisescape.experiments.fit;

import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Slope of one time series y against x, with an error that knows of the correlation in time.
 *
 * <p>Residuals of the {@link HuberLine} are resampled in circular blocks, {@value #RESAMPLES}
 * times, and the standard deviation of the refitted slopes is the standard error. Blocks are four
 * integrated autocorrelation times of the residuals long, at least n^(1/3) and at most n/3. Source:
 * Politis and Romano (1992); the autocorrelation time is summed up to five times itself (Sokal
 * 1997, section 3).
 *
 * <p>Least squares of y on x, not errors-in-variables: x is a full-data average and has no
 * measurement error.
 *
 * @param line the line
 * @param standardError of the slope
 * @param points n
 * @param correlationTime integrated autocorrelation time of the residuals, in points; 1 for none
 * @param block block length, in points
 */
public record SlopeFit(
    HuberLine line, double standardError, int points, double correlationTime, int block) {
  /** Resampled series. */
  public static final int RESAMPLES = 400;

  private static final int LEAST_POINTS = 4;
  private static final int TIMES_A_BLOCK = 4;
  private static final int SOKAL_WINDOW = 5;

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
    // two parameters were fitted to the residuals, which shrank them
    double inflation = Math.sqrt(n / (n - 2.0));
    for (int i = 0; i < n; i++) {
      residuals[i] = (residuals[i] - mean) * inflation;
    }
    double time = correlationTime(residuals);
    int least = (int) Math.ceil(Math.cbrt(n));
    int block = Math.clamp((long) Math.ceil(TIMES_A_BLOCK * time), least, Math.max(least, n / 3));
    return new SlopeFit(line, bootstrap(x, line, residuals, block, key), n, time, block);
  }

  /** The slope. */
  public double slope() {
    return line.slope();
  }

  /** τ = 1 + 2 Σ_{k ≤ M} ρ_k with the smallest M ≥ 5τ; at least 1. */
  static double correlationTime(double[] residuals) {
    double variance = covariance(residuals, 0);
    if (variance == 0) {
      return 1;
    }
    double time = 1;
    for (int lag = 1; lag < residuals.length / 2 && lag < SOKAL_WINDOW * time; lag++) {
      time += 2 * covariance(residuals, lag) / variance;
    }
    return Math.max(1, time);
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
