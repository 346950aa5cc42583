package org.noisescape.experiments.mori.hessian;

/** Spectra without a few outliers, by their effective dimension (Σλ)²/Σλ². */
enum HessianRival {
  /** All eigenvalues equal. */
  ISOTROPIC("isotropic spectrum") {
    @Override
    double eigenvalue(int rank) {
      return 1;
    }
  },
  /** λ_i ∝ 1/i, a spectrum without any scale. */
  HARMONIC("lambda_i ~ 1/i") {
    @Override
    double eigenvalue(int rank) {
      return 1.0 / rank;
    }
  };

  private final String label;

  HessianRival(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** λ_i up to a factor, i from 1. */
  abstract double eigenvalue(int rank);

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
