package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;

/**
 * n = 1/Σ p_i², p_i = h_i/Σ h_j, from 1 (one eigenvalue) to their number (all equal).
 *
 * <p>Source: Mori et al. (2022), Eq. 44.
 */
public final class EffectiveDimension {
  private EffectiveDimension() {}

  /** n of eigenvalues h_i ≥ 0 that are not all zero. */
  public static double of(double... eigenvalues) {
    Domain.finite("eigenvalues", eigenvalues);
    double largest = 0;
    for (double h : eigenvalues) {
      Domain.nonNegative("eigenvalue", h);
      largest = Math.max(largest, h);
    }
    Domain.positive("largest eigenvalue", largest);
    double sum = 0;
    double squares = 0;
    for (double h : eigenvalues) {
      double scaled = h / largest;
      sum += scaled;
      squares += scaled * scaled;
    }
    return sum * sum / squares;
  }
}
