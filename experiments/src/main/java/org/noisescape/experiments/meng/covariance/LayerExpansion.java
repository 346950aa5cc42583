package org.noisescape.experiments.meng.covariance;

import java.util.Arrays;

/**
 * tr S along the path of a layer from the gradients and Hessians of the samples at its middle.
 *
 * @param layer name
 * @param noise tr S(0)
 * @param covariance tr Cov(g, H̃u), u = 1 for every parameter of the layer
 * @param curvature tr Cov(H̃u)
 */
record LayerExpansion(String layer, double noise, double covariance, double curvature) {
  /** Over tr S(0). */
  double at(ExpansionForm form, double shift) {
    return form.sum(1, 2 * shift * covariance / noise, shift * shift * curvature / noise);
  }

  /** 1 − Σ (y − ŷ)²/Σ (y − ȳ)² of a path; nothing is fitted, so it may be anything below 1. */
  double rSquared(ExpansionForm form, CovariancePath path) {
    double[] shifts = path.shifts();
    double[] measured = path.relativeNoise();
    double mean = Arrays.stream(measured).average().orElseThrow();
    double residual = 0;
    double total = 0;
    for (int i = 0; i < shifts.length; i++) {
      residual += Math.pow(measured[i] - at(form, shifts[i]), 2);
      total += Math.pow(measured[i] - mean, 2);
    }
    return 1 - residual / total;
  }
}
