package org.noisescape.objective;

/** Running mean and variance. Source: Welford (1962). */
final class Statistics {
  private long count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double deviation = value - mean;
    mean += deviation / count;
    squares += deviation * (value - mean);
  }

  double mean() {
    return mean;
  }

  /** Standard deviation over √count; NaN below two values. */
  double standardError() {
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
  }
}
