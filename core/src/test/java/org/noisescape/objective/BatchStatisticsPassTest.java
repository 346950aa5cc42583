package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.BatchNorm;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Flatten;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Statistics taken anew, where those of the data are known in closed form. */
@Tag(TestedEngines.TAG)
class BatchStatisticsPassTest {
  private static final int[] IMAGE = {4, 1, 1};
  private static final int SAMPLES = 23;
  private static final int BATCH = 7;
  private static final double EPSILON = 1e-2;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /**
   * Features, normalised twice: the first layer sees the data, the second mean 0 and variance v/(v
   * + ε) of each batch. Two samples of the 23 sit out.
   */
  @ParameterizedTest
  @MethodSource("engines")
  void theyAreMeansOverBatchesOfMeansAndUnbiasedVariances(EngineUnderTest on) {
    Network network =
        new Network(
            "twice",
            Sequential.of(
                new Flatten(),
                new BatchNorm(EPSILON, 0.1),
                new BatchNorm(EPSILON, 0.3),
                new Dense(2)),
            IMAGE);
    ArraySamples samples = ArraySamples.normal(5, SAMPLES, IMAGE, 2);
    double[] expected = new double[16];
    int batches = SAMPLES / BATCH;
    for (int b = 0; b < batches; b++) {
      for (int c = 0; c < 4; c++) {
        double mean = 0;
        double square = 0;
        for (int n = b * BATCH; n < (b + 1) * BATCH; n++) {
          double x = samples.features()[n * 4 + c];
          mean += x / BATCH;
          square += x * x / BATCH;
        }
        double variance = square - mean * mean;
        double unbiased = BATCH / (BATCH - 1.0) / batches;
        expected[c] += mean / batches;
        expected[4 + c] += variance * unbiased;
        expected[12 + c] += variance / (variance + EPSILON) * unbiased;
      }
    }
    for (int replicas : new int[] {1, 3}) {
      try (Arena arena = on.engine().arena()) {
        ResidentData data =
            new ResidentData(samples, network, Losses.parse("mse"), DType.FLOAT64, arena);
        double[] theta = new double[replicas * network.parameterCount()];
        Arrays.setAll(theta, i -> i % network.parameterCount() % 8 < 4 ? 1 : 0);
        double[] found = BatchStatisticsPass.of(data, arena, BATCH, replicas, theta);
        for (int r = 0; r < replicas; r++) {
          close("replica " + r, Arrays.copyOfRange(found, r * 16, r * 16 + 16), expected, 1e-12);
        }
      }
    }
  }

  @Test
  void aNetworkWithoutThemIsRefused() {
    ArraySamples samples = ArraySamples.normal(5, SAMPLES, IMAGE, 2);
    Network network = ModelZoo.build("mlp:3", IMAGE, 2);
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      ResidentData data =
          new ResidentData(samples, network, Losses.parse("mse"), DType.FLOAT64, arena);
      assertThatThrownBy(() -> BatchStatisticsPass.of(data, arena, BATCH, 1, new double[20]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("mlp:3 has no batch normalisation");
    }
  }
}
