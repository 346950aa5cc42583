package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.normals;
import static org.noisescape.testing.Vectors.part;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Loss, gradient and noise strength of a data set against least squares in scalar loops. */
@Tag(TestedEngines.TAG)
class EmpiricalRiskTest {
  private static final int[] IMAGE = {5, 1, 1};
  private static final int SAMPLES = 23;
  private static final int PARAMETERS = 6;

  /** Dividing 23, not dividing it, and larger than it. */
  private static final int[] CHUNKS = {1, 4, 7, 23, 100};

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyQuantityIsThatOfTheWholeDataSetWhateverTheChunk(EngineUnderTest on) {
    ArraySamples samples = ArraySamples.normal(1, SAMPLES, IMAGE, 1);
    Network network = ModelZoo.build("linear", IMAGE, 1);
    int replicas = 3;
    double[] theta = normals(2, replicas * PARAMETERS);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      for (int chunk : CHUNKS) {
        try (Measured m = new Measured(on, network, samples, dtype, replicas, chunk, theta)) {
          for (int r = 0; r < replicas; r++) {
            LinearOracle oracle =
                new LinearOracle(samples, part(theta, r * PARAMETERS, PARAMETERS));
            check(m, r, oracle, dtype);
          }
        }
      }
    }
  }

  private static void check(Measured m, int r, LinearOracle oracle, DType dtype) {
    double tolerance = 64 * Vectors.epsilon(dtype);
    double[] gradient = oracle.gradient();
    double meanSquare = mean(n -> dot(oracle.sampleGradient(n), oracle.sampleGradient(n)));
    double squared = dot(gradient, gradient);
    double loss = mean(oracle::loss);
    GradientNoise noise = m.noise[r];
    for (RiskValue value : new RiskValue[] {noise.value(), m.values[r]}) {
      close("loss", value.loss(), loss, tolerance * loss);
      double error = standardError(oracle::loss);
      close("standard error of L", value.lossStandardError(), error, tolerance * error);
      close("accuracy", value.accuracy(), mean(n -> oracle.rightSign(n) ? 1 : 0), 1e-15);
      assertThat(value.samples()).isEqualTo(SAMPLES);
    }
    double scale = Math.sqrt(meanSquare);
    close("gradient", m.gradient(r), gradient, tolerance * scale);
    close("gradient beside the noise", m.noiseGradient(r), gradient, tolerance * scale);
    close("‖g‖²", noise.gradientNormSquared(), squared, tolerance * meanSquare);
    close("mean ‖g_μ‖²", noise.meanSquaredNorm(), meanSquare, tolerance * meanSquare);
    close("𝒩", noise.noiseStrength(), meanSquare - squared, tolerance * meanSquare);
    double error = standardError(n -> dot(oracle.sampleGradient(n), oracle.sampleGradient(n)));
    close("its error", noise.noiseStrengthStandardError(), error, tolerance * error);
    WrongSamples wrong = m.wrong[r];
    assertThat(wrong.wrong()).isEqualTo(Math.round(SAMPLES * mean(n -> ofWrong(oracle, n, 1))));
    double ofLoss = mean(n -> ofWrong(oracle, n, oracle.loss(n))) / loss;
    close("their share of L", wrong.lossShare(), ofLoss, tolerance);
    double ofSquares =
        mean(n -> ofWrong(oracle, n, dot(oracle.sampleGradient(n), oracle.sampleGradient(n))))
            / meanSquare;
    close("their share of Σ ‖g_μ‖²", wrong.gradientShare(), ofSquares, tolerance);
  }

  private static double ofWrong(LinearOracle oracle, int sample, double value) {
    return oracle.rightSign(sample) ? 0 : value;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theNoiseStrengthIsTheTraceOfTheCentredCovariance(EngineUnderTest on) {
    // at a minimum ḡ = 0, where 𝒩 and the mean squared norm agree; elsewhere they do not
    float[] x = {-2, -1, 0, 1, 2};
    float[] y = {1, -2, 2, -2, 1};
    ArraySamples samples = new ArraySamples(new int[] {1, 1, 1}, 1, x, y);
    Network network = ModelZoo.build("linear", samples.imageShape(), 1);
    try (Measured m = new Measured(on, network, samples, DType.FLOAT64, 1, 2, 0, 0)) {
      close("‖ḡ‖²", m.noise[0].gradientNormSquared(), 0, 1e-30);
      // Σ y²(x² + 1)/5 = (5 + 8 + 4 + 8 + 5)/5
      close("𝒩", m.noise[0].noiseStrength(), 6, 1e-14);
    }
    try (Measured m = new Measured(on, network, samples, DType.FLOAT64, 1, 2, 0, 1)) {
      // residuals 0 3 −1 3 0: ḡ = (0, 1), mean squared norm (18 + 1 + 18)/5
      close("‖ḡ‖²", m.noise[0].gradientNormSquared(), 1, 1e-14);
      close("𝒩", m.noise[0].noiseStrength(), 6.4, 1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void chunksOfImagesAndClassesAddUp(EngineUnderTest on) {
    int[] image = {2, 16, 17};
    ArraySamples samples = ArraySamples.normal(5, 11, image, 3);
    Network network = ModelZoo.build("meng-cnn", image, 3);
    double[] theta = network.initialParameters(org.noisescape.nn.Initialization.HE, 5, 0);
    try (Measured whole = new Measured(on, network, samples, DType.FLOAT64, 1, 11, theta);
        Measured pieces = new Measured(on, network, samples, DType.FLOAT64, 1, 4, theta)) {
      GradientNoise a = whole.noise[0];
      GradientNoise b = pieces.noise[0];
      close("L", b.value().loss(), a.value().loss(), 1e-14);
      assertThat(b.value().accuracy()).isEqualTo(a.value().accuracy());
      assertThat(whole.wrong[0].wrong()).isEqualTo(Math.round(11 * (1 - a.value().accuracy())));
      assertThat(pieces.wrong[0].wrong()).isEqualTo(whole.wrong[0].wrong());
      close("share", pieces.wrong[0].lossShare(), whole.wrong[0].lossShare(), 1e-14);
      close("𝒩", b.noiseStrength(), a.noiseStrength(), 1e-12 * a.meanSquaredNorm());
      close("g", pieces.gradient(0), whole.gradient(0), 1e-13 * Math.sqrt(a.meanSquaredNorm()));
    }
  }

  @Test
  void theAutomaticChunkIsBetweenOneAndTheData() {
    Network small = ModelZoo.build("linear", IMAGE, 1);
    Network large = ModelZoo.build("mori-cnn", new int[] {3, 32, 32}, 10);
    for (int samples : new int[] {1, 2, 23, 1000, 1001, 60000}) {
      for (Network network : new Network[] {small, large}) {
        for (int replicas : new int[] {1, 64}) {
          assertThat(EmpiricalRisk.automaticChunk(network, replicas, samples))
              .isBetween(1, Math.min(samples, 1000));
        }
      }
    }
    assertThat(EmpiricalRisk.automaticChunk(large, 1, 60000))
        .isLessThan(EmpiricalRisk.automaticChunk(small, 1, 60000));
  }

  @Test
  void dataThatDoNotFitAreOneClearLine() {
    Network network = ModelZoo.build("linear", IMAGE, 2);
    Loss loss = new MeanSquare();
    refused(
        new ArraySamples(IMAGE, 2, new float[0], new float[0]), network, loss, "data set is empty");
    refused(
        ArraySamples.normal(1, 3, IMAGE, 3),
        network,
        loss,
        "model 'linear' has 2 outputs, the targets 3 entries");
    refused(
        ArraySamples.normal(1, 3, new int[] {1, 2, 3}, 2),
        network,
        loss,
        "model 'linear' takes 5 features, the data have (1, 2, 3)");
  }

  @Test
  void crossEntropyOfOneOutputIsRefusedWhenTheDataAreLoaded() {
    Network network = ModelZoo.build("linear", IMAGE, 1);
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      ArraySamples samples = ArraySamples.normal(1, 3, IMAGE, 1);
      new ResidentData(samples, network, new CrossEntropy(0), DType.FLOAT32, arena);
      assertThatThrownBy(arena::commit)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least 2 classes, got 1 output");
    }
  }

  private static void refused(ArraySamples samples, Network network, Loss loss, String message) {
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      assertThatThrownBy(() -> new ResidentData(samples, network, loss, DType.FLOAT32, arena))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
    }
  }

  private static double mean(IntToDoubleFunction quantity) {
    return IntStream.range(0, SAMPLES).mapToDouble(quantity).sum() / SAMPLES;
  }

  /** Standard deviation with n − 1, over √n. */
  private static double standardError(IntToDoubleFunction quantity) {
    double mean = mean(quantity);
    double squares =
        IntStream.range(0, SAMPLES)
            .mapToDouble(quantity)
            .map(value -> (value - mean) * (value - mean))
            .sum();
    return Math.sqrt(squares / (SAMPLES - 1) / SAMPLES);
  }

  /** Everything a risk measures at θ. */
  private static final class Measured implements AutoCloseable {
    private final Arena arena;
    private final int size;
    private final double[] gradients;
    private final double[] noiseGradients;
    private final RiskValue[] values;
    private final GradientNoise[] noise;
    private final WrongSamples[] wrong;

    Measured(
        EngineUnderTest on,
        Network network,
        ArraySamples samples,
        DType dtype,
        int replicas,
        int chunk,
        double... theta) {
      this.arena = on.engine().arena();
      this.size = network.parameterCount();
      Loss loss = samples.outputs() == 1 ? new MeanSquare() : new CrossEntropy(0.1);
      ResidentData data = new ResidentData(samples, network, loss, dtype, arena);
      EmpiricalRisk risk =
          new EmpiricalRisk(
              data, arena, RiskOptions.gradients().withReplicas(replicas).withChunk(chunk));
      EmpiricalRisk valueOnly =
          new EmpiricalRisk(
              data, arena, RiskOptions.values().withReplicas(replicas).withChunk(chunk));
      Tensor parameters = arena.reserve(dtype, replicas, size);
      Tensor gradient = arena.reserve(dtype, replicas, size);
      arena.commit();
      on.engine().memory().write(parameters, theta);
      on.engine().memory().fill(gradient, Double.NaN);
      Tensor[] views = network.view(parameters);
      risk.gradient(views, network.view(gradient));
      this.gradients = on.engine().memory().readDoubles(gradient);
      this.wrong = new WrongSamples[replicas];
      this.noise = risk.noise(views, network.view(gradient), gradient, wrong);
      this.noiseGradients = on.engine().memory().readDoubles(gradient);
      this.values = valueOnly.value(views);
    }

    double[] gradient(int replica) {
      return Arrays.copyOfRange(gradients, replica * size, (replica + 1) * size);
    }

    double[] noiseGradient(int replica) {
      return Arrays.copyOfRange(noiseGradients, replica * size, (replica + 1) * size);
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
