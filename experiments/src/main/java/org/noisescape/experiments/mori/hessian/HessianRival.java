package org.noisescape.experiments.mori.hessian;

import java.util.function.IntToDoubleFunction;

/** Spectra without a few outliers, by their effective dimension (Σλ)²/Σλ². */
enum HessianRival {
  /** All eigenvalues equal. */
  ISOTROPIC("isotropic spectrum", rank -> 1),
  /** λ_i ∝ 1/i, a spectrum without any scale. */
  HARMONIC("lambda_i ~ 1/i", rank -> 1.0 / rank);

  final String label;

  /** λ_i up to a factor, i from 1. */
  private final IntToDoubleFunction eigenvalue;

  HessianRival(String label, IntToDoubleFunction eigenvalue) {
    this.label = label;
    this.eigenvalue = eigenvalue;
  }

  double eigenvalue(int rank) {
    return eigenvalue.applyAsDouble(rank);
  }

  /** n of so many eigenvalues. */
  double dimension(int count) {
    double sum = 0;
    double squares = 0;
    for (int i = 1; i <= count; i++) {
      sum += eigenvalue(i);
      squares += eigenvalue(i) * eigenvalue(i);
    }
    return sum * sum / squares;
  }
}
