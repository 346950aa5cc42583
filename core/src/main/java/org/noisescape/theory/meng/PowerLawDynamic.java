package org.noisescape.theory.meng;

import org.noisescape.theory.Domain;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.Interpretation;

/**
 * One coordinate of dw = −hw dt + √(η(σ + ρw²)) dB, w counted from the minimum.
 *
 * <p>Its stationary density is (1 + βκw²)^−p with βκ = ρ/σ and
 *
 * <pre>
 * p = 1/κ        Hänggi and Klimontovich, the text's
 * p = 1 + 1/κ    Itô, what the iteration w ← w − η(hw + √D ξ) has for small η
 * </pre>
 *
 * <p>β = h/(ησ) as Proposition 2 says; the β = 2/(ησ) below Eq. 19 lacks h/2.
 *
 * <p>Source: Meng et al. (2020), Propositions 1 and 2, Eqs. 5, 7 and 8. Proposition 1 supposes a
 * diagonal Hessian of each batch: in linear regression with inputs xxᵀ, D_j depends on every w_i.
 *
 * @param curvature h &gt; 0
 * @param learningRate η &gt; 0
 * @param sigma σ &gt; 0, variance of the gradient at the minimum
 * @param rho ρ ≥ 0, variance of the second derivative
 */
public record PowerLawDynamic(double curvature, double learningRate, double sigma, double rho) {
  /** Requires all but ρ, which may be 0, to be positive. */
  public PowerLawDynamic {
    Domain.positive("curvature", curvature);
    Domain.positive("learning rate", learningRate);
    Domain.positive("sigma", sigma);
    Domain.nonNegative("rho", rho);
  }

  /** D(w) = σ + ρw² (5). */
  public double noiseVariance(double w) {
    return sigma + rho * w * w;
  }

  /** κ = ηρ/h. */
  public double kappa() {
    return learningRate * rho / curvature;
  }

  /** β = h/(ησ). */
  public double beta() {
    return curvature / (learningRate * sigma);
  }

  /** 2/(ησ), the β printed below Eq. 19: no stationary density of (7) unless h = 2. */
  public double literalAppendixBeta() {
    return 2 / (learningRate * sigma);
  }

  /** p of the stationary (1 + βκw²)^−p; infinite for ρ = 0, a Gaussian exp(−βw²). */
  public double stationaryExponent(Interpretation interpretation) {
    double power = 1 / kappa();
    return interpretation == Interpretation.ITO ? power + 1 : power;
  }

  /** The normalised stationary density. */
  public KappaDensity stationaryDensity(Interpretation interpretation) {
    if (interpretation == Interpretation.HANGGI_KLIMONTOVICH) {
      return new KappaDensity(0, beta(), kappa());
    }
    // 1 + 1/κ = 1/κ′ with κ′ = κ/(1 + κ), and β′κ′ = βκ
    double kappa = kappa();
    return new KappaDensity(0, beta() * (1 + kappa), kappa / (1 + kappa));
  }

  /** The process, for exact first-passage times. */
  public Diffusion diffusion(Interpretation interpretation) {
    return new Diffusion(w -> curvature * w, w -> learningRate * noiseVariance(w), interpretation);
  }

  /**
   * Rate r of d⟨w²⟩/dt = ησ − r⟨w²⟩: 2h − ηρ (Itô), 2h − 3ηρ (Hänggi and Klimontovich).
   *
   * <p>Negative where ⟨w²⟩ grows for ever: κ &gt; 2, and κ &gt; 2/3, the text's condition.
   */
  public double secondMomentRate(Interpretation interpretation) {
    int factor = interpretation == Interpretation.ITO ? 1 : 3;
    return 2 * curvature - factor * learningRate * rho;
  }

  /** Exact ⟨w²⟩(t) = ησ(1 − e^{−rt})/r from w = 0. */
  public double secondMoment(double time, Interpretation interpretation) {
    Domain.nonNegative("time", time);
    double rate = secondMomentRate(interpretation);
    double growth = rate == 0 ? time : -Math.expm1(-rate * time) / rate;
    return learningRate * sigma * growth;
  }

  /** Stationary ⟨w²⟩ = ησ/r; infinite where r ≤ 0. */
  public double stationarySecondMoment(Interpretation interpretation) {
    double rate = secondMomentRate(interpretation);
    return rate > 0 ? learningRate * sigma / rate : Double.POSITIVE_INFINITY;
  }

  /** Exact ⟨w_k²⟩ of the iteration w ← (1 − ηh)w + η√D ξ from w₀ = 0. */
  public double discreteSecondMoment(long steps) {
    Domain.nonNegative("steps", steps);
    double rate = discreteRate();
    double input = learningRate * learningRate * sigma;
    return rate == 0 ? input * steps : -input * Math.expm1(steps * Math.log1p(-rate)) / rate;
  }

  /** η²σ/(2ηh − η²h² − η²ρ); infinite where the iteration has no second moment. */
  public double discreteStationarySecondMoment() {
    double rate = discreteRate();
    return rate > 0 ? learningRate * learningRate * sigma / rate : Double.POSITIVE_INFINITY;
  }

  /** 1 − (1 − ηh)² − η²ρ. */
  private double discreteRate() {
    double step = learningRate * curvature;
    return step * (2 - step) - learningRate * learningRate * rho;
  }
}
