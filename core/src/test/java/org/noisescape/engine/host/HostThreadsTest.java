package org.noisescape.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

/**
 * Operations on more elements than one thread keeps for itself give the same bits on any number.
 */
class HostThreadsTest {
  private static final int ROWS = 1031;
  private static final int COLUMNS = 1033;

  private static Tensor normals(Engine engine, int seed, DType dtype, int... shape) {
    Tensor tensor = engine.tensor(dtype, shape);
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] values = new double[Math.toIntExact(tensor.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = stream.nextGaussian();
    }
    engine.memory().write(tensor, values);
    return tensor;
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

  @Test
  void tangentsAndSampleProductsHaveTheSameBitsOnAnyNumberOfThreads() {
    List<double[]> expected = results(1);
    for (int threads = 2; threads <= 3; threads++) {
      List<double[]> actual = results(threads);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Arrays.equals(actual.get(i), expected.get(i)))
            .as("result %d on %d threads", i, threads)
            .isTrue();
      }
    }
  }
}
