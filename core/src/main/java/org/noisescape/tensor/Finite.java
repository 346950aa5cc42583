package org.noisescape.tensor;

/**
 * Claims that numbers are finite, for use behind {@code assert}: {@code assert
 * Finite.all("parameters", theta)}.
 *
 * <p>For what enters a computation from Java. What a training makes of it may leave the finite
 * numbers: that is a result, and no claim is made about it.
 */
public final class Finite {
  private Finite() {}

  /**
   * Whether all are finite: true, or an error that names the first which is not.
   *
   * @param what the numbers are
   * @param values any number of them
   * @throws AssertionError where one is not finite
   */
  public static boolean all(String what, double... values) {
    for (int i = 0; i < values.length; i++) {
      require(what, i, values[i]);
    }
    return true;
  }

  /** The same of floats. */
  public static boolean all(String what, float... values) {
    for (int i = 0; i < values.length; i++) {
      require(what, i, values[i]);
    }
    return true;
  }

  private static void require(String what, int index, double value) {
    if (!Double.isFinite(value)) {
      throw new AssertionError(what + ": number " + index + " is " + value);
    }
  }
}
