package org.noisescape.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;
import static org.noisescape.testing.Vectors.part;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.nn.Conv2d;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Flatten;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Layer;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.DType;

/**
 * What every layer must do, for whoever writes one: extend this, and say which.
 *
 * <p>The layer stands between two others, so that every rule of it is used. Its gradient is held
 * against differences of the loss, its Hessian product against differences of the gradient, its
 * tangent against differences of the outputs, the pullback against the tangent, and everything of
 * single samples against passes over one; in float64, on every engine, for one and several replicas
 * and directions. Float32 is held against float64.
 *
 * @since 0.2
 */
@Tag(TestedEngines.TAG)
public abstract class LayerContract {
  private static final int SAMPLES = 3;
  private static final int OUTPUTS = 2;
  private static final double STEP = 1e-5;
  private static final double DIFFERENCES = 1e-7;
  private static final double ROUNDING = 1e-12;
  private static final int[][] REPLICAS_AND_DIRECTIONS = {{1, 1}, {1, 2}, {2, 1}, {2, 3}};

  private final Loss loss = new MeanSquare();

  /** For the subclass. */
  protected LayerContract() {}

  /** The layer. */
  protected abstract Layer layer();

  /** Shape of a sample it takes: (D) or channels-last (H, W, C), small and of different sizes. */
  protected abstract int[] input();

