package org.noisescape.train;

/**
 * A mean of the parameters over the course of a run, with that of the running statistics.
 *
 * @param theta (R, P); empty where nothing has entered it
 * @param statistics (R, Q); empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record AverageState(double[] theta, double[] statistics) {
  /** Where nothing is averaged, or nothing yet. */
  public static final AverageState NONE = new AverageState(new double[0], new double[0]);

  /** Whether something is in it. */
  public boolean present() {
    return theta.length > 0;
  }
}
