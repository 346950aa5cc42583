package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Kernels that run whole steps against the same steps composed of operations. */
@Tag("engines")
class FusedProgramTest {
  private static final int SAMPLES = 67;

  private static final String KERNELS = TestedEngines.names().findFirst().orElseThrow();

  private static Engine open(int threads) {
    return TestedEngines.open(KERNELS, threads);
  }

  private static ArraySamples data(int inputs, int outputs) {
    float[] x = new float[SAMPLES * inputs];
    float[] y = new float[SAMPLES * outputs];
    double[] normals = Vectors.normals(11, x.length + y.length);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) normals[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) normals[x.length + i];
    }
    return new ArraySamples(new int[] {inputs, 1, 1}, outputs, x, y);
  }

  private static NetworkPlan plan(
      Network network,
      int batch,
      Sampling sampling,
      int first,
      int replicas,
      double... thresholds) {
    return NetworkPlan.of(network, Losses.parse("mse"))
        .learningRate(0.02)
        .batch(batch)
        .sampling(sampling)
        .detecting(thresholds)
        .lookEvery(3)
        .seed(5)
        .firstReplica(first)
        .replicas(replicas)
        .build();
  }

  private static ReplicaState run(ReplicaProgram program, long steps, long block) {
    try (program) {
      while (program.step() < steps) {
        program.advance(Math.min(steps, program.step() + block));
      }
      return program.state();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mlp:10,784,1,10,WITH_REPLACEMENT",
    "mlp:10,784,1,7,WITHOUT_REPLACEMENT",
    "'mlp:100,100',37,1,5,WITHOUT_REPLACEMENT",
    "'mlp:13,6,3',1,2,1,WITH_REPLACEMENT",
    "'mlp:1',33,4,67,WITHOUT_REPLACEMENT",
    "linear,17,5,11,WITH_REPLACEMENT"
  })
  void aKernelGoesTheWayOfTheOperations(
      String model, int inputs, int outputs, int batch, Sampling sampling) {
    Network network = ModelZoo.build(model, new int[] {inputs, 1, 1}, outputs);
    NetworkPlan plan = plan(network, batch, sampling, 2, 3, 1e9);
    try (Engine engine = open(2)) {
      Optional<ReplicaProgram> fused = FusedProgram.of(engine, plan, data(inputs, outputs));
      assertThat(fused).isPresent();
      ReplicaState kernel = run(fused.get(), 30, 30);
      ReplicaState composed = run(new ComposedProgram(engine, plan, data(inputs, outputs)), 30, 30);
      double[] start = plan.startingPoints();
      double moved = Vectors.norm(Vectors.axpy(-1, start, composed.theta()));
      double apart = Vectors.norm(Vectors.axpy(-1, composed.theta(), kernel.theta()));
      // rounding of 30 steps, amplified a little
      double bound = 100 * Vectors.epsilon(DType.FLOAT32) * Vectors.norm(composed.theta());
      assertThat(apart).isLessThan(bound);
      assertThat(moved).isGreaterThan(20 * bound);
      for (int r = 0; r < 3; r++) {
        assertThat(kernel.values()[r])
            .isCloseTo(composed.values()[r], within(1e-4 * composed.values()[r]));
      }
    }
  }

  @Test
  void picturesOfWholeGrayLevelsGoTheWayOfTheirNumbers() {
    int samples = 400;
    int pixels = 28 * 28 + 3;
    float[] levels = new float[samples * pixels];
    float[] targets = new float[samples];
    double[] normals = Vectors.normals(3, levels.length);
    for (int i = 0; i < levels.length; i++) {
      levels[i] = ((int) (100 * Math.abs(normals[i])) & 0xFF) / 255f;
    }
    for (int n = 0; n < samples; n++) {
      targets[n] = n % 3 - 1;
    }
    float[] others = levels.clone();
    // a number between levels, in a sample that no replica draws in these steps
    others[7 * pixels + 1] = 0.5001f;
    Network network = ModelZoo.build("mlp:10", new int[] {pixels, 1, 1}, 1);
    NetworkPlan plan = plan(network, 5, Sampling.WITHOUT_REPLACEMENT, 0, 3);
    int[] image = {pixels, 1, 1};
    try (Engine engine = open(2)) {
      ReplicaState pictures =
          run(plan.program(engine, new ArraySamples(image, 1, levels, targets)), 20, 20);
      ReplicaState numbers =
          run(plan.program(engine, new ArraySamples(image, 1, others, targets)), 20, 20);
      assertThat(pictures.theta()).isEqualTo(numbers.theta());
      assertThat(pictures.theta()).isNotEqualTo(plan.startingPoints());
    }
  }

  @Test
  void trajectoriesDependNeitherOnThreadsNorOnGroupingNorOnBlocksNorOnStops() {
    Network network = ModelZoo.build("mlp:10", new int[] {37, 1, 1}, 1);
    ArraySamples data = data(37, 1);
    double[] thresholds = {0.56, 0.75};
    ReplicaState whole;
    try (Engine engine = open(1)) {
      NetworkPlan plan = plan(network, 4, Sampling.WITHOUT_REPLACEMENT, 0, 7, thresholds);
      whole = run(plan.program(engine, data), 60, 60);
      assertThat(whole.passages()).contains(ReplicaState.NONE, 0);
      try (ReplicaProgram first = plan.program(engine, data);
          ReplicaProgram second = plan.program(engine, data)) {
        first.advance(20);
        second.restore(first.state());
        second.advance(60);
        assertThat(second.state().theta()).isEqualTo(whole.theta());
        assertThat(second.state().passages()).isEqualTo(whole.passages());
      }
    }
    try (Engine engine = open(3)) {
      NetworkPlan plan = plan(network, 4, Sampling.WITHOUT_REPLACEMENT, 0, 7, thresholds);
      ReplicaState threaded = run(plan.program(engine, data), 60, 7);
      assertThat(threaded.theta()).isEqualTo(whole.theta());
      assertThat(threaded.passages()).isEqualTo(whole.passages());
      NetworkPlan part = plan(network, 4, Sampling.WITHOUT_REPLACEMENT, 5, 2, thresholds);
      ReplicaState last = run(part.program(engine, data), 60, 60);
      int size = network.parameterCount();
      assertThat(last.theta()).isEqualTo(Vectors.part(whole.theta(), 5 * size, 2 * size));
    }
  }

  @Test
  void theComposedEnsembleRestsAndResumesLikeTheKernel() {
    Network network = ModelZoo.build("mlp:10", new int[] {37, 1, 1}, 1);
    ArraySamples data = data(37, 1);
    NetworkPlan plan = plan(network, 4, Sampling.WITH_REPLACEMENT, 0, 7, 0.56, 0.75);
    try (Engine engine = open(2)) {
      ReplicaState kernel = run(plan.program(engine, data), 60, 60);
      ReplicaState composed = run(new ComposedProgram(engine, plan, data), 60, 13);
      assertThat(composed.passages()).isEqualTo(kernel.passages());
      try (ComposedProgram first = new ComposedProgram(engine, plan, data);
          ComposedProgram second = new ComposedProgram(engine, plan, data)) {
        first.advance(31);
        second.restore(first.state());
        second.advance(60);
        assertThat(second.state().theta()).isEqualTo(composed.theta());
        assertThat(second.state().passages()).isEqualTo(composed.passages());
      }
    }
  }

  private static RegressionPlan regression(int dimension, int batch, int first, int replicas) {
    double[] x = Vectors.normals(3, SAMPLES * dimension);
    double[] y = Vectors.normals(4, SAMPLES);
    LinearRegression data = new LinearRegression(dimension, x, y);
    double level = data.value(new double[dimension]);
    return RegressionPlan.of(data)
        .learningRate(0.05)
        .batch(batch)
        .start(new double[dimension])
        .detecting(1.05 * level, 1.3 * level)
        .seed(9)
        .firstReplica(first)
        .replicas(replicas)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"1,1,5", "4,1,8", "3,6,19", "17,3,1"})
  void aRegressionKernelGoesTheWayOfTheLandscape(int dimension, int batch, int replicas) {
    RegressionPlan plan = regression(dimension, batch, 1, replicas);
    try (Engine engine = open(2)) {
      Optional<ReplicaProgram> fused = FusedProgram.of(engine, plan);
      assertThat(fused).isPresent();
      ReplicaState kernel = run(fused.get(), 300, 300);
      ReplicaState formula = run(new LandscapeProgram(plan.landscape(), 1), 300, 300);
      assertThat(kernel.passages()).isEqualTo(formula.passages());
      for (int i = 0; i < kernel.theta().length; i++) {
        assertThat(kernel.theta()[i]).isCloseTo(formula.theta()[i], within(1e-11));
      }
      for (int r = 0; r < replicas; r++) {
        assertThat(kernel.values()[r]).isCloseTo(formula.values()[r], within(1e-11));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void regressionsDependNeitherOnThreadsNorOnGroupingNorOnStops(int batch) {
    RegressionPlan plan = regression(4, batch, 0, 37);
    ReplicaState whole;
    try (Engine engine = open(1)) {
      whole = run(plan.program(engine, 1), 400, 400);
      assertThat(Arrays.stream(whole.passages()).max().getAsLong()).isPositive();
      assertThat(whole.passages()).contains(ReplicaState.NONE);
    }
    try (Engine engine = open(3);
        ReplicaProgram first = plan.program(engine, 1);
        ReplicaProgram second = plan.program(engine, 1)) {
      first.advance(151);
      second.restore(first.state());
      second.advance(400);
      assertThat(second.state().theta()).isEqualTo(whole.theta());
      assertThat(second.state().passages()).isEqualTo(whole.passages());
      assertThat(second.state().values()).isEqualTo(whole.values());
      ReplicaState part = run(regression(4, batch, 30, 5).program(engine, 1), 400, 99);
      assertThat(part.theta()).isEqualTo(Vectors.part(whole.theta(), 30 * 4, 5 * 4));
    }
  }

  @Test
  void aStartOfAnotherSizeIsRefused() {
    Network network = ModelZoo.build("mlp:10", new int[] {5, 1, 1}, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NetworkPlan.of(network, Losses.parse("mse"))
                    .learningRate(0.1)
                    .batch(4)
                    .sampling(Sampling.WITH_REPLACEMENT)
                    .start(new double[3])
                    .seed(1)
                    .replicas(2)
                    .build())
        .withMessageContaining("the start has 3 numbers; the network has 71 parameters");
  }
}
