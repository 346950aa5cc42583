package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;
import static org.noisescape.testing.Vectors.part;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.DirectionPass;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/**
 * The rules tangent, backwardTangent and pullback of every layer against differences of exact
 * gradients and outputs in float64, for R replicas and K directions.
 */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class LinearizedLayersTest {
  private static final int SAMPLES = 3;

  /** As in {@link BackwardTest}: no kink of ReLU or max-pooling lies within it. */
  private static final double STEP = 1e-5;

  /** Products against differences; the required 1e-7, on the scale of the product. */
  private static final double DIFFERENCES = 1e-7;

  private static final int[][] REPLICAS_AND_DIRECTIONS = {{1, 1}, {1, 3}, {3, 1}, {2, 3}};

  static Stream<NetworkCase> all() {
    return NetworkCase.allModes();
  }

  static Stream<NetworkCase> oneLoss() {
    return NetworkCase.oneLossAllModes();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theHessianProductIsTheSlopeOfTheGradient(NetworkCase networkCase) {
    for (int[] shape : REPLICAS_AND_DIRECTIONS) {
      try (DirectionPass pass = pass(networkCase, DType.FLOAT64, shape)) {
        double[] v = directions(networkCase, shape);
        check("H v", pass.hessian(v), gradientSlopes(networkCase, shape, v), shape);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("oneLoss")
  void theTangentIsTheSlopeOfTheOutputs(NetworkCase networkCase) {
    for (int[] shape : REPLICAS_AND_DIRECTIONS) {
      try (DirectionPass pass = pass(networkCase, DType.FLOAT64, shape)) {
        double[] v = directions(networkCase, shape);
        double[] slopes = slopes(networkCase, shape, v, LossPass::outputs);
        check("tangent", pass.outputTangents(v), slopes, shape);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("oneLoss")
  void thePullbackIsTheAdjointOfTheTangent(NetworkCase networkCase) {
    int size = networkCase.network().parameterCount();
    int outputs = SAMPLES * networkCase.network().outputSize();
    for (int[] shape : REPLICAS_AND_DIRECTIONS) {
      try (DirectionPass pass = pass(networkCase, DType.FLOAT64, shape)) {
        int rows = shape[0] * shape[1];
        double[] v = directions(networkCase, shape);
        double[] u = normals(78, rows * outputs);
        double[] pushed = pass.outputTangents(v);
        double[] pulled = pass.pullback(u);
        for (int i = 0; i < rows; i++) {
          double[] push = part(pushed, i * outputs, outputs);
          double[] cotangent = part(u, i * outputs, outputs);
          close(
              "direction " + i,
              dot(part(pulled, i * size, size), part(v, i * size, size)),
              dot(push, cotangent),
              rounding(networkCase, DType.FLOAT64) * norm(push) * norm(cotangent));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theHessianIsSymmetricAndTheGaussNewtonMatrixPositive(NetworkCase networkCase) {
    int[] shape = {1, 2};
    int size = networkCase.network().parameterCount();
    double[] v = directions(networkCase, shape);
    double[] first = part(v, 0, size);
    double[] second = part(v, size, size);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      try (DirectionPass pass = pass(networkCase, dtype, shape)) {
        double relative = rounding(networkCase, dtype);
        double[] h = pass.hessian(v);
        double scale = norm(part(h, 0, size)) + norm(part(h, size, size));
        close(
            dtype + " <u, H v>",
            dot(second, part(h, 0, size)),
            dot(first, part(h, size, size)),
            relative * scale * (norm(first) + norm(second)));
        double[] g = pass.gaussNewton(v);
        double bound = relative * norm(part(g, 0, size)) * norm(first);
        close(
            dtype + " <u, G v>",
            dot(second, part(g, 0, size)),
            dot(first, part(g, size, size)),
            bound + relative * norm(part(g, size, size)) * norm(second));
        assertThat(dot(first, part(g, 0, size))).isGreaterThanOrEqualTo(-bound);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("oneLoss")
  void productsAddToWhatWasThere(NetworkCase networkCase) {
    int[] shape = {2, 2};
    try (DirectionPass pass = pass(networkCase, DType.FLOAT64, shape)) {
      double[] v = directions(networkCase, shape);
      double[] start = normals(91, v.length);
      double[] product = pass.hessian(v);
      double bound = rounding(networkCase, DType.FLOAT64) * (norm(start) + norm(product));
      close("sum", pass.hessianAddedTo(start, v), axpy(1, start, product), bound);
    }
  }

  @ParameterizedTest
  @MethodSource("oneLoss")
  void singlePrecisionAgreesWithDoublePrecision(NetworkCase networkCase) {
    int[] shape = {2, 3};
    double[] v = directions(networkCase, shape);
    try (DirectionPass wide = pass(networkCase, DType.FLOAT64, shape);
        DirectionPass single = pass(networkCase, DType.FLOAT32, shape)) {
      double[] expected = wide.hessian(v);
      double bound = 2 * rounding(networkCase, DType.FLOAT32) * norm(expected);
      close("H v", single.hessian(v), expected, bound);
      double[] ggn = wide.gaussNewton(v);
      close(
          "G v", single.gaussNewton(v), ggn, 2 * rounding(networkCase, DType.FLOAT32) * norm(ggn));
    }
  }

  /** Twice as many passes as a gradient. */
  private static double rounding(NetworkCase networkCase, DType dtype) {
    return 2 * Rounding.relative(networkCase.network(), dtype);
  }

  private static DirectionPass pass(NetworkCase networkCase, DType dtype, int[] shape) {
    return new DirectionPass(
            networkCase.engine(),
            networkCase.network(),
            networkCase.parsedLoss(),
            dtype,
            shape[0],
            shape[1],
            SAMPLES,
            networkCase.statistics())
        .at(
            networkCase.theta(0, shape[0]),
            networkCase.x(0, shape[0], SAMPLES),
            networkCase.targets(0, shape[0], SAMPLES));
  }

  /** Unit directions (R, K, P). */
  private static double[] directions(NetworkCase networkCase, int[] shape) {
    int size = networkCase.network().parameterCount();
    double[] all = new double[shape[0] * shape[1] * size];
    for (int i = 0; i < shape[0] * shape[1]; i++) {
      double[] one = normals(500 + i, size);
      double norm = norm(one);
      for (int j = 0; j < size; j++) {
        all[i * size + j] = (float) (one[j] / norm);
      }
    }
    return all;
  }

  private interface Quantity {
    double[] of(LossPass pass);
  }

  private static double[] gradientSlopes(NetworkCase networkCase, int[] shape, double[] v) {
    return slopes(networkCase, shape, v, LossPass::gradient);
  }

  /** Slopes (R, K, …) of a quantity (R, …): (4 D(h) − D(2h))/3 of central differences D. */
  private static double[] slopes(
      NetworkCase networkCase, int[] shape, double[] v, Quantity quantity) {
    int replicas = shape[0];
    int size = networkCase.network().parameterCount();
    double[] theta = networkCase.theta(0, replicas);
    double[] all = {};
    try (LossPass pass = networkCase.pass(DType.FLOAT64, replicas, SAMPLES)) {
      pass.samples(networkCase.x(0, replicas, SAMPLES), networkCase.targets(0, replicas, SAMPLES));
      for (int k = 0; k < shape[1]; k++) {
        double[] along = new double[theta.length];
        for (int r = 0; r < replicas; r++) {
          System.arraycopy(v, (r * shape[1] + k) * size, along, r * size, size);
        }
        double[] near = difference(pass, theta, along, STEP, quantity);
        double[] far = difference(pass, theta, along, 2 * STEP, quantity);
        int width = near.length / replicas;
        if (all.length == 0) {
          all = new double[shape[1] * near.length];
        }
        for (int r = 0; r < replicas; r++) {
          for (int i = 0; i < width; i++) {
            int at = r * width + i;
            all[(r * shape[1] + k) * width + i] = (4 * near[at] - far[at]) / 3;
          }
        }
      }
    }
    return all;
  }

  private static double[] difference(
      LossPass pass, double[] theta, double[] along, double step, Quantity quantity) {
    double[] ahead = quantity.of(pass.parameters(axpy(step, along, theta)));
    double[] behind = quantity.of(pass.parameters(axpy(-step, along, theta)));
    double[] slopes = axpy(-1, behind, ahead);
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] /= 2 * step;
    }
    return slopes;
  }

  private static void check(String what, double[] actual, double[] expected, int[] shape) {
    int rows = shape[0] * shape[1];
    int width = expected.length / rows;
    for (int i = 0; i < rows; i++) {
      double[] one = part(expected, i * width, width);
      close(
          what + " of row " + i + " of " + shape[0] + "x" + shape[1],
          part(actual, i * width, width),
          one,
          DIFFERENCES * norm(one) + 64 * Vectors.epsilon(DType.FLOAT64) / STEP);
    }
  }
}
