package org.noisescape.theory.passage;

/** A sum of positive terms of any size, kept as a logarithm. */
final class LogSum {
  private double log = Double.NEGATIVE_INFINITY;

  void add(double logTerm) {
    log = sum(log, logTerm);
  }

  double log() {
    return log;
  }

  /** log(e^a + e^b). */
  static double sum(double a, double b) {
    double high = Math.max(a, b);
    if (high == Double.NEGATIVE_INFINITY) {
      return high;
    }
    return high + Math.log1p(Math.exp(Math.min(a, b) - high));
  }
}
