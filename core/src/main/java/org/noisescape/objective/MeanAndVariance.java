package org.noisescape.objective;

/** Mean and variance, gathered batch by batch. Source: Chan, Golub and LeVeque (1979). */
final class MeanAndVariance {
  private long count;
  private double mean;
  private double squares;

  /** Adds values from, …, to − 1 of an array. */
  void add(double[] values, int from, int to) {
    int added = to - from;
    if (added == 0) {
      return;
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    double batchMean = sum / added;
    double batchSquares = 0;
    for (int i = from; i < to; i++) {
      double deviation = values[i] - batchMean;
      batchSquares += deviation * deviation;
    }
    double difference = batchMean - mean;
    long total = count + added;
    mean += difference * added / total;
    squares += batchSquares + difference * difference * ((double) count * added / total);
    count = total;
  }

  double mean() {
    return mean;
  }

  /** Standard deviation over √count; NaN below two values. */
  double standardError() {
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
  }
}
