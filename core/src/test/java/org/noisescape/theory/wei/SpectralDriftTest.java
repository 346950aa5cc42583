package org.noisescape.theory.wei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Drift along a valley against simulation of the iteration and against its moments. */
class SpectralDriftTest {
  /** The toy model of Fig. 2b: λ₁ = 2|θ₃+θ₄|, λ₂ = 2|θ₃+2θ₄|. */
  private static SpectralDrift toy(double learningRate, double third, double fourth) {
    return new SpectralDrift(
        learningRate,
        new double[] {2 * (third + fourth), 2 * (third + 2 * fourth)},
        new double[][] {{2, 2}, {2, 4}});
  }

  @Test
  void traceRateOfTheToyModelIsThatOfTheText() {
    // ‖∇̂T‖² = 4² + 6² = 52
    assertThat(toy(0.01, 1, 1).traceRate(SpectralDrift.strength(1, 1_000_000_000)))
        .isCloseTo(-1e-4 / 4 * 52, offset(1e-11));
  }

  /** 2000 runs of 200 steps; (8) is off by relative ηλ/2, and λ hardly moves. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void traceAndDeterminantDriftAsInSimulation(boolean aligned) {
    int runs = 2000;
    int steps = 200;
    double eta = 0.01;
    SpectralDrift valley = toy(eta, 1, 0.5);
    double[] noise = aligned ? valley.alignedNoise(0.5) : new double[] {0.7, 0.7};
    double[] derivatives = aligned ? new double[] {1, 1} : valley.derivativesOfLogDeterminant();
    double expected = steps * valley.rate(derivatives, noise);
    double sum = 0;
    double squares = 0;
    for (int run = 0; run < runs; run++) {
      double change = change(run, steps, eta, aligned);
      sum += change;
      squares += change * change;
    }
    double mean = sum / runs;
    double error = Math.sqrt((squares / runs - mean * mean) / (runs - 1));
    assertThat(error).isLessThan(0.02 * Math.abs(expected));
    assertThat(Math.abs(mean - expected)).isLessThan(3 * error + 0.04 * Math.abs(expected));
    assertThat(mean).isLessThan(-10 * error);
  }

  /** Change of T (aligned noise) or of log det (isotropic noise), from stationarity. */
  private static double change(int run, int steps, double eta, boolean aligned) {
    RandomStream stream = RandomKey.of(23, Purpose.ADDITIVE_NOISE, run).stream(0);
    double third = 1;
    double fourth = 0.5;
    double[] theta = new double[2];
    double[] lambda = {2 * (third + fourth), 2 * (third + 2 * fourth)};
    for (int i = 0; i < 2; i++) {
      double c = aligned ? 0.5 * lambda[i] : 0.7;
      theta[i] =
          Math.sqrt(SpectralDrift.discreteVariance(eta, lambda[i], c)) * stream.nextGaussian();
    }
    double before = aligned ? lambda[0] + lambda[1] : Math.log(lambda[0] * lambda[1]);
    for (int k = 0; k < steps; k++) {
      double first = theta[0] * theta[0];
      double second = theta[1] * theta[1];
      for (int i = 0; i < 2; i++) {
        double c = aligned ? 0.5 * lambda[i] : 0.7;
        theta[i] -= eta * (lambda[i] * theta[i] + Math.sqrt(c) * stream.nextGaussian());
      }
      third -= eta * (first + second);
      fourth -= eta * (first + 2 * second);
      lambda[0] = 2 * (third + fourth);
      lambda[1] = 2 * (third + 2 * fourth);
    }
    double after = aligned ? lambda[0] + lambda[1] : Math.log(lambda[0] * lambda[1]);
    return after - before;
  }

