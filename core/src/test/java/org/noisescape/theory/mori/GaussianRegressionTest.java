package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Exact second moments of linear regression with Gaussian inputs. */
class GaussianRegressionTest {
  private static final double[] VARIANCES = {1, 0.4, 2.2};
  private static final double NOISE = 0.6;

  @Test
  void stationaryMomentsAreTheFixedPointOfTheRecursion() {
    GaussianRegression regression = new GaussianRegression(VARIANCES, NOISE, 0.25, 4);
    double[] moments = {0, 5, 0};
    for (int k = 0; k < 5000; k++) {
      moments = regression.step(moments);
    }
    double[] stationary = regression.stationaryMoments();
    double excess = 0;
    for (int i = 0; i < 3; i++) {
      assertThat(stationary[i] / moments[i]).isCloseTo(1, offset(1e-12));
      excess += VARIANCES[i] * moments[i] / 2;
    }
    assertThat(regression.stationaryExcessLoss() / excess).isCloseTo(1, offset(1e-12));
  }

  /** 400 chains; their means of θ_i² over time are independent samples. */
  @Test
  void stationaryMomentsAreThoseOfSimulatedSgd() {
    int chains = 400;
    int steps = 2000;
    int burnIn = 200;
    double learningRate = 0.25;
    int batch = 4;
    double[] sums = new double[3];
    double[] squares = new double[3];
    for (int chain = 0; chain < chains; chain++) {
      double[] mean = simulate(chain, steps, burnIn, learningRate, batch);
      for (int i = 0; i < 3; i++) {
        sums[i] += mean[i];
        squares[i] += mean[i] * mean[i];
      }
    }
    double[] exact =
        new GaussianRegression(VARIANCES, NOISE, learningRate, batch).stationaryMoments();
    for (int i = 0; i < 3; i++) {
      double mean = sums[i] / chains;
      double error = Math.sqrt((squares[i] / chains - mean * mean) / (chains - 1));
      assertThat(error / exact[i]).isLessThan(0.01);
      assertThat(Math.abs(mean - exact[i])).isLessThan(3.5 * error);
    }
  }

