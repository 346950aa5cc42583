package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;

/**
 * Exponents of SGD near a minimum, which lives on U = log L at the temperature T = ηh/B.
 *
 * <p>Corrected for a finite learning rate: the stationary variance of an iteration θ ← (1 − ηh)θ +
 * ηξ is that of continuous time over 1 − ηh/2 (Liu et al. 2021), so T becomes T/(1 − ηh/2) and
 * B/(ηh) becomes (B/(ηh))(1 − ηh/2) wherever it stands. That is ours; it makes the second moment of
 * (17) exact for the iteration with the noise (6) in a quadratic, isotropic L of any dimension.
 *
 * <p>Source: Mori et al. (2022), Eqs. 14 to 18, and the slides.
 *
 * @param learningRate η
 * @param batch B
 * @param curvature h*, eigenvalue of the Hessian at the minimum along the direction of escape
 */
public record LogLandscape(double learningRate, int batch, double curvature) {
  /** Requires η &gt; 0, B ≥ 1 and h* &gt; 0. */
  public LogLandscape {
    Domain.positive("learning rate", learningRate);
    Domain.atLeast("batch", batch, 1);
    Domain.positive("curvature", curvature);
  }

  /** 1/T = B/(ηh*). */
  public double inverseTemperature() {
    return batch / (learningRate * curvature);
  }

  /** (B/(ηh*))(1 − ηh* / 2); not positive from ηh* = 2 on, where no stationary state exists. */
  public double correctedInverseTemperature() {
    return inverseTemperature() * (1 - learningRate * curvature / 2);
  }

  /** φ = 1 + B/(ηh*) of P_ss ∝ L^−φ (17). */
  public double stationaryExponent() {
    return 1 + inverseTemperature();
  }

  /** φ_d = 1 + (B/(ηh*))(1 − ηh* / 2). */
  public double correctedStationaryExponent() {
    return 1 + correctedInverseTemperature();
  }

  /** B/(ηh*) + 1 − n/2, the slope of log t_p against log c (16). */
  public double passageSlope(double dimension) {
    return slope(inverseTemperature(), dimension);
  }

  /** (B/(ηh*))(1 − ηh* / 2) + 1 − n/2. */
  public double correctedPassageSlope(double dimension) {
    return slope(correctedInverseTemperature(), dimension);
  }

  /** n_c = 2(B/(ηh*) + 1), above which a minimum is unstable (18). */
  public double criticalDimension() {
    return 2 * (inverseTemperature() + 1);
  }

  /** 2((B/(ηh*))(1 − ηh* / 2) + 1). */
  public double correctedCriticalDimension() {
    return 2 * (correctedInverseTemperature() + 1);
  }

  /** η_c = (2/(n − 2)) B/h*, where the slope vanishes (slides); infinite for n ≤ 2. */
  public static double criticalLearningRate(double dimension, int batch, double curvature) {
    check(dimension, batch, curvature);
    return dimension <= 2 ? Double.POSITIVE_INFINITY : 2 * batch / ((dimension - 2) * curvature);
  }

  /**
   * (2/(B + n − 2)) B/h*, where the corrected slope vanishes: never above 2/h* for n ≥ 2.
   *
   * <p>For n = 1 and B = 1, infinite: there the slope is positive for every η; the mean of the
   * iteration diverges from 2/h* on nevertheless.
   */
  public static double correctedCriticalLearningRate(
      double dimension, int batch, double curvature) {
    check(dimension, batch, curvature);
    double denominator = batch + dimension - 2;
    return denominator <= 0 ? Double.POSITIVE_INFINITY : 2 * batch / (denominator * curvature);
  }

  private static void check(double dimension, int batch, double curvature) {
    Domain.atLeast("dimension", dimension, 1);
    Domain.atLeast("batch", batch, 1);
    Domain.positive("curvature", curvature);
  }

  private static double slope(double inverseTemperature, double dimension) {
    Domain.atLeast("dimension", dimension, 1);
    return inverseTemperature + 1 - dimension / 2;
  }
}
