package org.noisescape.experiments.mori;

import org.noisescape.krylov.OutlierRule;
import org.noisescape.krylov.Spectrum;

/**
 * The spectrum of one pre-trained network.
 *
 * @param seed replica
 * @param parameters P
 * @param loss L
 * @param gradientNormSquared ‖∇L‖²
 * @param accuracy of the training samples
 * @param eigenvalues of G, descending: min(N, P) of them, the others are 0
 * @param error bound of their numerical error
 * @param hessian largest eigenvalues of H, descending
 * @param hessianResiduals ‖Hv − λv‖ of each
 * @param hessianConverged whether all residuals are within the tolerance
 * @param hessianProducts products it took
 */
public record HessianPoint(
    int seed,
    int parameters,
    double loss,
    double gradientNormSquared,
    double accuracy,
    double[] eigenvalues,
    double error,
    double[] hessian,
    double[] hessianResiduals,
    boolean hessianConverged,
    long hessianProducts) {

  /** λ₁ of G. */
  public double largest() {
    return eigenvalues[0];
  }

  /** n = 1/Σ p_i², p_i = λ_i/Σ λ_j. Source: Mori et al. (2022), Eq. 44. */
  public double effectiveDimension() {
    return new Spectrum(eigenvalues).effectiveDimension();
  }

  /** Eigenvalues above the edge of the bulk, 0 where no edge is sharp. */
  public int outliers() {
    return new Spectrum(eigenvalues).outliers(OutlierRule.DEFAULT).count();
  }

  /** Median of the min(N, P) eigenvalues. */
  public double median() {
    int last = eigenvalues.length - 1;
    return 0.5 * (eigenvalues[last / 2] + eigenvalues[(last + 1) / 2]);
  }

  /** λ₁(H)/λ₁(G). */
  public double hessianRatio() {
    return hessian[0] / eigenvalues[0];
  }
}
