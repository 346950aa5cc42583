package org.noisescape.theory.mori;

import static org.noisescape.testing.WrongArguments.BELOW_ONE;
import static org.noisescape.testing.WrongArguments.NEGATIVE;
import static org.noisescape.testing.WrongArguments.NOT_POSITIVE;
import static org.noisescape.testing.WrongArguments.NO_COUNT;
import static org.noisescape.testing.WrongArguments.refused;

import org.junit.jupiter.api.Test;

class MoriArgumentsTest {
  private static final double[] NONE = {};
  private static final double[][] IDENTITY = {{1, 0}, {0, 1}};

  @Test
  void landscapeOfTheLogarithm() {
    refused("learning rate", v -> new LogLandscape(v, 1, 1), NOT_POSITIVE);
    refused("batch", v -> new LogLandscape(0.1, (int) v, 1), NO_COUNT);
    refused("curvature", v -> new LogLandscape(0.1, 1, v), NOT_POSITIVE);
    LogLandscape good = new LogLandscape(0.1, 1, 1);
    refused("dimension", good::passageSlope, BELOW_ONE);
    refused("dimension", good::correctedPassageSlope, BELOW_ONE);
    refused("dimension", v -> LogLandscape.criticalLearningRate(v, 1, 1), BELOW_ONE);
    refused("batch", v -> LogLandscape.criticalLearningRate(3, (int) v, 1), NO_COUNT);
    refused("curvature", v -> LogLandscape.criticalLearningRate(3, 1, v), NOT_POSITIVE);
    refused("dimension", v -> LogLandscape.correctedCriticalLearningRate(v, 1, 1), BELOW_ONE);
    refused("batch", v -> LogLandscape.correctedCriticalLearningRate(3, (int) v, 1), NO_COUNT);
    refused("curvature", v -> LogLandscape.correctedCriticalLearningRate(3, 1, v), NOT_POSITIVE);
  }

  @Test
  void ratesOfEscape() {
    refused("curvature at the minimum", v -> EscapeRate.oneDimensional(v, -1, 2, 5), NOT_POSITIVE);
    refused(
        "minus the curvature at the saddle",
        v -> EscapeRate.simplified(1, -v, 1, 2, 5),
        NOT_POSITIVE);
    refused("dimension", v -> EscapeRate.simplified(1, -1, v, 2, 5), BELOW_ONE);
    refused("loss ratio", v -> EscapeRate.simplified(1, -1, 1, v, 5), BELOW_ONE);
    refused("inverse temperature", v -> EscapeRate.simplified(1, -1, 1, 2, v), NOT_POSITIVE);
    refused("eigenvalues at the minimum", () -> EscapeRate.general(NONE, NONE, 2, 5));
    refused("eigenvalues at the saddle", () -> EscapeRate.general(of(1), of(-1, 1), 2, 5));
    refused(
        "eigenvalue 1 at the minimum", v -> EscapeRate.general(of(1, v), of(-1, 1), 2, 5), 0, -1);
    refused(
        "size of eigenvalue 1", v -> EscapeRate.general(of(1, 1), of(-1, v), 2, 5), 0, Double.NaN);
    refused("loss ratio", v -> EscapeRate.general(of(1), of(-1), v, 5), BELOW_ONE);
    refused("inverse temperature", v -> EscapeRate.general(of(1), of(-1), 2, v), NOT_POSITIVE);
  }

  @Test
  void densityOfTheLoss() {
    refused("dimension", v -> new PowerLawLossDensity((int) v, 3, 1, 1), NO_COUNT);
    refused("exponent", v -> new PowerLawLossDensity(4, v, 1, 1), 2, 1, Double.NaN);
    refused("minimum loss", v -> new PowerLawLossDensity(1, 3, v, 1), NOT_POSITIVE);
    refused("curvature", v -> new PowerLawLossDensity(1, 3, 1, v), NOT_POSITIVE);
    PowerLawLossDensity good = new PowerLawLossDensity(1, 3, 1, 1);
    refused("squared distance", good::logDensity, NEGATIVE);
    refused("excess", good::logDensityOfExcess, NOT_POSITIVE);
    refused("squared distances", good::logLikelihood);
    refused("squared distances", v -> good.logLikelihood(1, v), Double.NaN);
    refused("squared distance must", v -> good.logLikelihood(1, v), -1);
  }

