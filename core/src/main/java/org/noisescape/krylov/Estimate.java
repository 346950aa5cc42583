package org.noisescape.krylov;

/**
 * A number with its error.
 *
 * <p>value ± t · standardError, with Student's t of so many degrees of freedom (2.04 for 31, 2.26
 * for 9), covers what is estimated in 95 of 100 cases.
 *
 * @param value the estimate
 * @param standardError one standard deviation of the estimate over random vectors, rounding
 *     included; that alone where nothing is random; NaN from fewer than two vectors
 * @param degreesOfFreedom what the standard error rests on; infinite where nothing is random
 * @param converged whether the precision asked for was reached; what else it means stands with the
 *     method that gives it
 * @param products products with an operator that it took
 */
public record Estimate(
    double value, double standardError, double degreesOfFreedom, boolean converged, long products) {
  /** Rounding of sums of products relative to their size, in ε of the element type. */
  private static final double ROUNDINGS = 16;

  /** A number in which nothing is random. */
  public Estimate(double value, double standardError, boolean converged, long products) {
    this(value, standardError, Double.POSITIVE_INFINITY, converged, products);
  }

  /** Relative rounding of a number that is made of products in an element type. */
  public static double rounding(double epsilon) {
    return ROUNDINGS * epsilon;
  }

  /** The estimate of a multiple. */
  public Estimate times(double factor) {
    return new Estimate(
        factor * value, Math.abs(factor) * standardError, degreesOfFreedom, converged, products);
  }

  /** The same plus a number without error. */
  public Estimate plus(double known) {
    return new Estimate(value + known, standardError, degreesOfFreedom, converged, products);
  }

  /** The same with an independent error besides. */
  public Estimate withError(double other) {
    return new Estimate(
        value, Math.hypot(standardError, other), degreesOfFreedom, converged, products);
  }

  /** The same with its standard error enlarged. */
  Estimate enlarged(double factor) {
    return new Estimate(value, factor * standardError, degreesOfFreedom, converged, products);
  }

  /** The same, converged or not. */
  Estimate converged(boolean did) {
    return new Estimate(value, standardError, degreesOfFreedom, did, products);
  }

  /** The mean of independent values, with nothing said on convergence. */
  static Estimate mean(double[] values, int count, long products) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double error = count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    return new Estimate(mean, error, count - 1, false, products);
  }
}
