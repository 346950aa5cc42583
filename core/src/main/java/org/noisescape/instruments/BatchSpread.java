package org.noisescape.instruments;

/** Means, variances and covariances of the numbers of a mini-batch. */
final class BatchSpread {
  private BatchSpread() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Covariance with 1/(B − 1); NaN of fewer than two. */
  static double covariance(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int n = 0; n < a.length; n++) {
      sum += (a[n] - meanA) * (b[n] - meanB);
    }
    return a.length < 2 ? Double.NaN : sum / (a.length - 1);
  }

  /** Standard error of a mean, s/√B; NaN of fewer than two. */
  static double standardError(double[] values) {
    return Math.sqrt(covariance(values, values) / values.length);
  }
}
