package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** The kernel against Jacobians of drawn networks; its flow against Euler's scheme. */
class TangentKernelTest {
  private static final double[] X = {0.9, -0.4, 1.1};
  private static final double[] Y = {0.2, 1.3, 0.5};

  @Test
  void oneHiddenLayerIsTheMeanOfJacobians() {
    TangentKernel kernel = new TangentKernel(new int[] {3, 40, 1}, new double[] {0.5, 0.03});
    isTheMeanOf(kernel, 30_000, 0.01);
  }

  /** Wide layers, as the limit wants; Glorot's variances for fans of 3, 300, 300 and 2. */
  @Test
  void severalHiddenLayersAreTheMeanOfJacobians() {
    isTheMeanOf(TangentKernel.glorot(3, 300, 300, 2), 500, 0.03);
  }

  private static void isTheMeanOf(TangentKernel kernel, int draws, double tolerance) {
    double[][] inputs = {X, Y};
    double[][][] expected = kernel.between(inputs, inputs);
    double[][] covariance = new double[2][2];
    double[][] tangent = new double[2][2];
    for (int d = 0; d < draws; d++) {
      RandomStream random = RandomKey.of(d, Purpose.SYNTHETIC_DATA, 7).stream(0);
      double[][] weights = new double[kernel.variances().length][];
      for (int l = 0; l < weights.length; l++) {
        weights[l] = new double[kernel.widths()[l] * kernel.widths()[l + 1]];
        for (int i = 0; i < weights[l].length; i++) {
          weights[l][i] = Math.sqrt(kernel.variances()[l]) * random.nextGaussian();
        }
      }
      double[][] jacobians = new double[2][];
      double[] outputs = new double[2];
      for (int s = 0; s < 2; s++) {
        jacobians[s] = jacobian(kernel.widths(), weights, inputs[s], outputs, s);
      }
      for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
          covariance[a][b] += outputs[a] * outputs[b] / draws;
          double sum = 0;
          for (int p = 0; p < jacobians[a].length; p++) {
            sum += jacobians[a][p] * jacobians[b][p];
          }
          tangent[a][b] += sum / draws;
        }
      }
    }
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        assertThat(tangent[a][b] / expected[1][a][b]).isCloseTo(1, offset(tolerance));
        // the outputs of so many draws are known to sqrt(2/draws) of the larger one
        assertThat(covariance[a][b])
            .isCloseTo(expected[0][a][b], offset(4 * expected[0][1][1] * Math.sqrt(2.0 / draws)));
      }
    }
  }

  /** Of the first output, by weights, then biases, layer by layer. */
  private static double[] jacobian(
      int[] widths, double[][] weights, double[] input, double[] outputs, int sample) {
    int layers = weights.length;
    double[][] below = new double[layers][];
    double[][] sums = new double[layers][];
    double[] at = input;
    for (int l = 0; l < layers; l++) {
      below[l] = at;
      sums[l] = new double[widths[l + 1]];
      double[] next = new double[widths[l + 1]];
      for (int j = 0; j < next.length; j++) {
        for (int i = 0; i < at.length; i++) {
          sums[l][j] += weights[l][j * at.length + i] * at[i];
        }
        next[j] = Math.max(0, sums[l][j]);
      }
      at = next;
    }
    outputs[sample] = sums[layers - 1][0];
    int count = 0;
    for (int l = 0; l < layers; l++) {
      count += weights[l].length + widths[l + 1];
    }
    double[] jacobian = new double[count];
    double[] back = new double[widths[layers]];
    back[0] = 1;
    int end = count;
    for (int l = layers - 1; l >= 0; l--) {
      int n = below[l].length;
      end -= weights[l].length + back.length;
      double[] down = new double[n];
      for (int j = 0; j < back.length; j++) {
        for (int i = 0; i < n; i++) {
          jacobian[end + j * n + i] = back[j] * below[l][i];
          down[i] += back[j] * weights[l][j * n + i];
        }
        jacobian[end + weights[l].length + j] = back[j];
      }
      for (int i = 0; l > 0 && i < n; i++) {
        down[i] *= sums[l - 1][i] > 0 ? 1 : 0;
      }
      back = down;
    }
    return jacobian;
  }

  /** Euler's scheme on the residuals of 3 samples, and on a prediction for a fourth. */
  @Test
  void flowIsThatOfSmallSteps() {
    double[][] kernel = {{2, 0.5, 0.1}, {0.5, 1, 0.3}, {0.1, 0.3, 0.6}};
    double[][] other = {{0.4, 0.7, 0.2}};
    double[][] residuals = {{1, 0}, {-0.5, 0.8}, {0.3, -1}};
    KernelFlow.Fit fit = new KernelFlow(kernel).until(residuals, 0.1);
    double[][] r = {{1, 0}, {-0.5, 0.8}, {0.3, -1}};
    double[] change = new double[2];
    int steps = 200_000;
    double dt = fit.time() / steps;
    for (int s = 0; s < steps; s++) {
      double[][] old = {r[0].clone(), r[1].clone(), r[2].clone()};
      for (int k = 0; k < 2; k++) {
        for (int i = 0; i < 3; i++) {
          change[k] -= dt * other[0][i] * old[i][k];
          for (int j = 0; j < 3; j++) {
            r[i][k] -= dt * kernel[i][j] * old[j][k];
          }
        }
      }
    }
    double loss = 0;
    for (double[] row : r) {
      loss += (row[0] * row[0] + row[1] * row[1]) / 6;
    }
    assertThat(loss).isCloseTo(0.1, offset(1e-5));
    double[] predicted = fit.change(other)[0];
    assertThat(predicted[0]).isCloseTo(change[0], offset(1e-4));
    assertThat(predicted[1]).isCloseTo(change[1], offset(1e-4));
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException().isThrownBy(() -> TangentKernel.glorot(3, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TangentKernel(new int[] {3, 4, 1}, new double[] {1}));
    KernelFlow flow = new KernelFlow(new double[][] {{1, 0}, {0, 0}});
    double[][] ones = {{1}, {1}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.until(ones, 0.6))
        .withMessageContaining("at the start");
    // the second sample is not seen
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.until(ones, 0.2))
        .withMessageContaining("never meets");
  }
}