  @Test
  void fitOfTheExponent() {
    refused("dimension", v -> ExponentFit.of((int) v, 1, 10), NO_COUNT);
    refused("mean of log(L/L*)", v -> ExponentFit.of(1, v, 10), 0, 1e-13, 1e9, Double.NaN);
    refused("mean of log(L/L*)", v -> ExponentFit.of(8, v, 10), 7e-12, 6e8);
    refused("independent samples", v -> ExponentFit.of(1, 1, v), BELOW_ONE);
  }

  @Test
  void passageInAQuadraticLoss() {
    refused("dimension", v -> new QuadraticPassage((int) v, 1, 5), NO_COUNT);
    refused("curvature", v -> new QuadraticPassage(1, v, 5), NOT_POSITIVE);
    refused("inverse temperature", v -> new QuadraticPassage(1, 1, v), NOT_POSITIVE);
    refused("loss ratio", new QuadraticPassage(1, 1, 5)::meanTime, 1, 0, Double.NaN);
  }

  @Test
  void decoupledNoise() {
    refused("loss", v -> DecoupledNoise.along(v, 1, 1), NEGATIVE);
    refused("curvature", v -> DecoupledNoise.along(1, v, 1), NEGATIVE);
    refused("batch", v -> DecoupledNoise.along(1, 1, (int) v), NO_COUNT);
    refused("loss", v -> DecoupledNoise.matrix(v, IDENTITY, 1), NEGATIVE);
    refused("batch", v -> DecoupledNoise.matrix(1, IDENTITY, (int) v), NO_COUNT);
    refused(
        "row 1 of the Hessian", () -> DecoupledNoise.matrix(1, new double[][] {{1, 0}, {0}}, 1));
    refused("samples", v -> DecoupledNoise.withoutReplacement((int) v, 1), 1, 0);
    refused("batch", v -> DecoupledNoise.withoutReplacement(10, (int) v), 0, 11);
  }

  @Test
  void regressionOnGaussianInputs() {
    refused("input variances", () -> new GaussianRegression(NONE, 1, 0.1, 1));
    refused("input variances", v -> new GaussianRegression(of(1, v), 1, 0.1, 1), Double.NaN);
    refused("input variance must", v -> new GaussianRegression(of(1, v), 1, 0.1, 1), 0, -1);
    refused("label variance", v -> new GaussianRegression(of(1), v, 0.1, 1), NEGATIVE);
    refused("learning rate", v -> new GaussianRegression(of(1), 1, v, 1), NOT_POSITIVE);
    refused("batch", v -> new GaussianRegression(of(1), 1, 0.1, (int) v), NO_COUNT);
    refused("second moments", () -> new GaussianRegression(of(1), 1, 0.1, 1).step(1, 2));
    refused("input variances", () -> GaussianRegression.stabilityBound(NONE, 1));
    refused("input variance", v -> GaussianRegression.stabilityBound(of(v), 1), 0, -1);
    refused("batch", v -> GaussianRegression.stabilityBound(of(1), (int) v), NO_COUNT);
    refused("dimension", v -> GaussianRegression.isotropicStabilityBound((int) v, 1, 1), NO_COUNT);
    refused(
        "input variance", v -> GaussianRegression.isotropicStabilityBound(1, v, 1), NOT_POSITIVE);
    refused("batch", v -> GaussianRegression.isotropicStabilityBound(1, 1, (int) v), NO_COUNT);
  }

  @Test
  void effectiveDimension() {
    refused("eigenvalues", () -> EffectiveDimension.of());
    refused("eigenvalues", v -> EffectiveDimension.of(1, v), Double.NaN, Double.POSITIVE_INFINITY);
    refused("eigenvalue must", v -> EffectiveDimension.of(1, v), -1);
    refused("largest eigenvalue", () -> EffectiveDimension.of(0, 0));
  }

  private static double[] of(double... values) {
    return values;
  }
}
