package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class RegressionNoiseTest {
  private static final double SETTLED = 1e-9;
  private static final double[][] A = {{1, 0.2}, {0.2, 0.3}};

  @ParameterizedTest
  @EnumSource(SquareLoss.class)
  void oneDimensionHasTheClosedForm(SquareLoss loss) {
    double f = loss.gradientFactor();
    for (int batch : new int[] {1, 3, 100}) {
      RegressionNoise noise =
          RegressionNoise.gaussianInputs(
              new double[][] {{1.5}}, 0.7, loss, MiniBatch.withReplacement(batch));
      double k = 1.5 * f;
      double bound = 2 / (k * (1 + 2.0 / batch));
      double rate = 0.8 * bound;
      double expected = rate * f * 0.7 / batch / (2 - rate * k * (1 + 2.0 / batch));
      assertThat(noise.covariance(HeavyBallSgd.sgd(rate))[0][0])
          .isCloseTo(expected, within(1e-12 * expected));
      // bisection by the sign of a solution with a rounding of 1e-9
      assertThat(noise.largestLearningRate(0)).isCloseTo(bound, within(1e-6 * bound));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1,0,5", "0.9,0,5", "0.9,0.6,5", "0.5,0.9,20", "1.5,0.3,50"})
  void gaussianInputsGiveTheFixedPointOfTheMomentRecursion(double rate, double mu, int batch) {
    RegressionNoise noise =
        RegressionNoise.gaussianInputs(A, 0.7, SquareLoss.HALVED, MiniBatch.withReplacement(batch));
    RealMatrix a = MomentRecursion.matrix(A);
    // E[x xᵀ M x xᵀ] written out from the pairings of four Gaussians (Isserlis)
    double[][] expected =
        MomentRecursion.heavyBall(rate, mu, A)
            .fixedPoint(
                sigma -> {
                  RealMatrix fourth = MatrixUtils.createRealMatrix(2, 2);
                  for (int i = 0; i < 2; i++) {
                    for (int j = 0; j < 2; j++) {
                      for (int k = 0; k < 2; k++) {
                        for (int l = 0; l < 2; l++) {
                          double moment = A[i][j] * A[k][l] + A[i][k] * A[j][l] + A[i][l] * A[j][k];
                          fourth.addToEntry(i, j, moment * sigma.getEntry(k, l));
                        }
                      }
                    }
                  }
                  return fourth
                      .add(a.scalarMultiply(0.7))
                      .subtract(a.multiply(sigma).multiply(a))
                      .scalarMultiply(1.0 / batch);
                });
    assertThat(MomentRecursion.distance(noise.covariance(new HeavyBallSgd(rate, mu)), expected))
        .isLessThan(SETTLED);
  }

  @ParameterizedTest
  @EnumSource(SquareLoss.class)
  void selfConsistentCovarianceIsThatOfItsOwnAveragedNoise(SquareLoss loss) {
    RegressionNoise noise = small(loss, MiniBatch.withReplacement(4));
    HeavyBallSgd rule = new HeavyBallSgd(0.3, 0.5);
    double[][] sigma = noise.covariance(rule);
    assertThat(
            MomentRecursion.distance(
                DiscreteTime.covariance(rule, noise.hessian(), noise.averaged(sigma)), sigma))
        .isLessThan(1e-10);
  }

  @ParameterizedTest
  @CsvSource({
    "HALVED,0.6,0,true",
    "HALVED,0.6,0.5,true",
    "PLAIN,0.25,0,true",
    "HALVED,0.6,0.5,false"
  })
  void givenSamplesAgreeWithSimulation(
      SquareLoss loss, double rate, double mu, boolean replacement) {
    int n = 11;
    int batch = 3;
    MiniBatch kind =
        replacement ? MiniBatch.withReplacement(batch) : MiniBatch.withoutReplacement(batch, n);
    RegressionNoise noise = small(loss, kind);
    HeavyBallSgd rule = new HeavyBallSgd(rate, mu);
    double[][] expected = noise.covariance(rule);
    double[][] x = inputs(n);
    double[] y = targets(x);
    int steps = 400_000;
    int block = 4_000;
    double[] minimum = noise.minimum();
    double[] w = minimum.clone();
    double[] m = new double[2];
    double[][] blocks = new double[3][steps / block];
    RandomStream stream = RandomKey.of(5, Purpose.SAMPLING, 0).stream(0);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int step = 0; step < steps; step++) {
      double g0 = 0;
      double g1 = 0;
      for (int b = 0; b < batch; b++) {
        int swap = replacement ? stream.nextInt(n) : b + stream.nextInt(n - b);
        int sample = order[swap];
        if (!replacement) {
          order[swap] = order[b];
          order[b] = sample;
        }
        double residual = w[0] * x[sample][0] + w[1] * x[sample][1] - y[sample];
        g0 += loss.gradientFactor() * residual * x[sample][0] / batch;
        g1 += loss.gradientFactor() * residual * x[sample][1] / batch;
      }
      m[0] = mu * m[0] + g0;
      m[1] = mu * m[1] + g1;
      w[0] -= rate * m[0];
      w[1] -= rate * m[1];
      double d0 = w[0] - minimum[0];
      double d1 = w[1] - minimum[1];
      blocks[0][step / block] += d0 * d0 / block;
      blocks[1][step / block] += d0 * d1 / block;
      blocks[2][step / block] += d1 * d1 / block;
    }
    double[] wanted = {expected[0][0], expected[0][1], expected[1][1]};
    for (int e = 0; e < 3; e++) {
      // blocks are far longer than the correlation time 1/(λk(1-μ)), so they are independent
      double mean = java.util.Arrays.stream(blocks[e]).average().orElseThrow();
      double squares = java.util.Arrays.stream(blocks[e]).map(v -> (v - mean) * (v - mean)).sum();
      double error = Math.sqrt(squares) / blocks[e].length;
      assertThat(error).isLessThan(0.03 * wanted[0]);
      assertThat(mean).isCloseTo(wanted[e], within(4 * error));
    }
  }

  @Test
  void fullBatchWithoutReplacementHasNoFluctuations() {
    RegressionNoise noise = small(SquareLoss.HALVED, MiniBatch.withoutReplacement(11, 11));
    assertThat(noise.covariance(HeavyBallSgd.sgd(0.5))[0][0]).isZero();
    assertThat(noise.atMinimum().trace()).isZero();
  }

  @Test
  void largeBatchesAndSmallRatesLeaveTheTextsFormula() {
    RegressionNoise noise =
        RegressionNoise.gaussianInputs(
            A, 1, SquareLoss.HALVED, MiniBatch.withReplacement(1_000_000));
    HeavyBallSgd rule = new HeavyBallSgd(0.5, 0.3);
    assertThat(
            MomentRecursion.distance(
                noise.covariance(rule),
                DiscreteTime.covariance(rule, noise.hessian(), noise.hessianShaped())))
        .isLessThan(1e-5);
  }

  @Test
  void plainSquareIsTheHalvedOneAtTwiceTheRate() {
    double[][] halved =
        small(SquareLoss.HALVED, MiniBatch.withReplacement(4)).covariance(HeavyBallSgd.sgd(0.5));
    double[][] plain =
        small(SquareLoss.PLAIN, MiniBatch.withReplacement(4)).covariance(HeavyBallSgd.sgd(0.25));
    assertThat(MomentRecursion.distance(plain, halved)).isLessThan(1e-12);
  }

  @Test
  void instabilityIsSeenWithoutResiduals() {
    RegressionNoise noise =
        RegressionNoise.gaussianInputs(
            new double[][] {{1}}, 0, SquareLoss.HALVED, MiniBatch.withReplacement(1));
    assertThat(noise.covariance(HeavyBallSgd.sgd(0.6))[0][0]).isZero();
    assertThat(noise.stable(HeavyBallSgd.sgd(0.7))).isFalse();
    assertThatThrownBy(() -> noise.covariance(HeavyBallSgd.sgd(0.7)))
        .hasMessageContaining("must be less than 0.66666");
  }

  /**
   * The example of Meng et al. (2020), section 7.1, has D_j = σ_j + Var(x_j²)(w_j − w_j*)² alone:
   * two for w_j, and nothing of the others. With x_j(x·v) instead of x_j²v_j it is one of each
   * more.
   */
  @Test
  void independentInputsDoNotMakeTheNoiseOfACoordinateItsOwn() {
    double[][] inputs = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    RegressionNoise noise =
        RegressionNoise.gaussianInputs(
            inputs, 0.25, SquareLoss.HALVED, MiniBatch.withReplacement(1));
    double[] v = {0.5, -2, 3};
    double[][] away = new double[3][3];
    double square = 0;
    for (int i = 0; i < 3; i++) {
      square += v[i] * v[i];
      for (int j = 0; j < 3; j++) {
        away[i][j] = v[i] * v[j];
      }
    }
    double[][] covariance = noise.averaged(away).entries();
    for (int j = 0; j < 3; j++) {
      assertThat(covariance[j][j]).isCloseTo(0.25 + square + v[j] * v[j], within(1e-14));
      // nor is it diagonal
      assertThat(covariance[j][(j + 1) % 3]).isCloseTo(v[j] * v[(j + 1) % 3], within(1e-14));
    }
  }

  @Test
  void argumentsOutsideTheDomainAreNamed() {
    assertThatThrownBy(() -> MiniBatch.withoutReplacement(12, 11)).hasMessageContaining("S <= N");
    assertThatThrownBy(() -> MiniBatch.withReplacement(0)).hasMessageContaining("batch");
    assertThatThrownBy(
            () ->
                RegressionNoise.gaussianInputs(
                    A, -1, SquareLoss.HALVED, MiniBatch.withReplacement(1)))
        .hasMessageContaining("residuals");
    assertThatThrownBy(
            () ->
                RegressionNoise.ofSamples(
                    inputs(3), new double[2], SquareLoss.HALVED, MiniBatch.withReplacement(1)))
        .hasMessageContaining("one target");
  }

  private static RegressionNoise small(SquareLoss loss, MiniBatch batch) {
    double[][] x = inputs(11);
    return RegressionNoise.ofSamples(x, targets(x), loss, batch);
  }

  private static double[][] inputs(int n) {
    RandomStream stream = RandomKey.of(3, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[][] x = new double[n][2];
    for (double[] row : x) {
      row[0] = stream.nextGaussian();
      row[1] = 0.5 * stream.nextGaussian() + 0.3 * row[0];
    }
    return x;
  }

  private static double[] targets(double[][] x) {
    RandomStream stream = RandomKey.of(4, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 1.3 * x[i][0] - 0.4 * x[i][1] + stream.nextGaussian();
    }
    return y;
  }
}
