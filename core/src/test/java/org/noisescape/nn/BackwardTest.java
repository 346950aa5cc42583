package org.noisescape.nn;

import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.normals;
import static org.noisescape.testing.Vectors.part;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** The backward pass against differences of the loss, in float64. */
@Tag(TestedEngines.TAG)
class BackwardTest {
  private static final int SAMPLES = 3;

  /**
   * Step of the differences: far enough below the distance of the nearest kink of ReLU and of
   * max-pooling, so that none is crossed with the fixed seeds; a crossed kink fails the test.
   */
  private static final double STEP = 1e-5;

  static java.util.stream.Stream<NetworkCase> all() {
    return NetworkCase.allModes();
  }

  /**
   * Along random unit directions within each parameter tensor.
   *
   * <p>The difference (4 D(h) − D(2h))/3 of central differences D has a truncation error of order
   * h⁴ = 10⁻²⁰ and a rounding error of a few ε|L|/h.
   */
  @ParameterizedTest
  @MethodSource("all")
  void theGradientIsTheSlopeOfTheLoss(NetworkCase networkCase) {
    boolean large = networkCase.network().parameterCount() > 1000;
    for (int replicas : new int[] {1, 3}) {
      int directions = large || replicas == 1 ? 1 : 3;
      try (LossPass pass = networkCase.pass(DType.FLOAT64, replicas, SAMPLES)) {
        pass.samples(
            networkCase.x(0, replicas, SAMPLES), networkCase.targets(0, replicas, SAMPLES));
        double[] theta = networkCase.theta(0, replicas);
        double[] gradient = pass.parameters(theta).gradient();
        double[] losses = pass.meanLosses();
        int offset = 0;
        for (ParameterSpec parameter : networkCase.network().parameters()) {
          for (int d = 0; d < directions; d++) {
            double[] direction = direction(networkCase, parameter, offset, replicas, d);
            double[] slopes = slopes(pass, theta, direction, replicas);
            int size = theta.length / replicas;
            for (int r = 0; r < replicas; r++) {
              close(
                  "slope in " + parameter.name() + " of replica " + r + " of " + replicas,
                  dot(part(gradient, r * size, size), part(direction, r * size, size)),
                  slopes[r],
                  64 * Vectors.epsilon(DType.FLOAT64) * (1 + losses[r]) / STEP);
            }
          }
          offset += (int) parameter.size();
        }
      }
    }
  }

  private static double[] direction(
      NetworkCase networkCase, ParameterSpec parameter, int offset, int replicas, int number) {
    int stride = networkCase.network().parameterCount();
    int size = (int) parameter.size();
    double[] direction = new double[replicas * stride];
    for (int r = 0; r < replicas; r++) {
      double[] values = normals(1000 + 10L * number + r, size);
      double norm = Vectors.norm(values);
      for (int i = 0; i < size; i++) {
        direction[r * stride + offset + i] = values[i] / norm;
      }
    }
    return direction;
  }

  private static double[] slopes(LossPass pass, double[] theta, double[] direction, int replicas) {
    double[] near = centralDifference(pass, theta, direction, STEP);
    double[] far = centralDifference(pass, theta, direction, 2 * STEP);
    double[] slopes = new double[replicas];
    for (int r = 0; r < replicas; r++) {
      slopes[r] = (4 * near[r] - far[r]) / 3;
    }
    return slopes;
  }

  private static double[] centralDifference(
      LossPass pass, double[] theta, double[] direction, double step) {
    double[] ahead = pass.parameters(axpy(step, direction, theta)).meanLosses();
    double[] behind = pass.parameters(axpy(-step, direction, theta)).meanLosses();
    double[] slopes = axpy(-1, behind, ahead);
    for (int r = 0; r < slopes.length; r++) {
      slopes[r] /= 2 * step;
    }
    return slopes;
  }
}
