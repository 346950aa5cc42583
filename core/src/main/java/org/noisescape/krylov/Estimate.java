package org.noisescape.krylov;

/**
 * A number with its error.
 *
 * @param value the estimate
 * @param standardError one standard deviation of the estimate over random vectors; 0 where it is
 *     exact to rounding, NaN from fewer than two vectors
 * @param converged whether the precision asked for was reached; what else it means stands with the
 *     method that gives it
 * @param products products with an operator that it took
 */
public record Estimate(double value, double standardError, boolean converged, long products) {
  /** The estimate of a multiple. */
  Estimate times(double factor) {
    return new Estimate(factor * value, Math.abs(factor) * standardError, converged, products);
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
    return new Estimate(mean, error, false, products);
  }
}
