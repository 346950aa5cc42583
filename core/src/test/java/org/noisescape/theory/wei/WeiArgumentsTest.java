package org.noisescape.theory.wei;

import static org.noisescape.testing.WrongArguments.NEGATIVE;
import static org.noisescape.testing.WrongArguments.NOT_POSITIVE;
import static org.noisescape.testing.WrongArguments.refused;

import org.junit.jupiter.api.Test;

class WeiArgumentsTest {
  private static final double[][] GRADIENTS = {{1, 2}, {3, 4}};
  private static final SpectralDrift GOOD = drift(0.1, 1, 1);

  @Test
  void pointOfTheValley() {
    refused("learning rate", v -> drift(v, 1, 1), NOT_POSITIVE);
    refused("eigenvalues", v -> drift(0.1, 1, v), Double.NaN);
    refused("eigenvalue 1", v -> drift(0.1, 1, v), 0, -1);
    refused("eigenvalues", () -> new SpectralDrift(0.1, new double[0], new double[0][]));
    refused("gradients of the eigenvalues", () -> drift(0.1, 1));
    refused("gradient 1", () -> with(new double[][] {{1, 2}, {3}}));
    refused("gradient 1", v -> with(new double[][] {{1, 2}, {3, v}}), Double.NaN);
  }

  @Test
  void rates() {
    refused("batch", v -> SpectralDrift.strength((int) v, 5), 0, -1, 6);
    refused("learning rate", v -> SpectralDrift.stationaryVariance(v, 1, 1), NOT_POSITIVE);
    refused("eigenvalue", v -> SpectralDrift.stationaryVariance(0.1, v, 1), NOT_POSITIVE);
    refused("noise", v -> SpectralDrift.stationaryVariance(0.1, 1, v), NEGATIVE);
    refused("learning rate", v -> SpectralDrift.discreteVariance(v, 1, 1), NOT_POSITIVE);
    refused("eigenvalue", v -> SpectralDrift.discreteVariance(0.1, v, 1), NOT_POSITIVE);
    refused("noise", v -> SpectralDrift.discreteVariance(0.1, 1, v), NEGATIVE);
    refused("strength", GOOD::alignedNoise, NEGATIVE);
    refused("derivatives of f", () -> GOOD.designedNoise(1));
    refused("derivative 1 of f", v -> GOOD.designedNoise(1, v), NEGATIVE);
    refused("strength", v -> GOOD.traceRate(v), NEGATIVE);
    refused("strength", v -> GOOD.traceRate(v, 1, 1), NEGATIVE);
    refused("slope", () -> GOOD.traceRate(1, 1, 1, 1));
    refused("strength", GOOD::balancedSlope, NEGATIVE);
    refused("noise", () -> GOOD.eigenvalueRates(1));
    refused("noise", v -> GOOD.eigenvalueRates(1, v), NEGATIVE);
    refused("derivatives of f", () -> GOOD.rate(new double[] {1}, new double[] {1, 1}));
    refused("strength", GOOD::excessLoss, NEGATIVE);
  }

  @Test
  void fluctuationAndDissipation() {
    refused("learning rate", v -> FluctuationDissipation.factor(v, 0, 0), NOT_POSITIVE);
    refused("momentum", v -> FluctuationDissipation.factor(0.1, v, 0), -0.1, 1, Double.NaN);
    refused("dampening", v -> FluctuationDissipation.factor(0.1, 0, v), -0.1, 1, Double.NaN);
    refused("the right side", v -> FluctuationDissipation.deviation(1, v), 0, -1, Double.NaN);
  }

  private static SpectralDrift drift(double learningRate, double... eigenvalues) {
    return new SpectralDrift(learningRate, eigenvalues, GRADIENTS);
  }

  private static SpectralDrift with(double[][] gradients) {
    return new SpectralDrift(0.1, new double[] {1, 1}, gradients);
  }
}
