package org.noisescape.theory.passage;

/**
 * The value of a positive integral, refined until two successive refinements agree.
 *
 * @param value its value, +∞ beyond the range of double (see logValue)
 * @param logValue its logarithm
 * @param relativeError relative change by the last refinement, at least that by rounding; NaN where
 *     nothing converges
 * @param converged whether the last two refinements changed it by less than 1e-10, with no panel in
 *     which e^Ψ changes by more than e⁸
 * @param panels Gauss panels of the last refinement
 */
public record Integral(
    double value, double logValue, double relativeError, boolean converged, int panels) {
  static Integral infinite() {
    return new Integral(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, false, 0);
  }
}
