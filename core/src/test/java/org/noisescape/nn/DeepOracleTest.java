package org.noisescape.nn;

import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.tensor.DType;
import org.noisescape.testing.DirectionPass;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.LossPass;

/**
 * Gradients, Hessian products and traces over a fifth of the parameters of small versions of the
 * deep architectures against differences in float64, batch normalisation in both modes.
 *
 * <p>A step of 10⁻⁷ along unit directions meets a kink of one of some ten thousand rectifiers about
 * once in a thousand directions; with the fixed seeds it meets none.
 */
class DeepOracleTest {
  private static final int SAMPLES = 4;
  private static final double STEP = 1e-7;
  private static final int DIRECTIONS = 6;

  /** Columns of a Hessian that are computed at once. */
  private static final int BLOCK = 64;

  /** Every so manieth parameter's second derivative is summed: some of every tensor. */
  private static final int STRIDE = 5;

  static Stream<NetworkCase> cases() {
    return Stream.of(
            network("resnet18", ResidualNetworks.resnet18(LayerStyle.USUAL, 1, 3), 8),
            network("preact-resnet18", ResidualNetworks.preactResnet18(LayerStyle.USUAL, 1, 3), 8),
            network("vgg", PlainNetworks.vgg(LayerStyle.USUAL, new int[] {2, 1, 2}, 2, 3), 8),
            network(
                "densenet", DenseNet.densenet(LayerStyle.USUAL, 2, new int[] {1, 2, 1, 2}, 3), 8))
        .flatMap(
            network ->
                Stream.of(Kind.RUNNING, Kind.BATCH)
                    .map(kind -> new NetworkCase(EngineUnderTest.HOST, network, "ce:0.1", kind)));
  }

  /** With networks whose traces by columns would take minutes. */
  static Stream<NetworkCase> more() {
    Network convnet = network("convnet", PlainNetworks.convnet(LayerStyle.USUAL, 3), 4);
    Network vgg = network("vgg16", PlainNetworks.vgg16(LayerStyle.USUAL, 1, 3), 32);
    return Stream.concat(
        cases(),
        Stream.of(
            new NetworkCase(EngineUnderTest.HOST, convnet, "ce:0.1", Kind.NONE),
            new NetworkCase(EngineUnderTest.HOST, vgg, "ce:0.1", Kind.RUNNING),
            new NetworkCase(EngineUnderTest.HOST, vgg, "ce:0.1", Kind.BATCH)));
  }

  private static Network network(String name, Layer layer, int side) {
    return new Network(name, layer, new int[] {side, side, 3});
  }

  @ParameterizedTest
  @MethodSource("more")
  void gradientsAreSlopesOfTheLossAndHessianProductsThoseOfTheGradient(NetworkCase network) {
    int size = network.network().parameterCount();
    double[] theta = network.theta(0, 1);
    double[] v = new double[DIRECTIONS * size];
    for (int k = 0; k < DIRECTIONS; k++) {
      double[] one = normals(700 + k, size);
      double length = norm(one);
      for (int i = 0; i < size; i++) {
        v[k * size + i] = one[i] / length;
      }
    }
    double[] products = products(network, theta, v, DIRECTIONS);
    try (LossPass pass = ready(network)) {
      double[] gradient = pass.parameters(theta).gradient();
      double loss = pass.meanLosses()[0];
      for (int k = 0; k < DIRECTIONS; k++) {
        double[] direction = java.util.Arrays.copyOfRange(v, k * size, (k + 1) * size);
        double slope = 0;
        for (int i = 0; i < size; i++) {
          slope += gradient[i] * direction[i];
        }
        double ahead = pass.parameters(axpy(STEP, direction, theta)).meanLosses()[0];
        double behind = pass.parameters(axpy(-STEP, direction, theta)).meanLosses()[0];
        // rounding of the loss, amplified by some hundred layers and operations, over the step
        double bound = 1e3 * 0x1p-52 * (1 + loss) / STEP;
        close("slope " + k, slope, (ahead - behind) / (2 * STEP), bound);
        double[] expected = slopes(pass, theta, direction);
        double[] product = java.util.Arrays.copyOfRange(products, k * size, (k + 1) * size);
        close("H v " + k, product, expected, difference(gradient) + 1e-6 * norm(expected));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aTraceOfTheHessianIsThatOfTheSlopes(NetworkCase network) {
    int size = network.network().parameterCount();
    double[] theta = network.theta(0, 1);
    int[] chosen = IntStream.iterate(0, i -> i < size, i -> i + STRIDE).toArray();
    double trace = 0;
    for (int first = 0; first < chosen.length; first += BLOCK) {
      int count = Math.min(BLOCK, chosen.length - first);
      double[] units = new double[count * size];
      for (int k = 0; k < count; k++) {
        units[k * size + chosen[first + k]] = 1;
      }
      double[] columns = products(network, theta, units, count);
      for (int k = 0; k < count; k++) {
        trace += columns[k * size + chosen[first + k]];
      }
    }
    double expected = 0;
    double magnitude = 0;
    double bound;
    try (LossPass pass = ready(network)) {
      for (int i : chosen) {
        double[] unit = new double[size];
        unit[i] = 1;
        double diagonal = slopes(pass, theta, unit)[i];
        expected += diagonal;
        magnitude += Math.abs(diagonal);
      }
      bound =
          Math.sqrt(chosen.length) * difference(pass.parameters(theta).gradient())
              + 1e-6 * magnitude;
    }
    close("trace", trace, expected, bound);
  }

  /** Rounding of a gradient over the step. */
  private static double difference(double... gradient) {
    return 1e3 * 0x1p-52 * (1 + norm(gradient)) / STEP;
  }

  private static double[] slopes(LossPass pass, double[] theta, double[] direction) {
    double[] ahead = pass.parameters(axpy(STEP, direction, theta)).gradient();
    double[] behind = pass.parameters(axpy(-STEP, direction, theta)).gradient();
    double[] slopes = axpy(-1, behind, ahead);
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] /= 2 * STEP;
    }
    return slopes;
  }

  private static LossPass ready(NetworkCase network) {
    return network
        .pass(DType.FLOAT64, 1, SAMPLES)
        .samples(network.x(0, 1, SAMPLES), network.targets(0, 1, SAMPLES));
  }

  private static double[] products(
      NetworkCase network, double[] theta, double[] v, int directions) {
    try (DirectionPass pass =
        new DirectionPass(
            network.engine(),
            network.network(),
            network.parsedLoss(),
            DType.FLOAT64,
            1,
            directions,
            SAMPLES,
            network.statistics())) {
      return pass.at(theta, network.x(0, 1, SAMPLES), network.targets(0, 1, SAMPLES)).hessian(v);
    }
  }
}