  @Test
  void designedNoiseMakesTheRateMinusTheSquareOfTheGradient() {
    double[] lambda = {3, 0.7, 1.4};
    double[][] gradients = {{1, -2}, {0.5, 3}, {-1, -1}};
    SpectralDrift valley = new SpectralDrift(0.1, lambda, gradients);
    double[] derivatives = {0.2, 1.5, 0};
    double first = 0.2 * 1 + 1.5 * 0.5;
    double second = 0.2 * -2 + 1.5 * 3;
    assertThat(valley.rate(derivatives, valley.designedNoise(derivatives)))
        .isCloseTo(-0.01 / 4 * (first * first + second * second), offset(1e-16));
    double[] ones = {1, 1, 1};
    assertThat(valley.rate(ones, valley.alignedNoise(0.3)))
        .isCloseTo(valley.traceRate(0.3), offset(1e-16));
    for (double c : valley.designedNoise(valley.derivativesOfLogDeterminant())) {
      assertThat(c).isCloseTo(1, offset(1e-15));
    }
  }

  @Test
  void varianceIsTheFixedPointOfTheMomentRecursion() {
    double v = 0;
    for (int k = 0; k < 5000; k++) {
      v = (1 - 0.3 * 2) * (1 - 0.3 * 2) * v + 0.09 * 0.8;
    }
    assertThat(SpectralDrift.discreteVariance(0.3, 2, 0.8)).isCloseTo(v, offset(1e-14));
    assertThat(
            SpectralDrift.discreteVariance(1e-8, 2, 0.8)
                / SpectralDrift.stationaryVariance(1e-8, 2, 0.8))
        .isCloseTo(1, offset(1e-7));
    assertThat(SpectralDrift.discreteVariance(1, 2, 0.8)).isInfinite();
  }

  /** Fig. 7: λ = θ₂² + 1, g = αθ₂; ⟨θ₂⟩ = −2α/η = −0.02 by (38). */
  @Test
  void entropicForceBalancesTheEnergeticOne() {
    double alpha = 1e-4;
    double position = -0.02;
    SpectralDrift valley =
        new SpectralDrift(
            0.01, new double[] {position * position + 1}, new double[][] {{2 * position}});
    assertThat(2 * position * alpha).isCloseTo(valley.balancedSlope(1), offset(1e-18));
    assertThat(valley.traceRate(1, alpha)).isCloseTo(0, offset(1e-18));
    assertThat(valley.balancedSlope(1)).isNegative();
    // mean field of the iteration, ⟨θ₁²⟩θ₂ = −α: the next order in η
    double moment =
        SpectralDrift.discreteVariance(0.01, position * position + 1, position * position + 1);
    assertThat(-alpha / moment).isCloseTo(position, offset(0.01 * 0.02));
  }

  @Test
  void fullBatchesStandStill() {
    assertThat(SpectralDrift.strength(50, 50)).isZero();
    SpectralDrift valley = toy(0.01, 1, 1);
    assertThat(valley.traceRate(0)).isZero();
    assertThat(valley.excessLoss(0)).isZero();
    // ⟨L⟩ − L* = ½ Σ λ⟨θ²⟩
    double loss = 0;
    double[] noise = valley.alignedNoise(0.4);
    double[] lambda = {4, 6};
    for (int i = 0; i < 2; i++) {
      loss += lambda[i] / 2 * SpectralDrift.stationaryVariance(0.01, lambda[i], noise[i]);
    }
    assertThat(valley.excessLoss(0.4)).isCloseTo(loss, offset(1e-15));
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpectralDrift.strength(6, 5))
        .withMessage("batch must lie in [1, 5], got 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> toy(0.1, 1, 1).designedNoise(1, -1))
        .withMessageContaining("derivative 1 of f");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpectralDrift(0.1, new double[] {1}, new double[][] {{1}, {2}}));
  }

  /** ∇̂T = (4, 6): −(0.1²/4)·52 − 0.1·(4 + 12). */
  @Test
  void slopeAddsItsDescentToTheRateOfTheTrace() {
    SpectralDrift drift =
        new SpectralDrift(0.1, new double[] {1, 1}, new double[][] {{1, 2}, {3, 4}});
    assertThat(drift.traceRate(1, 1, 2)).isCloseTo(-1.73, offset(1e-15));
  }

  @Test
  void discreteVarianceIsInfiniteAtTheEdgeEvenWithoutNoise() {
    assertThat(SpectralDrift.discreteVariance(1, 2, 0)).isInfinite();
  }
}
