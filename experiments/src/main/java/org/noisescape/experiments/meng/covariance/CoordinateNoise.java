package org.noisescape.experiments.meng.covariance;

import java.util.Arrays;

/**
 * The noise of one parameter's gradient, D_j, against that parameter alone.
 *
 * @param layer name
 * @param parameter place in θ
 * @param variance σ_j = Var(g_j)
 * @param curvatureVariance ρ_j = Var(h̃_jj)
 * @param covariance Cov(g_j, h̃_jj)
 * @param gradients mean squared correlation of g_j with the others' g_i
 * @param curvatures mean squared correlation of h̃_jj with the others' h̃_ii
 * @param crossed mean squared correlation of g_j with the others' h̃_ii
 * @param offDiagonal mean over the others of ⟨h̃_ij²⟩/√(⟨h̃_ii²⟩⟨h̃_jj²⟩)
 * @param shifts of the parameter, in units of √(σ_j/ρ_j)
 * @param measured D_j there
 */
record CoordinateNoise(
    String layer,
    int parameter,
    double variance,
    double curvatureVariance,
    double covariance,
    double gradients,
    double curvatures,
    double crossed,
    double offDiagonal,
    double[] shifts,
    double[] measured) {
  /** √(σ/ρ): where both terms of Eq. 5 are alike. */
  static double unit(double variance, double curvatureVariance) {
    return Math.sqrt(variance / curvatureVariance);
  }

  /** Squared correlation of g_j and h̃_jj. */
  double own() {
    return covariance * covariance / (variance * curvatureVariance);
  }

  /** D_j at a shift in units of √(σ/ρ). */
  double at(ExpansionForm form, double shift) {
    double correlation = covariance / Math.sqrt(variance * curvatureVariance);
    return variance * form.sum(1, 2 * shift * correlation, shift * shift);
  }

  /** Root mean square of D_j − the form, over the deviation of D_j along the shifts; at most 1. */
  double error(ExpansionForm form) {
    double mean = Arrays.stream(measured).average().orElseThrow();
    double squares = 0;
    double total = 0;
    for (int i = 0; i < shifts.length; i++) {
      squares += Math.pow(measured[i] - at(form, shifts[i]), 2);
      total += Math.pow(measured[i] - mean, 2);
    }
    return squares < total ? Math.sqrt(squares / total) : 1;
  }
}
