package org.noisescape.theory.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.FirstPassage;

/** First passages of linear regression at small learning rates. */
class RegressionPassageTest {
  private static final double LABEL_VARIANCE = 0.7;
  private static final double CURVATURE = 1.3;

  private static RegressionPassage passage(int dimension, int batch, double rate, double h) {
    return new RegressionPassage(dimension, new LogLandscape(rate, batch, h));
  }

  /** E e^{−p·g/B} over x and ε by the trapezoidal rule. */
  @ParameterizedTest
  @CsvSource({"0.4, 1", "-0.9, 3", "1.5, 2"})
  void momentumSolvesTheEquationOfTheQuasiPotential(double theta, int batch) {
    double p = passage(1, batch, 0.1, CURVATURE).momentum(theta, LABEL_VARIANCE);
    int nodes = 800;
    double reach = 30;
    double sum = 0;
    double norm = 0;
    for (int i = 0; i <= nodes; i++) {
      double u = reach * (2.0 * i / nodes - 1);
      double x = u * Math.sqrt(CURVATURE);
      for (int j = 0; j <= nodes; j++) {
        double v = reach * (2.0 * j / nodes - 1);
        double gradient = x * (x * theta - v * Math.sqrt(LABEL_VARIANCE));
        double weight = -(u * u + v * v) / 2;
        sum += Math.exp(weight - p * gradient / batch);
        norm += Math.exp(weight);
      }
    }
    assertThat(sum / norm).isCloseTo(1, offset(1e-9));
  }

  /** V/η = ∫ p dθ/η up to ‖θ‖² = (c − 1) σ²/h. */
  @Test
  void exponentIsTheIntegralOfTheMomentum() {
    RegressionPassage passage = passage(1, 3, 0.1, CURVATURE);
    double end = Math.sqrt(0.6 * LABEL_VARIANCE / CURVATURE);
    // the momentum is linear
    double integral = passage.momentum(end, LABEL_VARIANCE) * end / 2;
    assertThat(passage.exponent(1.6) / (integral / 0.1)).isCloseTo(1, offset(1e-12));
  }

  /**
   * With noise that does not depend on θ: Ornstein and Uhlenbeck, where C = 1 and V is the same.
   */
  @Test
  void barrierAndPrefactorAreThoseOfAdditiveNoiseButForTheStepsOfFiniteSize() {
    double rate = 0.02;
    double excess = 0.4;
    RegressionPassage passage = passage(1, 1, rate, CURVATURE);
    // dθ = −hθ dt + √(ησ²h) dW
    Diffusion additive =
        Diffusion.additive(theta -> CURVATURE * theta, rate * LABEL_VARIANCE * CURVATURE);
    double width = Math.sqrt(excess * LABEL_VARIANCE / CURVATURE);
    // from the middle to both ends is from there to one end with the middle reflecting
    double exact = FirstPassage.meanTime(additive, 0, 0, width).logValue();
    double asymptotic =
        passage.logTime(1 + excess) + 1.5 * excess + RegressionPassage.logOvershoot(1, excess);
    assertThat(asymptotic - exact).isCloseTo(0, offset(rate * CURVATURE / excess / 2 + 0.02));
  }

  /** Fresh samples; what the law leaves open is granted. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.05, 1.3", "3, 1, 0.05, 1.4", "1, 2, 0.1, 1.3", "2, 4, 0.1, 1.25"})
  void timesAreThoseOfSimulatedSgd(int dimension, int batch, double rate, double level) {
    int replicas = 600;
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < replicas; r++) {
      double time = rate * simulate(r, dimension, batch, rate, level);
      sum += time;
      squares += time * time;
    }
    double mean = sum / replicas;
    double error = Math.sqrt((squares / replicas - mean * mean) / (replicas - 1)) / mean;
    assertThat(error).isLessThan(0.06);
    double predicted = passage(dimension, batch, rate, 1).logTime(level);
    double order = dimension * rate / batch / (level - 1) / 2;
    assertThat(Math.log(mean) - predicted).isCloseTo(0, offset(3.5 * error + order));
  }

  private static long simulate(int replica, int dimension, int batch, double rate, double level) {
    RandomStream stream = RandomKey.of(9, Purpose.SYNTHETIC_DATA, replica).stream(0);
    double[] theta = new double[dimension];
    double[] x = new double[dimension];
    for (long k = 1; ; k++) {
      double[] gradient = new double[dimension];
      for (int b = 0; b < batch; b++) {
        double residual = -stream.nextGaussian();
        for (int i = 0; i < dimension; i++) {
          x[i] = stream.nextGaussian();
          residual += theta[i] * x[i];
        }
        for (int i = 0; i < dimension; i++) {
          gradient[i] += residual * x[i] / batch;
        }
      }
      double squared = 0;
      for (int i = 0; i < dimension; i++) {
        theta[i] -= rate * gradient[i];
        squared += theta[i] * theta[i];
      }
      if (squared > level - 1) {
        return k;
      }
    }
  }

  /** Ladder heights of differences of exponential variables are exponential. */
  @Test
  void overshootOfTwoSamplesIsElementary() {
    for (double excess : new double[] {0.01, 0.4, 3}) {
      assertThat(RegressionPassage.logOvershoot(2, excess))
          .isCloseTo(-2 * Math.log(Math.sqrt(excess) + Math.sqrt(1 + excess)), offset(1e-12));
    }
  }

  /** Steps far smaller than the layer at the boundary: a diffusion. */
  @Test
  void overshootVanishesNearTheMinimum() {
    assertThat(RegressionPassage.logOvershoot(1, 1e-6)).isCloseTo(0, offset(1e-2)).isNegative();
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> passage(0, 1, 0.1, 1))
        .withMessageContaining("dimension must be finite and >= 1.0, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> passage(1, 1, 0.1, 1).logTime(1))
        .withMessageContaining("loss ratio");
  }
}
