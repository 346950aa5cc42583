package org.noisescape.theory.mori;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;
import org.noisescape.theory.Domain;

/**
 * p(θ) ∝ L(θ)^−φ, normalised, for L = L*(1 + ‖θ‖²/a²), a² = 2L* / h, in d dimensions.
 *
 * <pre>
 * log p(θ) = −φ log(1 + ‖θ‖²/a²) − log Z,   Z = a^d π^{d/2} Γ(φ − d/2)/Γ(φ)
 * </pre>
 *
 * <p>A multivariate Student density with 2φ − d degrees of freedom. The excess u = L/L* − 1 has the
 * Beta-prime density u^{d/2−1}(1+u)^{−φ}/B(d/2, φ − d/2).
 *
 * <p>Source: Mori et al. (2022), Eq. 17, with the norm, which is ours.
 *
 * @param dimension d ≥ 1
 * @param exponent φ &gt; d/2, below which there is no norm
 * @param minimumLoss L* &gt; 0
 * @param curvature h &gt; 0
 */
public record PowerLawLossDensity(
    int dimension, double exponent, double minimumLoss, double curvature) {
  /** Requires φ &gt; d/2, and L* and h above 0. */
  public PowerLawLossDensity {
    Domain.atLeast("dimension", dimension, 1);
    Domain.between(
        "exponent of a density in " + dimension + " dimensions",
        exponent,
        dimension / 2.0,
        Double.POSITIVE_INFINITY);
    Domain.positive("minimum loss", minimumLoss);
    Domain.positive("curvature", curvature);
  }

  /** a² = 2L* / h. */
  public double squaredWidth() {
    return 2 * minimumLoss / curvature;
  }

  /** log Z of the density of θ/a: (d/2) log π + log Γ(φ − d/2) − log Γ(φ), plus d log a. */
  public double logNorm() {
    double half = dimension / 2.0;
    return half * Math.log(Math.PI * squaredWidth())
        + Beta.logBeta(half, exponent - half)
        - Gamma.logGamma(half);
  }

  /** log p(θ) at ‖θ‖². */
  public double logDensity(double squaredDistance) {
    Domain.nonNegative("squared distance", squaredDistance);
    return -exponent * Math.log1p(squaredDistance / squaredWidth()) - logNorm();
  }

  /** log of the density of u = L/L* − 1 &gt; 0. */
  public double logDensityOfExcess(double excess) {
    Domain.positive("excess", excess);
    double half = dimension / 2.0;
    return (half - 1) * Math.log(excess)
        - exponent * Math.log1p(excess)
        - Beta.logBeta(half, exponent - half);
  }

  /** Σ log p(θ_i) of independent points given by their ‖θ_i‖². */
  public double logLikelihood(double... squaredDistances) {
    Domain.finite("squared distances", squaredDistances);
    double sum = 0;
    double width = squaredWidth();
    for (double squared : squaredDistances) {
      Domain.nonNegative("squared distance", squared);
      sum += Math.log1p(squared / width);
    }
    return -exponent * sum - squaredDistances.length * logNorm();
  }

  /** ⟨‖θ‖²⟩ = d a²/(2φ − d − 2); infinite for φ ≤ d/2 + 1. */
  public double secondMoment() {
    double denominator = 2 * exponent - dimension - 2;
    return denominator <= 0 ? Double.POSITIVE_INFINITY : dimension * squaredWidth() / denominator;
  }

  /** ⟨θ_i⁴⟩/⟨θ_i²⟩² − 3 = 6/(2φ − d − 4) of each coordinate; infinite for φ ≤ d/2 + 2. */
  public double excessKurtosis() {
    double denominator = 2 * exponent - dimension - 4;
    return denominator <= 0 ? Double.POSITIVE_INFINITY : 6 / denominator;
  }
}
