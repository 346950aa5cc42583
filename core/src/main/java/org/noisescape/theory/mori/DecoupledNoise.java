package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;

/**
 * Covariance of the mini-batch gradient near a minimum, C(θ) ≈ (2L(θ)/B) H(θ*).
 *
 * <p>Source: Mori et al. (2022), Eq. 6 (decoupling, Eq. 7; ∇L∇Lᵀ left out), for samples drawn with
 * replacement. The slides' Σ is that of the update in continuous time, η times this.
 */
public final class DecoupledNoise {
  private DecoupledNoise() {}

  /** C along an eigenvector of H(θ*) with eigenvalue h: 2Lh/B. */
  public static double along(double loss, double curvature, int batch) {
    Domain.nonNegative("loss", loss);
    Domain.nonNegative("curvature", curvature);
    Domain.atLeast("batch", batch, 1);
    return 2 * loss * curvature / batch;
  }

  /** C as a matrix (P, P). */
  public static double[][] matrix(double loss, double[][] hessian, int batch) {
    Domain.nonNegative("loss", loss);
    Domain.atLeast("batch", batch, 1);
    double[][] covariance = new double[hessian.length][];
    for (int i = 0; i < hessian.length; i++) {
      Domain.length("row " + i + " of the Hessian", hessian[i].length, hessian.length);
      covariance[i] = new double[hessian.length];
      for (int j = 0; j < hessian.length; j++) {
        covariance[i][j] = 2 * loss * hessian[i][j] / batch;
      }
    }
    return covariance;
  }

  /** Factor (N−B)/(N−1) of Eq. 8 for batches drawn without replacement from N samples. */
  public static double withoutReplacement(int samples, int batch) {
    Domain.atLeast("samples", samples, 2);
    if (batch < 1 || batch > samples) {
      throw new IllegalArgumentException(
          "batch must lie in [1, " + samples + "] without replacement, got " + batch);
    }
    return (samples - batch) / (samples - 1.0);
  }
}
