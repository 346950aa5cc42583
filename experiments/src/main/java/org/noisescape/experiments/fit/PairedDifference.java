package org.noisescape.experiments.fit;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Mean of the differences a_s − b_s of two methods on the same seeds, with Student's test and
 * interval.
 *
 * <p>t = mean/SE on n − 1 degrees of freedom, SE = s/√n with s the standard deviation (n − 1) of
 * the differences. The test supposes differences that are close to normal; it knows nothing of what
 * the seeds share, such as the data. Where there are fewer than two differences, or all of them are
 * equal, so that their spread says nothing, SE, p and interval are NaN.
 *
 * @param mean mean difference
 * @param standardError SE
 * @param n differences
 * @param pValue two-sided p of the mean being zero
 * @param lower lower end of the two-sided interval of confidence {@link #CONFIDENCE}
 * @param upper its upper end
 */
public record PairedDifference(
    double mean, double standardError, int n, double pValue, double lower, double upper) {
  /** Confidence of the interval. */
  public static final double CONFIDENCE = 0.95;

  /**
   * Of two methods.
   *
   * @param a of one, by seed
   * @param b of the other, in the same order of seeds
   */
  public static PairedDifference of(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "pairs need as many values of each, got %d and %d".formatted(a.length, b.length));
    }
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return of(differences);
  }

  /** Of differences that were taken already. */
  public static PairedDifference of(double... differences) {
    SeedMean mean = SeedMean.of(differences);
    double error = mean.standardError();
    int n = differences.length;
    if (!(error > 0) || !Double.isFinite(error)) {
      return new PairedDifference(mean.mean(), Double.NaN, n, Double.NaN, Double.NaN, Double.NaN);
    }
    TDistribution student = new TDistribution(n - 1);
    double p = 2 * student.cumulativeProbability(-Math.abs(mean.mean()) / error);
    double half = student.inverseCumulativeProbability(0.5 + CONFIDENCE / 2) * error;
    return new PairedDifference(mean.mean(), error, n, p, mean.mean() - half, mean.mean() + half);
  }
}
