package org.noisescape.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Sharing;
import org.noisescape.tensor.Tensor;

/**
 * Operations on more elements than one thread keeps for itself give the same bits on any number.
 */
class HostThreadsTest {
  private static final int ROWS = 1031;
  private static final int COLUMNS = 1033;

  private static Tensor normals(Engine engine, int seed, DType dtype, int... shape) {
    Tensor tensor = engine.tensor(dtype, shape);
    fill(engine, tensor, seed);
    return tensor;
  }

  private static void fill(Engine engine, Tensor tensor, int seed) {
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] values = new double[Math.toIntExact(tensor.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = stream.nextGaussian();
    }
    engine.memory().write(tensor, values);
  }

  private static Tensor matrix(Engine engine, int seed) {
    return normals(engine, seed, DType.FLOAT32, 1, ROWS, COLUMNS);
  }

  /** What every operation leaves, by threads. */
  private static List<double[]> results(int threads) {
    try (Engine engine = Engines.open("host", threads)) {
      Tensor y = matrix(engine, 1);
      Tensor yDot = matrix(engine, 2);
      Tensor yBar = matrix(engine, 3);
      Tensor yBarDot = matrix(engine, 4);
      Tensor alone = matrix(engine, 4);
      Tensor bias = normals(engine, 5, DType.FLOAT32, 1, COLUMNS);
      Tensor weights = normals(engine, 6, DType.FLOAT64, 1, ROWS);
      Tensor dots = engine.tensor(DType.FLOAT64, 1, ROWS);
      Tensor gram = normals(engine, 7, DType.FLOAT64, 1, ROWS, COLUMNS);
      Tensor signs = engine.tensor(DType.FLOAT32, 1, ROWS * COLUMNS);
      Tensor keys = engine.tensor(DType.INT32, 1, 2);
      Tensor step = engine.tensor(DType.INT32, 2);
      engine.tangents().activation(Activation.TANH, y, bias, yDot);
      engine
          .tangents()
          .activationBackward(Activation.SIGMOID, y, yDot, yBar, yBarDot, bias, Accumulation.ADD);
      engine
          .tangents()
          .activationBackward(Activation.TANH, y, yDot, yBar, alone, null, Accumulation.OVERWRITE);
      engine.tangents().scaleSamples(weights, yBar, yBar);
      engine.reduction().sampleDots(y, yBar, dots);
      engine.linearAlgebra().addProducts(0.3, y, yDot, gram);
      engine.random().rademacher(signs, keys, step);
      Tensor[] all = {yDot, yBarDot, alone, bias, yBar, dots, gram, signs};
      List<double[]> values = Stream.of(all).map(engine.memory()::readDoubles).toList();
      Stream.of(all).forEach(tensor -> tensor.arena().close());
      Stream.of(y, weights, keys, step).forEach(tensor -> tensor.arena().close());
      return values;
    }
  }

  /** What moments, a backward pass and its tangent leave of rows that share some moments. */
  private static List<double[]> normalized(int threads, Sharing sharing) {
    int rows = 37 * 113;
    int channels = 130;
    try (Engine engine = Engines.open("host", threads);
        Arena arena = engine.arena()) {
      NormalizationPlan plan =
          engine.normalization().plan(DType.FLOAT32, 1, rows, channels, sharing, 1e-5, arena);
      Tensor[] matrices = new Tensor[6];
      Arrays.setAll(matrices, i -> arena.reserve(DType.FLOAT32, 1, rows, channels));
      Tensor[] vectors = new Tensor[6];
      Arrays.setAll(vectors, i -> arena.reserve(DType.FLOAT32, 1, channels));
      Tensor mean = arena.reserve(DType.FLOAT64, 1, sharing.sets() * channels);
      Tensor variance = arena.reserve(DType.FLOAT64, 1, sharing.sets() * channels);
      arena.commit();
      for (int i = 0; i < 4; i++) {
        fill(engine, matrices[i], i);
        fill(engine, vectors[i], 10 + i);
      }
      Tensor x = matrices[0];
      Tensor gamma = vectors[0];
      Moments moments = new Moments(mean, variance, Moments.Origin.ROWS);
      plan.moments(x, mean, variance);
      plan.backward(
          x, moments, gamma, matrices[1], matrices[4], vectors[2], vectors[3], Accumulation.ADD);
      plan.backwardTangent(
          x,
          moments,
          gamma,
          matrices[2],
          vectors[1],
          matrices[1],
          matrices[3],
          matrices[5],
          vectors[4],
          vectors[5],
          Accumulation.OVERWRITE);
      Tensor[] all = {
        mean, variance, matrices[4], matrices[5], vectors[2], vectors[3], vectors[4], vectors[5]
      };
      return Stream.of(all).map(engine.memory()::readDoubles).toList();
    }
  }

