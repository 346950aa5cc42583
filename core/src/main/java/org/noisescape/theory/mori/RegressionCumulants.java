package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;

/**
 * The cumulant generating function of per-sample gradients of linear regression with one Gaussian
 * input, a law of noise that is not Gaussian and known exactly.
 *
 * <p>x ~ N(0, a), y = ε ~ N(0, σ²), θ counted from the minimum: g = x(xθ − ε), and by the average
 * over ε first
 *
 * <pre>
 * Λ(s) = log E e^(−sg) = −½ log(1 + 2asθ − a s² σ²),   Λ(s*) = 0 at s* = 2θ/σ²
 * κ₁ = aθ,   κ₂ = aσ² + 2a²θ²
 * </pre>
 *
 * <p>A normal law of the same κ₁ and κ₂ has its root at 2κ₁/κ₂. With c = L/L* = 1 + aθ²/σ² the two
 * are apart by 2c − 1. The same holds of any direction of isotropic inputs of d dimensions, with c
 * counted along it. Ours.
 *
 * @param inputVariance a
 * @param labelVariance σ²
 * @param displacement θ
 */
public record RegressionCumulants(double inputVariance, double labelVariance, double displacement) {
  /** Requires variances above 0. */
  public RegressionCumulants {
    Domain.positive("input variance", inputVariance);
    Domain.positive("label variance", labelVariance);
  }

  /** Λ(s); infinite where the average is. */
  public double generating(double s) {
    double inner = 1 + inputVariance * s * (2 * displacement - s * labelVariance);
    return inner > 0 ? -0.5 * Math.log(inner) : Double.POSITIVE_INFINITY;
  }

  /** κ₁. */
  public double mean() {
    return inputVariance * displacement;
  }

  /** κ₂. */
  public double variance() {
    double slope = inputVariance * displacement;
    return inputVariance * labelVariance + 2 * slope * slope;
  }

  /** s*. */
  public double root() {
    return 2 * displacement / labelVariance;
  }

  /** s* over the root of a normal law with the same mean and variance: 2c − 1. */
  public static double rootOverGaussian(double lossRatio) {
    Domain.atLeast("loss ratio", lossRatio, 1);
    return 2 * lossRatio - 1;
  }

  /**
   * s√κ₂ = 2√(1 − 1/c): how far Λ is asked of on the way over the loss cL*, whatever η and B, where
   * the noise is that of Mori et al. (2022), Eq. 6, and the loss a parabola: s = 2κ₁/κ₂ with κ₁ =
   * hθ, κ₂ = 2cL*h, hθ²/2 = (c − 1)L*.
   */
  public static double tilt(double lossRatio) {
    Domain.atLeast("loss ratio", lossRatio, 1);
    return 2 * Math.sqrt(1 - 1 / lossRatio);
  }

  /** The c of a {@link #tilt}; infinite from 2 on, which no loss reaches. */
  public static double lossRatio(double tilt) {
    Domain.nonNegative("tilt", tilt);
    return tilt < 2 ? 1 / (1 - tilt * tilt / 4) : Double.POSITIVE_INFINITY;
  }
}