  private static double[] simulate(
      int chain, int steps, int burnIn, double learningRate, int batch) {
    RandomStream stream = RandomKey.of(5, Purpose.SYNTHETIC_DATA, chain).stream(0);
    double[] theta = new double[3];
    double[] x = new double[3];
    double[] gradient = new double[3];
    double[] sums = new double[3];
    for (int k = 0; k < burnIn + steps; k++) {
      Arrays.fill(gradient, 0);
      for (int b = 0; b < batch; b++) {
        double residual = -Math.sqrt(NOISE) * stream.nextGaussian();
        for (int i = 0; i < 3; i++) {
          x[i] = Math.sqrt(VARIANCES[i]) * stream.nextGaussian();
          residual += theta[i] * x[i];
        }
        for (int i = 0; i < 3; i++) {
          gradient[i] += residual * x[i] / batch;
        }
      }
      for (int i = 0; i < 3; i++) {
        theta[i] -= learningRate * gradient[i];
        if (k >= burnIn) {
          sums[i] += theta[i] * theta[i] / steps;
        }
      }
    }
    return sums;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 1, 0.5", "3, 7, 2", "1, 64, 1"})
  void isotropicBoundIsWhereTheRecursionStartsToGrow(int dimension, int batch, double variance) {
    double[] variances = new double[dimension];
    Arrays.fill(variances, variance);
    double bound = GaussianRegression.isotropicStabilityBound(dimension, variance, batch);
    assertThat(GaussianRegression.stabilityBound(variances, batch) / bound)
        .isCloseTo(1, offset(1e-12));
    isTheEdge(variances, batch, bound);
  }

  @Test
  void boundOfAnyInputsIsWhereTheRecursionStartsToGrow() {
    isTheEdge(VARIANCES, 3, GaussianRegression.stabilityBound(VARIANCES, 3));
    isTheEdge(
        new double[] {1, 1e-3},
        500,
        GaussianRegression.stabilityBound(new double[] {1, 1e-3}, 500));
  }

  /** Without label noise the moments shrink below the bound and grow above it. */
  private static void isTheEdge(double[] variances, int batch, double bound) {
    for (double factor : new double[] {0.99, 1.01}) {
      GaussianRegression regression = new GaussianRegression(variances, 0, factor * bound, batch);
      double[] moments = new double[variances.length];
      Arrays.fill(moments, 1);
      for (int k = 0; k < 20_000; k++) {
        moments = regression.step(moments);
      }
      assertThat(regression.stable()).isEqualTo(factor < 1);
      if (factor < 1) {
        assertThat(moments[0]).isLessThan(1);
      } else {
        assertThat(moments[0]).isGreaterThan(1);
      }
    }
    GaussianRegression unstable = new GaussianRegression(variances, 1, 1.01 * bound, batch);
    assertThat(unstable.stationaryMoments()).containsOnly(Double.POSITIVE_INFINITY);
    assertThat(unstable.stationaryExcessLoss()).isInfinite();
  }

  @ParameterizedTest
  @CsvSource({"1, 0.1, 1", "1, 1, 16", "6, 0.3, 9"})
  void decouplingMissesOneHalfOfTheExponentInAnyDimension(
      int dimension, double learningRate, int batch) {
    double[] variances = new double[dimension];
    Arrays.fill(variances, 1.2);
    GaussianRegression regression = new GaussianRegression(variances, NOISE, learningRate, batch);
    double phi =
        GaussianRegression.momentMatchedExponent(new LogLandscape(learningRate, batch, 1.2));
    double moment = new PowerLawLossDensity(dimension, phi, NOISE / 2, 1.2).secondMoment();
    assertThat(dimension * regression.stationaryMoments()[0] / moment).isCloseTo(1, offset(1e-12));
  }

  @Test
  void largeBatchesAndSmallRatesHaveTheirLimits() {
    // B → ∞: the bound of gradient descent, 2/a
    assertThat(GaussianRegression.isotropicStabilityBound(3, 2, 1_000_000))
        .isCloseTo(1, offset(1e-5));
    // η → 0: ησ²/(2B)
    double eta = 1e-7;
    assertThat(
            new GaussianRegression(new double[] {1}, NOISE, eta, 2).stationaryMoments()[0]
                / (eta * NOISE / 4))
        .isCloseTo(1, offset(1e-6));
    assertThat(new GaussianRegression(new double[] {1}, 0, 0.1, 2).stationaryMoments()[0]).isZero();
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GaussianRegression(new double[] {1, 0}, 1, 0.1, 1))
        .withMessageContaining("input variance must be finite and > 0, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GaussianRegression(VARIANCES, 1, 0.1, 1).step(1, 2))
        .withMessageContaining("length 3, got 2");
  }

  /** a = 1, B = 2, η = 1: Q = ½/(2 − 3/2) = 1. */
  @Test
  void theEdgeItselfIsUnstable() {
    GaussianRegression edge = new GaussianRegression(new double[] {1}, 1, 1, 2);
    assertThat(edge.stable()).isFalse();
    assertThat(edge.stationaryMoments()).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(edge.stationaryExcessLoss()).isInfinite();
  }

  @Test
  void boundScalesWithTheInputs() {
    for (double a : new double[] {0.1, 10}) {
      double bound = GaussianRegression.isotropicStabilityBound(1, a, 1);
      assertThat(GaussianRegression.stabilityBound(new double[] {a}, 1) / bound)
          .isCloseTo(1, offset(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1, 4, 0.00175097", "0.3, 4, 0.0697474", "1, 16, 0.616183"})
  void kurtosisIsThatOfSimulatedSgd(double rate, int batch, double value) {
    double exact = new GaussianRegression(new double[] {1}, NOISE, rate, batch).excessKurtosis();
    assertThat(exact / value).isCloseTo(1, offset(1e-5));
    int chains = 60;
    double[][] moments = new double[chains][];
    double second = 0;
    double fourth = 0;
    for (int chain = 0; chain < chains; chain++) {
      moments[chain] = moments(chain, rate, batch);
      second += moments[chain][0] / chains;
      fourth += moments[chain][1] / chains;
    }
    double kurtosis = fourth / (second * second) - 3;
    double squares = 0;
    for (double[] m : moments) {
      // the first-order effect of a chain on the ratio
      double effect = m[1] / (second * second) - 2 * (kurtosis + 3) * m[0] / second;
      squares += Math.pow(effect + kurtosis + 3, 2);
    }
    double error = Math.sqrt(squares / chains / (chains - 1));
    assertThat(error).isLessThan(0.04);
    assertThat(kurtosis - exact).isCloseTo(0, offset(3.5 * error));
  }

  /** Means of θ² and θ⁴ over 3,000 samples a correlation time apart. */
  private static double[] moments(int chain, double rate, int batch) {
    RandomStream stream = RandomKey.of(6, Purpose.SYNTHETIC_DATA, chain).stream(0);
    int every = (int) Math.ceil(1 / rate);
    int samples = 3000;
    double theta = 0;
    double[] sums = new double[2];
    for (int k = 0; k < (samples + 20) * every; k++) {
      double gradient = 0;
      for (int b = 0; b < batch; b++) {
        double x = stream.nextGaussian();
        gradient += x * (x * theta - Math.sqrt(NOISE) * stream.nextGaussian()) / batch;
      }
      theta -= rate * gradient;
      if (k >= 20 * every && k % every == 0) {
        sums[0] += theta * theta / samples;
        sums[1] += Math.pow(theta, 4) / samples;
      }
    }
    return sums;
  }

  @Test
  void kurtosisIsInfiniteWhereTheFourthMomentIs() {
    assertThat(new GaussianRegression(new double[] {1}, 1, 1, 4).excessKurtosis()).isInfinite();
    assertThat(new GaussianRegression(new double[] {1}, 1, 0.5, 1).excessKurtosis()).isInfinite();
  }
}