  /** What the passes leave of a convolution whose channels fit in one vector. */
  private static List<double[]> convolved(int threads) {
    ConvolutionGeometry geometry = new ConvolutionGeometry(28, 28, 1, 10, 5, 5, 1, 0);
    int samples = 101;
    try (Engine engine = Engines.open("host", threads);
        Arena arena = engine.arena()) {
      ConvolutionPlan plan =
          engine.convolution().plan(geometry, Activation.RELU, DType.FLOAT32, 1, samples, arena);
      Tensor x = arena.reserve(DType.FLOAT32, 1, samples, 28 * 28);
      Tensor y = arena.reserve(DType.FLOAT32, 1, samples, 10 * geometry.positions());
      Tensor w = arena.reserve(DType.FLOAT32, 1, 250);
      Tensor b = arena.reserve(DType.FLOAT32, 1, 10);
      Tensor wBar = arena.reserve(DType.FLOAT32, 1, 250);
      Tensor bBar = arena.reserve(DType.FLOAT32, 1, 10);
      Tensor norms = arena.reserve(DType.FLOAT64, 1, samples);
      arena.commit();
      fill(engine, x, 1);
      fill(engine, w, 2);
      fill(engine, b, 3);
      plan.forward(x, w, b, y);
      plan.weightGradientAndNorms(x, y, wBar, bBar, Accumulation.OVERWRITE, norms);
      return Stream.of(y, wBar, bBar, norms).map(engine.memory()::readDoubles).toList();
    }
  }

  /** What a process of its own says, with variables of its environment. */
  private static String child(int threads, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ThreadsChild.class.getName(),
                Integer.toString(threads))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(variables);
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      process.waitFor();
    }
  }

  @Test
  void theEnvironmentDoesNotChangeTheThreadsThatWereAskedFor()
      throws IOException, InterruptedException {
    String expected = ThreadsChild.digest(3);
    assertThat(expected).as("the sum shows the threads").isNotEqualTo(ThreadsChild.digest(1));
    Map<String, String> variables =
        Map.of(
            "OMP_NUM_THREADS", "1",
            "OMP_DYNAMIC", "true",
            "OMP_MAX_ACTIVE_LEVELS", "0",
            "OPENBLAS_NUM_THREADS", "1");
    assertThat(child(3, variables)).isEqualTo(expected);
    assertThat(child(3, Map.of("OMP_THREAD_LIMIT", "2")))
        .isEqualTo(
            "OMP_THREAD_LIMIT=2 forbids the 3 threads asked for: unset it, or take 2 threads");
  }

  private static void sameBits(IntFunction<List<double[]>> ofThreads) {
    List<double[]> expected = ofThreads.apply(1);
    for (int threads = 2; threads <= 3; threads++) {
      List<double[]> actual = ofThreads.apply(threads);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Arrays.equals(actual.get(i), expected.get(i)))
            .as("result %d on %d threads", i, threads)
            .isTrue();
      }
    }
  }

  @Test
  void tangentsAndSampleProductsHaveTheSameBitsOnAnyNumberOfThreads() {
    sameBits(HostThreadsTest::results);
  }

  @Test
  void normalizationsHaveTheSameBitsOnAnyNumberOfThreads() {
    sameBits(threads -> normalized(threads, Sharing.ofBatch(130)));
    sameBits(threads -> normalized(threads, Sharing.ofSamples(37, 2)));
    sameBits(threads -> normalized(threads, Sharing.ofSamples(37 * 113, 1)));
  }

  @Test
  void convolutionsOfFewChannelsGiveTheSameBits() {
    sameBits(HostThreadsTest::convolved);
  }
}