  /** Seed of parameters and samples; another one, where a kink lies within the differences. */
  protected long seed() {
    return 1;
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private Network network() {
    int[] input = input();
    Layer before = input.length == 1 ? new Dense(input[0]) : new Conv2d(input[2], 1, 1, 0);
    boolean flat = layer().outputShape(input).length == 1;
    Layer after = flat ? new Dense(OUTPUTS) : Sequential.of(new Flatten(), new Dense(OUTPUTS));
    return new Network("contract", Sequential.of(before, layer(), after), input);
  }

  private double[] theta(int replicas) {
    Network network = network();
    double[] all = new double[replicas * network.parameterCount()];
    for (int r = 0; r < replicas; r++) {
      double[] one = network.initialParameters(Initialization.GLOROT, seed(), r);
      System.arraycopy(one, 0, all, r * one.length, one.length);
    }
    // biases and scales begin at one value, which hides much
    return axpy(0.1, normals(seed() + 1, all.length), all);
  }

  private double[] x(int replicas) {
    return normals(seed() + 2, replicas * SAMPLES * network().inputSize());
  }

  private double[] targets(int replicas) {
    return normals(seed() + 3, replicas * SAMPLES * OUTPUTS);
  }

  private double[] directions(int replicas, int directions) {
    return normals(seed() + 4, replicas * directions * network().parameterCount());
  }

  private LossPass pass(EngineUnderTest on, DType dtype, int replicas) {
    return new LossPass(on.engine(), network(), loss, dtype, replicas, SAMPLES)
        .samples(x(replicas), targets(replicas))
        .parameters(theta(replicas));
  }

  private DirectionPass directed(EngineUnderTest on, int replicas, int directions) {
    return new DirectionPass(
            on.engine(), network(), loss, DType.FLOAT64, replicas, directions, SAMPLES, Kind.NONE)
        .at(theta(replicas), x(replicas), targets(replicas));
  }

  @Test
  void shapesAreCountedAndNamedOnce() {
    int[] input = input().clone();
    Layer layer = layer();
    for (int size : layer.outputShape(input)) {
      assertThat(size).isPositive();
    }
    assertThat(input).as("the shape it was given").isEqualTo(input());
    assertThat(layer.parameters(input)).extracting(spec -> spec.name()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theGradientIsTheSlopeOfTheLoss(EngineUnderTest on) {
    int size = network().parameterCount();
    double[] theta = theta(1);
    try (LossPass pass = pass(on, DType.FLOAT64, 1)) {
      double[] gradient = pass.gradient();
      for (int k = 0; k < size; k++) {
        double[] unit = new double[size];
        unit[k] = 1;
        double slope =
            (pass.parameters(axpy(STEP, unit, theta)).meanLosses()[0]
                    - pass.parameters(axpy(-STEP, unit, theta)).meanLosses()[0])
                / (2 * STEP);
        close("dL/dtheta_" + k, gradient[k], slope, DIFFERENCES * (1 + norm(gradient)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void replicasAreByThemselvesAndGradientsAreAdded(EngineUnderTest on) {
    int size = network().parameterCount();
    int features = SAMPLES * network().inputSize();
    double[] theta = theta(2);
    try (LossPass both = pass(on, DType.FLOAT64, 2);
        LossPass single = pass(on, DType.FLOAT64, 1)) {
      double[] gradient = both.gradient();
      double scale = ROUNDING * (1 + norm(gradient) + norm(theta));
      close("added", both.gradientAddedTo(theta), axpy(1, gradient, theta), scale);
      for (int r = 0; r < 2; r++) {
        single
            .samples(
                part(x(2), r * features, features),
                part(targets(2), r * SAMPLES * OUTPUTS, SAMPLES * OUTPUTS))
            .parameters(part(theta, r * size, size));
        close("replica " + r, part(gradient, r * size, size), single.gradient(), scale);
      }
      close("in place", both.gradientAddedToParameters(), axpy(1, gradient, theta), scale);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void normsAndProductsAreThoseOfSingleSamples(EngineUnderTest on) {
    int width = network().inputSize();
    double[][] gradients = new double[SAMPLES][];
    try (LossPass one = new LossPass(on.engine(), network(), loss, DType.FLOAT64, 1, 1)) {
      for (int n = 0; n < SAMPLES; n++) {
        one.samples(part(x(1), n * width, width), part(targets(1), n * OUTPUTS, OUTPUTS));
        gradients[n] = one.parameters(theta(1)).gradient();
      }
    }
    try (LossPass pass = pass(on, DType.FLOAT64, 1);
        DirectionPass directed = directed(on, 1, 1)) {
      double[] norms = pass.gradientAndNorms().norms();
      double[] products = directed.gradientProducts();
      for (int n = 0; n < SAMPLES; n++) {
        double squared = dot(gradients[n], gradients[n]);
        close("norm " + n, norms[n], squared, ROUNDING * (1 + squared));
        for (int m = 0; m < SAMPLES; m++) {
          double product = dot(gradients[n], gradients[m]) / SAMPLES / SAMPLES;
          close("product", products[n * SAMPLES + m], product, ROUNDING * (1 + squared));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void tangentsAndHessianProductsAreSlopes(EngineUnderTest on) {
    int size = network().parameterCount();
    int outputs = SAMPLES * OUTPUTS;
    for (int[] shape : REPLICAS_AND_DIRECTIONS) {
      double[] v = directions(shape[0], shape[1]);
      double[] theta = theta(shape[0]);
      try (DirectionPass directed = directed(on, shape[0], shape[1]);
          LossPass pass = pass(on, DType.FLOAT64, shape[0])) {
        double[] tangents = directed.outputTangents(v);
        double[] products = directed.hessian(v);
        double[] added = directed.hessianAddedTo(v, v);
        close("added", added, axpy(1, v, products), ROUNDING * (norm(v) + norm(products)));
        for (int k = 0; k < shape[1]; k++) {
          double[] along = along(v, shape, k, size);
          pass.parameters(axpy(STEP, along, theta));
          double[] outputsAbove = pass.outputs();
          double[] gradientAbove = pass.gradient();
          pass.parameters(axpy(-STEP, along, theta));
          double[] outputSlope = slope(outputsAbove, pass.outputs());
          double[] gradientSlope = slope(gradientAbove, pass.gradient());
          double[] tangent = along(tangents, shape, k, outputs);
          close("tangent", tangent, outputSlope, DIFFERENCES * (1 + norm(outputSlope)));
          double[] product = along(products, shape, k, size);
          close("H v", product, gradientSlope, DIFFERENCES * (1 + norm(gradientSlope)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void thePullbackIsTheAdjointOfTheTangent(EngineUnderTest on) {
    try (DirectionPass directed = directed(on, 2, 2)) {
      double[] v = directions(2, 2);
      double[] u = normals(seed() + 5, 4 * SAMPLES * OUTPUTS);
      double[] pushed = directed.outputTangents(v);
      double[] pulled = directed.pullback(u);
      double expected = dot(pushed, u);
      close("<J v, u> and <v, J^T u>", dot(v, pulled), expected, 1e-10 * norm(pushed) * norm(u));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void float32AgreesWithFloat64(EngineUnderTest on) {
    try (LossPass exact = pass(on, DType.FLOAT64, 1);
        LossPass rounded = pass(on, DType.FLOAT32, 1)) {
      double[] gradient = exact.gradient();
      double bound = Rounding.relative(network(), DType.FLOAT32) * (1 + norm(gradient));
      close("gradient", rounded.gradient(), gradient, bound);
    }
  }

  /** Direction k of every replica. */
  private static double[] along(double[] all, int[] shape, int k, int size) {
    double[] one = new double[shape[0] * size];
    for (int r = 0; r < shape[0]; r++) {
      System.arraycopy(all, (r * shape[1] + k) * size, one, r * size, size);
    }
    return one;
  }

  private static double[] slope(double[] above, double[] below) {
    double[] slope = new double[above.length];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = (above[i] - below[i]) / (2 * STEP);
    }
    return slope;
  }
}
