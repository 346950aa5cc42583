package org.noisescape.krylov;

import java.util.Arrays;

/**
 * Σ log λ over the eigenvalues above a cut-off: the logarithm of the determinant on the subspace
 * that is not degenerate.
 *
 * @param sum Σ_{λ > cutoff} log λ
 * @param count number of these eigenvalues; subtract count · log c for a matrix divided by c
 * @param cutoff ≥ 0
 */
public record LogDeterminant(Estimate sum, Estimate count, double cutoff) {
  /** Checks the cut-off. */
  public LogDeterminant {
    if (!(cutoff >= 0)) {
      throw new IllegalArgumentException("cutoff must be >= 0, got " + cutoff);
    }
  }

  /** From all eigenvalues: no error but theirs. */
  public static LogDeterminant exact(double[] eigenvalues, double cutoff) {
    double[] above = Arrays.stream(eigenvalues).filter(value -> value > cutoff).toArray();
    double sum = Arrays.stream(above).map(Math::log).sum();
    return new LogDeterminant(
        new Estimate(sum, 0, true, 0), new Estimate(above.length, 0, true, 0), cutoff);
  }

  /**
   * By stochastic Lanczos quadrature (Ubaru, Chen and Saad 2017).
   *
   * <p>Error: as for {@link SpectralDensity#mean}. A cut-off where eigenvalues are dense makes a
   * jump that a rule of s nodes resolves to a node's weight; below it in a gap of the spectrum, the
   * logarithm's error falls exponentially with the steps.
   */
  public static LogDeterminant estimate(SpectralDensity density, double cutoff) {
    return estimate(density, new double[0], cutoff);
  }

  /**
   * The same from what a {@link Deflation} leaves.
   *
   * @param density of the rest
   * @param deflated eigenvalues on the span that was taken out
   * @param cutoff &gt; 0, so that the rest's zeros along that span do not count
   */
  public static LogDeterminant estimate(SpectralDensity density, double[] deflated, double cutoff) {
    LogDeterminant known = exact(deflated, cutoff);
    return new LogDeterminant(
        density.trace(t -> t > cutoff ? Math.log(t) : 0).plus(known.sum().value()),
        density.trace(t -> t > cutoff ? 1 : 0).plus(known.count().value()),
        cutoff);
  }
}
