package org.noisescape.experiments.mori.decoupling;

import java.util.Arrays;

/**
 * Two ordered spectra, eigenvalue by eigenvalue, down to a fraction of the largest.
 *
 * @param cut smallest λ_i/λ_1 of the decoupled matrix that is compared
 * @param count eigenvalues above the cut
 * @param median of |log10(λ_i/λ'_i)| over them
 * @param maximum of the same
 */
record SpectrumComparison(double cut, int count, double median, double maximum) {
  /**
   * Compares.
   *
   * @param exact eigenvalues, descending
   * @param decoupled eigenvalues, descending
   */
  static SpectrumComparison of(double[] exact, double[] decoupled, double cut) {
    return of(exact, decoupled, decoupled, cut);
  }

  /**
   * Compares with other eigenvalues over the same ranks.
   *
   * @param other eigenvalues, descending
   * @param decoupled which say where the cut is
   */
  static SpectrumComparison of(double[] exact, double[] other, double[] decoupled, double cut) {
    int count = 0;
    while (count < decoupled.length && decoupled[count] > cut * decoupled[0]) {
      count++;
    }
    double[] ratios = new double[count];
    for (int i = 0; i < count; i++) {
      // an eigenvalue that is missing on one side is infinitely far
      ratios[i] =
          exact[i] > 0 ? Math.abs(Math.log10(exact[i] / other[i])) : Double.POSITIVE_INFINITY;
    }
    Arrays.sort(ratios);
    return new SpectrumComparison(
        cut,
        count,
        count == 0 ? Double.NaN : 0.5 * (ratios[(count - 1) / 2] + ratios[count / 2]),
        count == 0 ? Double.NaN : ratios[count - 1]);
  }
}
