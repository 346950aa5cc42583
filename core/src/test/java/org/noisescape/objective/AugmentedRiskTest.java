package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Noise over samples and draws, against gradients of single pictures in float64. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class AugmentedRiskTest {
  private static final int[] IMAGE = {1, 8, 8};
  private static final int SAMPLES = 13;
  private static final ArraySamples DATA = ArraySamples.normal(3, SAMPLES, IMAGE, 3);
  private static final Loss LOSS = Losses.parse("ce");

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private static Network network(String model) {
    return ModelZoo.build(model, IMAGE, 3);
  }

  private static PictureViews.Draws draws(long seed) {
    return new PictureViews.Draws(Purpose.AUGMENTATION.user(1), seed, 0);
  }

  private static double[] theta(Network network, int replicas) {
    double[] all = new double[replicas * network.parameterCount()];
    for (int r = 0; r < replicas; r++) {
      double[] one = network.initialParameters(Initialization.HE, 9, r);
      System.arraycopy(one, 0, all, r * one.length, one.length);
    }
    return all;
  }

  private static AugmentedNoise[] noise(
      Engine engine, String model, String augmentation, int k, int chunk, int replicas, long seed) {
    return noise(engine, DATA, model, augmentation, k, chunk, replicas, seed);
  }

  private static AugmentedNoise[] noise(
      Engine engine,
      ArraySamples samples,
      String model,
      String augmentation,
      int k,
      int chunk,
      int replicas,
      long seed) {
    try (Arena arena = engine.arena()) {
      Network network = network(model);
      ResidentData data = new ResidentData(samples, network, LOSS, DType.FLOAT64, arena);
      RiskOptions options = RiskOptions.gradients().withReplicas(replicas).withChunk(chunk);
      AugmentedRisk risk =
          new AugmentedRisk(Augmentation.parse(augmentation), k, draws(seed), data, arena, options);
      Tensor theta = arena.reserve(DType.FLOAT64, replicas, network.parameterCount());
      arena.commit();
      engine.memory().write(theta, theta(network, replicas));
      return risk.noise(network.view(theta));
    }
  }

  /** Pictures of all samples in draw a of a replica, channels-first, as the engine gathers them. */
  private static float[] pictures(String augmentation, int replica, int draw) {
    Engine engine = EngineUnderTest.HOST.engine();
    try (Arena arena = engine.arena()) {
      ResidentData data = new ResidentData(DATA, network("mlp:4"), LOSS, DType.FLOAT64, arena);
      Tensor out = arena.reserve(DType.FLOAT64, 1, SAMPLES, 64);
      Tensor indices = arena.reserve(DType.INT32, 1, SAMPLES);
      Tensor step = arena.reserve(DType.INT32, 2);
      PictureViews views =
          new PictureViews(
              Augmentation.parse(augmentation),
              data,
              new PictureViews.Draws(Purpose.AUGMENTATION.user(1), 5, replica),
              out,
              step);
      arena.commit();
      int[] all = new int[SAMPLES];
      Arrays.setAll(all, i -> i);
      engine.memory().write(indices, all);
      engine.memory().write(step, draw, 0);
      views.gather(indices, indices, 1);
      double[] seen = engine.memory().readDoubles(out);
      float[] pictures = new float[seen.length];
      for (int i = 0; i < seen.length; i++) {
        pictures[i] = (float) seen[i];
      }
      return pictures;
    }
  }

  /** ∇ℓ of one picture by a risk of one sample; the loss comes last. */
  private static double[] gradient(Network network, double[] theta, float[] picture, int sample) {
    Engine engine = EngineUnderTest.HOST.engine();
    try (Arena arena = engine.arena()) {
      ArraySamples one =
          new ArraySamples(
              IMAGE, 3, picture, Arrays.copyOfRange(DATA.targets(), 3 * sample, 3 * sample + 3));
      ResidentData data = new ResidentData(one, network, LOSS, DType.FLOAT64, arena);
      EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.gradients());
      Tensor at = arena.reserve(DType.FLOAT64, 1, theta.length);
      Tensor gradient = arena.reserve(DType.FLOAT64, 1, theta.length);
      arena.commit();
      engine.memory().write(at, theta);
      double[] loss = new double[1];
      risk.gradient(network.view(at), network.view(gradient), loss);
      double[] all = Arrays.copyOf(engine.memory().readDoubles(gradient), theta.length + 1);
      all[theta.length] = loss[0];
      return all;
    }
  }

  /** g_μa of one replica, by sample and draw. */
  private static double[][][] gradients(String model, String augmentation, int k, int replica) {
    Network network = network(model);
    double[] theta =
        Arrays.copyOfRange(
            theta(network, replica + 1),
            replica * network.parameterCount(),
            (replica + 1) * network.parameterCount());
    double[][][] gradients = new double[SAMPLES][k][];
    for (int a = 0; a < k; a++) {
      float[] pictures = pictures(augmentation, replica, a);
      for (int n = 0; n < SAMPLES; n++) {
        float[] picture = Arrays.copyOfRange(pictures, 64 * n, 64 * n + 64);
        gradients[n][a] = gradient(network, theta, picture, n);
      }
    }
    return gradients;
  }

  private static double square(double[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length - 1; i++) {
      sum += vector[i] * vector[i];
    }
    return sum;
  }

  private static double[] mean(List<double[]> vectors) {
    double[] mean = new double[vectors.getFirst().length];
    for (double[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / vectors.size();
      }
    }
    return mean;
  }

  private static double spread(List<double[]> vectors) {
    double[] mean = mean(vectors);
    double sum = 0;
    for (double[] vector : vectors) {
      double[] difference = vector.clone();
      Arrays.setAll(difference, i -> vector[i] - mean[i]);
      sum += square(difference);
    }
    return sum / (vectors.size() - 1);
  }

  /** The estimators of the documentation from all gradients, chunk by chunk. */
  private static AugmentedNoise byHand(double[][][] gradients, int chunk) {
    int k = gradients[0].length;
    double draws = 0;
    List<double[]> all = new ArrayList<>();
    double squares = 0;
    for (int first = 0; first < SAMPLES; first += chunk) {
      List<double[]> sums = new ArrayList<>();
      for (int a = 0; a < k; a++) {
        double[] sum = new double[gradients[0][0].length];
        for (int n = first; n < Math.min(SAMPLES, first + chunk); n++) {
          double[] one = gradients[n][a];
          all.add(one);
          squares += square(one) / SAMPLES / k;
          Arrays.setAll(sum, i -> sum[i] + one[i] / SAMPLES);
        }
        sums.add(sum);
      }
      draws += SAMPLES * spread(sums);
    }
    double[] mean = mean(all);
    double excess = draws / SAMPLES / k;
    double total = squares - square(mean) + excess;
    return new AugmentedNoise(
        mean[mean.length - 1], 0, square(mean) - excess, total, 0, total - draws, 0, draws, 0);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void estimatesAreThoseOfAllGradientsOfAllDraws(EngineUnderTest on) {
    String augmentation = "crop:2+flip+cutout:3";
    double[][][][] gradients = {
      gradients("mlp:4", augmentation, 3, 0), gradients("mlp:4", augmentation, 3, 1)
    };
    for (int chunk : new int[] {1, 5, 13}) {
      AugmentedNoise[] found = noise(on.engine(), "mlp:4", augmentation, 3, chunk, 2, 5);
      for (int r = 0; r < 2; r++) {
        AugmentedNoise expected = byHand(gradients[r], chunk);
        close(found[r].loss(), expected.loss());
        close(found[r].gradientNormSquared(), expected.gradientNormSquared());
        close(found[r].total(), expected.total());
        close(found[r].betweenSamples(), expected.betweenSamples());
        close(found[r].betweenDraws(), expected.betweenDraws());
      }
    }
  }

  private static void close(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(1e-11 * Math.abs(expected) + 1e-13));
  }

  /** Flips have two views of equal probability: B, W and ‖m‖² are exact sums over both. */
  @Test
  void estimatesAreUnbiased() {
    Network network = network("mlp:4");
    double[] theta = theta(network, 1);
    List<double[]> means = new ArrayList<>();
    double draws = 0;
    for (int n = 0; n < SAMPLES; n++) {
      float[] plain = new float[64];
      DATA.copyFeatures(n, 1, plain);
      float[] mirrored = new float[64];
      for (int i = 0; i < 64; i++) {
        mirrored[i] = plain[i / 8 * 8 + 7 - i % 8];
      }
      List<double[]> both =
          List.of(gradient(network, theta, plain, n), gradient(network, theta, mirrored, n));
      means.add(mean(both));
      draws += spread(both) / 2 / SAMPLES;
    }
    double samples = spread(means) * (SAMPLES - 1) / SAMPLES;
    double[] exact = {samples, draws, samples + draws, square(mean(means))};
    int seeds = 200;
    double[] sum = new double[4];
    double[] squares = new double[4];
    for (int seed = 0; seed < seeds; seed++) {
      AugmentedNoise one = noise(EngineUnderTest.HOST.engine(), "mlp:4", "flip", 2, 4, 1, seed)[0];
      double[] found = {
        one.betweenSamples(), one.betweenDraws(), one.total(), one.gradientNormSquared()
      };
      for (int i = 0; i < 4; i++) {
        sum[i] += found[i] / seeds;
        squares[i] += found[i] * found[i] / seeds;
      }
    }
    for (int i = 0; i < 4; i++) {
      double error = Math.sqrt((squares[i] - sum[i] * sum[i]) / (seeds - 1));
      assertThat(sum[i]).as("number %d", i).isCloseTo(exact[i], within(3.5 * error));
      assertThat(error).as("the test sees 4 %% of number %d", i).isLessThan(0.04 * exact[i]);
    }
  }

  /** 200 data sets of 64 samples: errors against the spread of what is found, each known to 5 %. */
  @Test
  void standardErrorsAreTheSpreadOverDataSets() {
    int sets = 200;
    double[] sum = new double[3];
    double[] squares = new double[3];
    double[] variances = new double[3];
    for (int set = 0; set < sets; set++) {
      AugmentedNoise one =
          noise(
              EngineUnderTest.HOST.engine(),
              ArraySamples.normal(100 + 2 * set, 64, IMAGE, 3),
              "mlp:4",
              "crop:2+flip",
              4,
              4,
              1,
              set)[0];
      double[] found = {one.betweenDraws(), one.betweenSamples(), one.total()};
      double[] errors = {
        one.betweenDrawsStandardError(), one.betweenSamplesStandardError(), one.totalStandardError()
      };
      for (int i = 0; i < 3; i++) {
        sum[i] += found[i] / sets;
        squares[i] += found[i] * found[i] / sets;
        variances[i] += errors[i] * errors[i] / sets;
      }
    }
    for (int i = 0; i < 3; i++) {
      double spread = Math.sqrt((squares[i] - sum[i] * sum[i]) * sets / (sets - 1));
      assertThat(Math.sqrt(variances[i]) / spread).as("number %d", i).isBetween(0.8, 1.25);
    }
  }

  @Test
  void whatHasNoSpreadIsRefused() {
    Engine engine = EngineUnderTest.HOST.engine();
    assertThatThrownBy(() -> noise(engine, "mlp:4", "flip", 1, 4, 1, 5))
        .hasMessageContaining("2 draws or more, got 1");
    assertThatThrownBy(() -> noise(engine, "mlp:4", "none", 2, 4, 1, 5))
        .hasMessageContaining("needs an augmentation");
  }
}
