package org.noisescape.theory.meng;

import org.noisescape.theory.Domain;

/**
 * The time-dependent density of Proposition 2, from w₀ at t = 0.
 *
 * <pre>
 * literal     Z(t)^(2−κ) = (1 − e^{−t/c})/K,  K = h/(2ησγ),  1/c = h(2 − κ)
 * consistent  Z(t)^(2−κ) = Z∞^(2−κ)(1 − e^{−t/c}),  Z∞² = γησ/h
 * β(t) = γ/Z(t)²,  ŵ(t) = w* + (w₀ − w*)e^{−ht}
 * </pre>
 *
 * <p>The literal Z does not tend to the stationary density of the same proposition, and at κ = 0
 * has twice the variance of the Ornstein-Uhlenbeck process: C in Eq. 20 lacks the factor Z∞^(−κ)/2.
 * The consistent one has both limits. Neither solves (18), whose diffusion is fixed in w, for 0
 * &lt; κ and finite t: both solve the nonlinear equation of Tsallis and Bukman (1996), ∂p = ∂(hwp)
 * + C∂²p^(1−κ), and spread as t^{2/(2−κ)} instead of t. The exact second moment is {@link
 * PowerLawDynamic#secondMoment}.
 *
 * <p>Source: Meng et al. (2020), Eqs. 8, 17 to 20.
 *
 * @param dynamic h, η, σ, ρ with κ &lt; 2
 */
public record TsallisBukman(PowerLawDynamic dynamic) {
  /** Requires κ &lt; 2. */
  public TsallisBukman {
    require(dynamic.kappa() < 2, "2", dynamic.kappa());
  }

  /** The density of Proposition 2 as printed. */
  public KappaDensity literalDensity(double start, double time) {
    return density(start, time, literalNorm(time));
  }

  /** The density with the norm that fits its stationary limit. */
  public KappaDensity density(double start, double time) {
    return density(start, time, norm(time));
  }

  /** Z(t) as printed. */
  public double literalNorm(double time) {
    Domain.positive("time", time);
    double k = 1 / (2 * gamma() / dynamic.beta());
    return Math.pow(-Math.expm1(-time * rate()) / k, 1 / (2 - dynamic.kappa()));
  }

  /** Z(t) that tends to Z∞. */
  public double norm(double time) {
    Domain.positive("time", time);
    return Math.sqrt(gamma() / dynamic.beta())
        * Math.pow(-Math.expm1(-time * rate()), 1 / (2 - dynamic.kappa()));
  }

  /** ⟨w²⟩ of Theorem 4 from w₀ = 0, as printed: that of the literal density. */
  public double literalSecondMoment(double time) {
    return literalDensity(0, time).variance();
  }

  /** ⟨w²⟩ of the consistent density. */
  public double secondMoment(double time) {
    return density(0, time).variance();
  }

  /** The small-t form of Theorem 4: M(2(2−κ)ησγ t)^{2/(2−κ)}, M = 1/(γ(2 − 3κ)). */
  public double literalSmallTimeSecondMoment(double time) {
    Domain.positive("time", time);
    double kappa = dynamic.kappa();
    double rate = 2 * (2 - kappa) * dynamic.learningRate() * dynamic.sigma() * gamma();
    return Math.pow(rate * time, 2 / (2 - kappa)) * momentOfUnitNorm();
  }

  /** The time at which the literal ⟨w²⟩ is ε²; infinite where it stays below. */
  public double literalEscapeTime(double epsilon) {
    Domain.positive("epsilon", epsilon);
    double kappa = dynamic.kappa();
    double normPower = Math.pow(epsilon * epsilon / momentOfUnitNorm(), 1 - kappa / 2);
    double reached = normPower / (2 * gamma() / dynamic.beta());
    return reached >= 1 ? Double.POSITIVE_INFINITY : -Math.log1p(-reached) / rate();
  }

  /** ⟨w²⟩/Z² = B(3/2, 1/κ − 3/2)/B(½, 1/κ − ½)³ = 1/(γ(2 − 3κ)), for κ &lt; 2/3. */
  private double momentOfUnitNorm() {
    require(dynamic.kappa() < 2.0 / 3, "2/3 for a second moment", dynamic.kappa());
    return 1 / (gamma() * (2 - 3 * dynamic.kappa()));
  }

  private KappaDensity density(double start, double time, double norm) {
    double centre = start * Math.exp(-dynamic.curvature() * time);
    return new KappaDensity(centre, gamma() / (norm * norm), dynamic.kappa());
  }

  private double gamma() {
    return KappaDensity.gamma(dynamic.kappa());
  }

  private double rate() {
    return dynamic.curvature() * (2 - dynamic.kappa());
  }

  private static void require(boolean holds, String bound, double kappa) {
    if (!holds) {
      throw new IllegalArgumentException(
          "kappa = eta*rho/h must be less than " + bound + ", got " + kappa);
    }
  }
}
