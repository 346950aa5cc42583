package org.noisescape.experiments.fit;

/**
 * The line y = a + b x through points whose errors are known, by least squares with weights 1/e².
 *
 * @param intercept a
 * @param interceptError its standard error
 * @param slope b
 * @param slopeError its standard error
 * @param chiSquare Σ ((y − a − b x)/e)²
 */
public record WeightedLine(
    double intercept, double interceptError, double slope, double slopeError, double chiSquare) {
  /**
   * Fits two points or more.
   *
   * @throws IllegalArgumentException where an error is not above zero, or all x are one
   */
  public static WeightedLine of(double[] x, double[] y, double[] error) {
    int n = x.length;
    if (y.length != n || error.length != n || n < 2) {
      throw new IllegalArgumentException(
          "a line needs two points or more, got %d x, %d y and %d errors"
              .formatted(n, y.length, error.length));
    }
    double sum = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      if (!(error[i] > 0)) {
        throw new IllegalArgumentException(
            "the error of point %d must be > 0, got %s".formatted(i, error[i]));
      }
      double weight = 1 / (error[i] * error[i]);
      sum += weight;
      meanX += weight * x[i];
      meanY += weight * y[i];
    }
    meanX /= sum;
    meanY /= sum;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      double weight = 1 / (error[i] * error[i]);
      xx += weight * (x[i] - meanX) * (x[i] - meanX);
      xy += weight * (x[i] - meanX) * (y[i] - meanY);
    }
    if (!(xx > 0)) {
      throw new IllegalArgumentException("a line needs two different x");
    }
    double slope = xy / xx;
    double intercept = meanY - slope * meanX;
    double chiSquare = 0;
    for (int i = 0; i < n; i++) {
      chiSquare += Math.pow((y[i] - intercept - slope * x[i]) / error[i], 2);
    }
    return new WeightedLine(
        intercept, Math.sqrt(1 / sum + meanX * meanX / xx), slope, Math.sqrt(1 / xx), chiSquare);
  }

  /** a + b x. */
  public double at(double x) {
    return intercept + slope * x;
  }
}
