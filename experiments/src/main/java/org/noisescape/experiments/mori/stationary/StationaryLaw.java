package org.noisescape.experiments.mori.stationary;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.noisescape.theory.mori.ExponentFit;
import org.noisescape.theory.mori.GaussianRegression;
import org.noisescape.theory.mori.LogLandscape;
import org.noisescape.theory.mori.PowerLawLossDensity;

/** What the stationary density of θ is said to be, by two of its numbers. */
enum StationaryLaw {
  /** L^−φ_d, φ_d = 1 + (B/(ηh))(1 − ηh/2): what is tested. */
  POWER("L^-phi_d", LogLandscape::correctedStationaryExponent, StationaryLaw::kurtosisOf),
  /** L^−φ, φ = 1 + B/(ηh), without the correction for steps of finite size. */
  TEXT(
      "L^-phi of the text, phi = 1 + B/(eta h)",
      LogLandscape::stationaryExponent,
      StationaryLaw::kurtosisOf),
  /** A Gaussian, of which maximum likelihood finds an exponent too. */
  GAUSSIAN(
      "Gaussian of SGD's own variance",
      theory -> {
        // θ² over a² = 2L*/h is that of the label variance 1
        double variance = theory.curvature() * regression(theory).stationaryMoments()[0];
        return Double.isFinite(variance) ? ExponentFit.ofGaussian(variance) : Double.NaN;
      },
      exponent -> 0);

  final String label;
  private final ToDoubleFunction<LogLandscape> exponent;
  private final DoubleUnaryOperator kurtosis;

  StationaryLaw(
      String label, ToDoubleFunction<LogLandscape> exponent, DoubleUnaryOperator kurtosis) {
    this.label = label;
    this.exponent = exponent;
    this.kurtosis = kurtosis;
  }

  /** φ that maximum likelihood finds. */
  double exponent(LogLandscape theory) {
    return exponent.applyAsDouble(theory);
  }

  /** ⟨δ⁴⟩/⟨δ²⟩² − 3 of δ = θ − θ*; infinite where ⟨δ⁴⟩ is. */
  double kurtosis(LogLandscape theory) {
    return kurtosis.applyAsDouble(exponent(theory));
  }

  /** The same of SGD itself, with Gaussian inputs and labels. */
  static double exactKurtosis(LogLandscape theory) {
    return regression(theory).excessKurtosis();
  }

  private static GaussianRegression regression(LogLandscape theory) {
    return new GaussianRegression(
        new double[] {theory.curvature()}, 1, theory.learningRate(), theory.batch());
  }

  /** Width and minimum do not matter. */
  private static double kurtosisOf(double exponent) {
    return exponent > 0.5
        ? new PowerLawLossDensity(1, exponent, 1, 1).excessKurtosis()
        : Double.POSITIVE_INFINITY;
  }
}
