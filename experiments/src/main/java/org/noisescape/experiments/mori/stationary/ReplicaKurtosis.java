package org.noisescape.experiments.mori.stationary;

import java.util.Arrays;
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
    for (int r = 0; r < replicas; r++) {
      for (double value : deviations[r]) {
        double square = value * value;
        second[r] += square;
        fourth[r] += square * square;
      }
    }
    double allSecond = Arrays.stream(second).sum();
    double allFourth = Arrays.stream(fourth).sum();
    long count = Arrays.stream(deviations).mapToLong(row -> row.length).sum();
    return PointEstimate.jackknife(
        replicas,
        r ->
            r < 0
                ? kurtosis(allFourth, allSecond, count)
                : kurtosis(
                    allFourth - fourth[r], allSecond - second[r], count - deviations[r].length));
  }

  private static double kurtosis(double fourth, double second, long count) {
    return count * fourth / (second * second) - 3;
  }
}
