package org.noisescape.theory.mori;

import org.noisescape.theory.Domain;

/**
 * Rates of escape κ from a minimum over a saddle, per unit of time t = ηk.
 *
 * <p>1/κ is the mean time to the other side. The mean time until the saddle itself is first
 * reached, which is how the text defines the escape time, is half of that: half of the paths
 * return. Valid to relative order T = ηh/B, and for κ small. The inverse temperature is B/(ηh*) for
 * the text's formula and {@link LogLandscape#correctedInverseTemperature} for ours.
 *
 * <p>Source: Mori et al. (2022), Eqs. 15 and 16. In the text's remark below (18) the ratio of
 * determinants of ∇²U carries cⁿ; the power n/2 printed there is that of its root.
 */
public final class EscapeRate {
  private EscapeRate() {}

  /**
   * (15): κ = (√(h*|hˢ|)/2π) c^−(1/T + 1/2).
   *
   * @param minimumCurvature h* &gt; 0
   * @param saddleCurvature hˢ &lt; 0
   * @param lossRatio c ≥ 1
   * @param inverseTemperature 1/T
   */
  public static double oneDimensional(
      double minimumCurvature,
      double saddleCurvature,
      double lossRatio,
      double inverseTemperature) {
    return simplified(minimumCurvature, saddleCurvature, 1, lossRatio, inverseTemperature);
  }

  /**
   * The simplified (16), where the Hessians at minimum and saddle differ along e only: κ =
   * (√(h_e*|h_eˢ|)/2π) c^−(1/T + 1 − n/2).
   */
  public static double simplified(
      double minimumCurvature,
      double saddleCurvature,
      double dimension,
      double lossRatio,
      double inverseTemperature) {
    Domain.positive("curvature at the minimum", minimumCurvature);
    Domain.positive("minus the curvature at the saddle", -saddleCurvature);
    return Math.sqrt(-minimumCurvature * saddleCurvature)
        / (2 * Math.PI)
        * power(dimension, lossRatio, inverseTemperature);
  }

  /**
   * (16): κ = (|h_eˢ|/2π) √(det H* / |det Hˢ|) c^−(1/T + 1 − n/2).
   *
   * @param minimumEigenvalues the n outliers of the Hessian at the minimum, all positive
   * @param saddleEigenvalues the n eigenvalues at the saddle, of which one is negative
   */
  public static double general(
      double[] minimumEigenvalues,
      double[] saddleEigenvalues,
      double lossRatio,
      double inverseTemperature) {
    Domain.finite("eigenvalues at the minimum", minimumEigenvalues);
    Domain.length("eigenvalues at the saddle", saddleEigenvalues.length, minimumEigenvalues.length);
    double escape = Double.NaN;
    double logRatio = 0;
    for (int i = 0; i < minimumEigenvalues.length; i++) {
      Domain.positive("eigenvalue " + i + " at the minimum", minimumEigenvalues[i]);
      Domain.positive("size of eigenvalue " + i + " at the saddle", Math.abs(saddleEigenvalues[i]));
      logRatio += Math.log(minimumEigenvalues[i] / Math.abs(saddleEigenvalues[i]));
      if (saddleEigenvalues[i] < 0) {
        if (!Double.isNaN(escape)) {
          throw new IllegalArgumentException(
              "a saddle of escape has one negative eigenvalue, got "
                  + escape
                  + " and "
                  + saddleEigenvalues[i]);
        }
        escape = saddleEigenvalues[i];
      }
    }
    if (Double.isNaN(escape)) {
      throw new IllegalArgumentException(
          "a saddle of escape has one negative eigenvalue, got none");
    }
    return -escape
        / (2 * Math.PI)
        * Math.exp(logRatio / 2)
        * power(minimumEigenvalues.length, lossRatio, inverseTemperature);
  }

  private static double power(double dimension, double lossRatio, double inverseTemperature) {
    Domain.atLeast("dimension", dimension, 1);
    Domain.atLeast("loss ratio", lossRatio, 1);
    Domain.positive("inverse temperature", inverseTemperature);
    return Math.pow(lossRatio, -(inverseTemperature + 1 - dimension / 2));
  }
}
