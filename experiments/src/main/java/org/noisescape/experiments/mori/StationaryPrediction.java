package org.noisescape.experiments.mori;

/**
 * Exponents φ of the stationary density L^−φ in one dimension.
 *
 * <p>The text, Eq. 17: φ = 1 + B/(ηh). With steps of finite size the variance factor of Liu et al.
 * (2021), Eq. 8, carries over: φ_d = 1 + (B/(ηh))(1 − ηh/2).
 *
 * <p>Both take the noise as 2L h/B (decoupling, Eq. 7), which for inputs of kurtosis K = ⟨x⁴⟩/⟨x²⟩²
 * is right for K = 2, not for the 3 of Gaussian ones. Without it the second moment is still exact,
 * ⟨δ²⟩ = (η/B) 2L*h/(2h − ηh² − (η/B)(K − 1)h²), for residuals independent of the inputs, and the
 * density L^−φ with that second moment has φ_m = φ_d − (K − 2)/2.
 *
 * @param learningRate η
 * @param batch B
 * @param curvature h = ⟨x²⟩
 * @param kurtosis K
 */
record StationaryPrediction(double learningRate, double batch, double curvature, double kurtosis) {
  /** The same at another batch; a curve takes those between whole numbers too. */
  StationaryPrediction withBatch(double other) {
    return new StationaryPrediction(learningRate, other, curvature, kurtosis);
  }

  /** φ of the text. */
  double paper() {
    return 1 + batch / (learningRate * curvature);
  }

  /** φ_d with finite steps. */
  double corrected() {
    return 1 + batch / (learningRate * curvature) * (1 - learningRate * curvature / 2);
  }

  /** φ_m of the exact second moment; none below 3/2, where it is infinite. */
  double moments() {
    double exponent = corrected() - (kurtosis - 2) / 2;
    return exponent > 1.5 ? exponent : Double.NaN;
  }
}
