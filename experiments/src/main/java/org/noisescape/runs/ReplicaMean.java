package org.noisescape.runs;

import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * The mean of a number over replicas.
 *
 * @param mean NaN of none
 * @param standardError s/√R with s² by 1/(R − 1); 0 of one replica, which knows no spread
 */
public record ReplicaMean(double mean, double standardError) {
  /** Of a value a replica. */
  public static ReplicaMean of(double... values) {
    StreamingStatistics statistics = new StreamingStatistics();
    for (double value : values) {
      statistics.addValue(value);
    }
    double error =
        values.length < 2 ? 0 : statistics.getStandardDeviation() / Math.sqrt(values.length);
    return new ReplicaMean(statistics.getMean(), error);
  }
}
