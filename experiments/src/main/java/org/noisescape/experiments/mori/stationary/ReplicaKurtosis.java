package org.noisescape.experiments.mori.stationary;

import org.noisescape.experiments.fit.PointEstimate;

/** Excess kurtosis of all replicas together, with the error of their jackknife. */
final class ReplicaKurtosis {
  private ReplicaKurtosis() {}

  /**
   * ⟨δ⁴⟩/⟨δ²⟩² − 3 on R − 1 degrees of freedom.
   *
   * @param deviations δ from the centre of the distribution, a row a replica
   */
  static PointEstimate of(double[][] deviations) {
    int replicas = deviations.length;
    double[] second = new double[replicas];
    double[] fourth = new double[replicas];
    double allSecond = 0;
    double allFourth = 0;
    long count = 0;
    for (int r = 0; r < replicas; r++) {
      for (double value : deviations[r]) {
        double square = value * value;
        second[r] += square;
        fourth[r] += square * square;
      }
      allSecond += second[r];
      allFourth += fourth[r];
      count += deviations[r].length;
    }
    double[] without = new double[replicas];
    double mean = 0;
    for (int r = 0; r < replicas; r++) {
      without[r] =
          kurtosis(allFourth - fourth[r], allSecond - second[r], count - deviations[r].length);
      mean += without[r] / replicas;
    }
    double squares = 0;
    for (double value : without) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares * (replicas - 1) / replicas);
    return new PointEstimate(kurtosis(allFourth, allSecond, count), error, replicas - 1.0);
  }

  private static double kurtosis(double fourth, double second, long count) {
    return count * fourth / (second * second) - 3;
  }
}
