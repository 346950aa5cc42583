package org.noisescape.curvature;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.linop.LinearOperator;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/**
 * Convolutional networks at their initialisation on pictures whose background is exactly zero, as
 * MNIST's: with biases of zero many pre-activations are exactly zero, and float32 must see them so.
 */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class ZeroBackgroundTest {
  private static final int SAMPLES = 2;
  private static final int CLASSES = 10;

  /** Of a quantity in float32 against float64, in units of its norm. */
  private static final double RELATIVE = 1e-5;

  static Stream<Arguments> cases() {
    Object[][] models = {
      {"convnet", 28},
      {"mori-cnn", 8},
      {"meng-cnn", 28},
      {"wei-cnn", 28},
      {"resnet18:16", 12},
      {"preact-resnet18:16", 12},
      {"vgg16:16", 32},
      {"densenet:4", 8},
    };
    return onEveryEngine(models);
  }

  static Stream<Arguments> realCases() {
    return Stream.concat(
        onEveryEngine(new Object[][] {{"convnet"}}),
        Stream.of(Arguments.of(EngineUnderTest.HOST, "mori-cnn")));
  }

  private static Stream<Arguments> onEveryEngine(Object[][] cases) {
    return EngineUnderTest.all()
        .flatMap(
            on ->
                Arrays.stream(cases)
                    .map(
                        of ->
                            Arguments.of(
                                Stream.concat(Stream.of(on), Arrays.stream(of)).toArray())));
  }

  /** Discs of uniform noise on zeros. */
  private static ArraySamples pictures(int side) {
    double[] normals = Vectors.normals(5, SAMPLES * side * side);
    float[] x = new float[normals.length];
    float[] targets = new float[SAMPLES * CLASSES];
    for (int i = 0; i < x.length; i++) {
      int n = i / side / side;
      double radius = Math.hypot(i / side % side - side / 2.0, i % side - side / 2.0 + n - 1);
      x[i] = radius < side / 4.0 ? (float) Math.min(1, Math.abs(normals[i])) : 0;
      targets[n * CLASSES + 2 * n] = 1;
    }
    return new ArraySamples(new int[] {1, side, side}, CLASSES, x, targets);
  }

  /** Everything measured at θ, products along θ. */
  private record Measured(
      double[] losses,
      double[] gradient,
      double noiseStrength,
      double[] hessian,
      double[] gaussNewton,
      double[] covariance) {
    static Measured of(
        Engine engine, Network network, ArraySamples samples, DType dtype, double[] theta) {
      CurvatureOptions options = new CurvatureOptions(dtype, 1, samples.size(), Long.MAX_VALUE);
      try (Curvature at =
          Curvature.over(engine, network, new CrossEntropy(0), samples, options)
              .at(theta, network.initialRunningStatistics(1))) {
        return new Measured(
            at.losses(),
            engine.memory().readDoubles(at.gradient()),
            at.noise().noiseStrength(),
            product(at.hessian(), theta),
            product(at.gaussNewton(), theta),
            product(at.covariance(), theta));
      }
    }

    private static double[] product(LinearOperator operator, double... v) {
      try (Arena arena = operator.engine().arena()) {
        Tensor x = arena.reserve(operator.dtype(), 1, v.length);
        Tensor y = arena.reserve(operator.dtype(), 1, v.length);
        arena.commit();
        operator.engine().memory().write(x, v);
        operator.apply(x, y);
        return operator.engine().memory().readDoubles(y);
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void float32MeasuresWhatFloat64DoesAtInitialisation(EngineUnderTest on, String model, int side) {
    agree(on, model, pictures(side));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("realCases")
  void float32MeasuresWhatFloat64DoesOnMnist(EngineUnderTest on, String model) throws IOException {
    agree(on, model, mnist(2));
  }

  /** The first digits of the training set. */
  private static ArraySamples mnist(int samples) throws IOException {
    String data = System.getenv("NOISESCAPE_DATA");
    assumeTrue(data != null, "NOISESCAPE_DATA is not set: no real data");
    Path folder = Path.of(data, "mnist");
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    byte[] images = unzipped(folder.resolve("train-images-idx3-ubyte.gz"), 16 + 784 * samples);
    byte[] labels = unzipped(folder.resolve("train-labels-idx1-ubyte.gz"), 8 + samples);
    float[] x = new float[784 * samples];
    for (int i = 0; i < x.length; i++) {
      x[i] = (images[16 + i] & 0xff) / 255f;
    }
    float[] targets = new float[CLASSES * samples];
    for (int n = 0; n < samples; n++) {
      targets[CLASSES * n + labels[8 + n]] = 1;
    }
    return new ArraySamples(new int[] {1, 28, 28}, CLASSES, x, targets);
  }

  private static byte[] unzipped(Path file, int bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readNBytes(bytes);
    }
  }

  private static void agree(EngineUnderTest on, String model, ArraySamples samples) {
    Network network = ModelZoo.build(model, samples.imageShape(), CLASSES);
    double[] theta = network.initialParameters(Initialization.GLOROT, 1, 0);
    for (int i = 0; i < theta.length; i++) {
      theta[i] = (float) theta[i];
    }
    Measured wide =
        Measured.of(EngineUnderTest.HOST.engine(), network, samples, DType.FLOAT64, theta);
    Measured single = Measured.of(on.engine(), network, samples, DType.FLOAT32, theta);

    relative("losses", single.losses, wide.losses);
    close("𝒩", single.noiseStrength, wide.noiseStrength, RELATIVE * wide.noiseStrength);
    byParameter(network, "∇L", single.gradient, wide.gradient);
    byParameter(network, "H θ", single.hessian, wide.hessian);
    byParameter(network, "G θ", single.gaussNewton, wide.gaussNewton);
    // a difference of inner products, so on the scale of ‖S‖ ‖θ‖ ≤ 𝒩 ‖θ‖
    double scale = wide.noiseStrength * Vectors.norm(theta);
    close("S θ", single.covariance, wide.covariance, RELATIVE * scale);
  }

  private static void byParameter(
      Network network, String what, double[] actual, double[] expected) {
    int from = 0;
    for (ParameterSpec parameter : network.parameters()) {
      int size = Math.toIntExact(parameter.size());
      relative(
          what + " of " + parameter.name(), part(actual, from, size), part(expected, from, size));
      from += size;
    }
  }

  private static void relative(String what, double[] actual, double[] expected) {
    close(what, actual, expected, RELATIVE * Vectors.norm(expected));
  }
}
