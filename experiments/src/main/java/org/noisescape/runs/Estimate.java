package org.noisescape.runs;

/**
 * A number with what is known of its error.
 *
 * @param value the number
 * @param standardError sampling error as an estimate for the distribution the samples come from;
 *     NaN where the number is no estimate
 * @param exact whether it is exact for the data it was measured on
 * @param converged whether the computation reached its tolerance; always so for exact numbers
 */
public record Estimate(double value, double standardError, boolean exact, boolean converged) {
  /** Exact for the data, with the error of a sample mean. */
  static Estimate mean(double value, double standardError) {
    return new Estimate(value, standardError, true, true);
  }

  /** Exact, and no estimate of anything else. */
  static Estimate exact(double value) {
    return new Estimate(value, Double.NaN, true, true);
  }
}
