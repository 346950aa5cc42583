package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.normals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/**
 * The covariance of the gradients of mini-batches drawn by the engine has the trace that the noise
 * strength predicts: 𝒩/B with replacement, (𝒩/B)(N − B)/(N − 1) without.
 */
@Tag(TestedEngines.TAG)
class MiniBatchNoiseTest {
  private static final int SAMPLES = 23;
  private static final int BATCH = 5;
  private static final int REPLICAS = 500;
  private static final int STEPS = 16;
  private static final double STANDARD_ERRORS = 4;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theVarianceWithReplacementIsTheNoiseStrengthOverB(EngineUnderTest on) {
    check(on, 1, 1.0 / BATCH);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theVarianceWithoutReplacementIsSmallerByTheFinitePopulation(EngineUnderTest on) {
    // the first batch of an epoch only: those of one epoch depend on each other
    check(on, SAMPLES / BATCH, (double) (SAMPLES - BATCH) / (SAMPLES - 1) / BATCH);
  }

  private static void check(EngineUnderTest on, int stride, double factor) {
    ArraySamples samples = ArraySamples.normal(1, SAMPLES, new int[] {5, 1, 1}, 1);
    LinearOracle oracle = new LinearOracle(samples, normals(2, 6));
    double[] mean = oracle.gradient();
    double strength = -dot(mean, mean);
    for (int n = 0; n < SAMPLES; n++) {
      strength += dot(oracle.sampleGradient(n), oracle.sampleGradient(n)) / SAMPLES;
    }

    double[] deviations = new double[REPLICAS * STEPS];
    double[] average = new double[mean.length];
    int draw = 0;
    for (int[] batch : batches(on, stride)) {
      double[] gradient = new double[mean.length];
      for (int index : batch) {
        gradient = Vectors.axpy(1.0 / BATCH, oracle.sampleGradient(index), gradient);
      }
      double[] deviation = Vectors.axpy(-1, mean, gradient);
      average = Vectors.axpy(1.0 / deviations.length, deviation, average);
      deviations[draw++] = dot(deviation, deviation);
    }
    double trace = Arrays.stream(deviations).average().orElseThrow();
    double squares = Arrays.stream(deviations).map(d -> (d - trace) * (d - trace)).sum();
    double standardError = Math.sqrt(squares) / draw;
    // sharp enough to tell with from without replacement: (N − B)/(N − 1) = 0.82
    assertThat(standardError).isLessThan(0.02 * trace);
    close("trace", trace, factor * strength, STANDARD_ERRORS * standardError);
    // E‖mean of n deviations‖² = trace/n; Markov's inequality with a factor for five deviations
    close("bias", dot(average, average), 0, 25 * trace / draw);
  }

  private static int[][] batches(EngineUnderTest on, int stride) {
    int[][] batches = new int[REPLICAS * STEPS][];
    try (Arena arena = on.engine().arena()) {
      Tensor indices = arena.reserve(DType.INT32, REPLICAS, BATCH);
      Tensor keys = arena.reserve(DType.INT32, REPLICAS, 2);
      Tensor step = arena.reserve(DType.INT32, 2);
      arena.commit();
      int[] words = new int[2 * REPLICAS];
      for (int r = 0; r < REPLICAS; r++) {
        long key = RandomKey.of(9, Purpose.SAMPLING, r).value();
        words[2 * r] = (int) key;
        words[2 * r + 1] = (int) (key >>> 32);
      }
      on.engine().memory().write(keys, words);
      for (int s = 0; s < STEPS; s++) {
        on.engine().memory().write(step, s * stride, 0);
        if (stride == 1) {
          on.engine().random().drawIndices(indices, SAMPLES, keys, step);
        } else {
          on.engine().random().permuteIndices(indices, SAMPLES, keys, step);
        }
        int[] all = on.engine().memory().readInts(indices);
        for (int r = 0; r < REPLICAS; r++) {
          batches[s * REPLICAS + r] = Arrays.copyOfRange(all, r * BATCH, (r + 1) * BATCH);
        }
      }
    }
    return batches;
  }
}
