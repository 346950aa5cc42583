package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.UpdateRule;
import org.noisescape.optim.VectorRule;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DirectionPass;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.TestedEngines;

/** What a user adds goes the way of what is built in, on every engine. */
@Tag(TestedEngines.TAG)
class OpennessTest {
  private static final int SAMPLES = 4;
  private static final double ROUNDING = 1e-13;

  /** Uniform on (−1/√fan_in, 1/√fan_in). */
  private static final Initialization UNIFORM =
      (spec, random) -> (2 * random.nextDouble() - 1) / Math.sqrt(spec.fanIn());

  private static final Network NETWORK =
      new Network(
          "example", Sequential.of(new Projection(4), new Softsign(), new Dense(2)), new int[] {5});

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @Test
  void anInitializationFillsWeightsFromTheStreamOfTheirTensor() {
    double[] theta = NETWORK.initialParameters(UNIFORM, 3, 1);
    RandomKey key = RandomKey.of(3, Purpose.INITIALIZATION, 1);
    RandomStream projection = key.stream(0);
    RandomStream dense = key.stream(1);
    for (int i = 0; i < 20; i++) {
      assertThat(theta[i]).isEqualTo((2 * projection.nextDouble() - 1) / Math.sqrt(5));
    }
    for (int i = 20; i < 28; i++) {
      assertThat(theta[i]).isEqualTo((2 * dense.nextDouble() - 1) / 2);
    }
    assertThat(theta).hasSize(30).endsWith(0, 0);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aLossHasItsGradientAndCurvature(EngineUnderTest on) {
    double[] theta = NETWORK.initialParameters(UNIFORM, 3, 0);
    double[] v = normals(8, theta.length);
    double[] plain = gradient(on.engine(), new MeanSquare(), theta);
    double[] weighted = gradient(on.engine(), new WeightedSquares(3), theta);
    close("gradient", weighted, axpy(2, plain, plain), ROUNDING * norm(weighted));
    double[] h = hessian(on.engine(), new MeanSquare(), theta, v);
    double[] weightedH = hessian(on.engine(), new WeightedSquares(3), theta, v);
    close("H v", weightedH, axpy(2, h, h), ROUNDING * norm(weightedH));
  }

  /** So many parameters that per-sample gradients are formed one at a time. */
  @ParameterizedTest
  @MethodSource("engines")
  void normsOfAWideLayerAreThoseOfSingleSamples(EngineUnderTest on) {
    Network wide =
        new Network("wide", Sequential.of(new Projection(600), new Dense(1)), new int[] {500});
    double[] theta = wide.initialParameters(UNIFORM, 3, 0);
    double[] x = normals(1, 3 * 500);
    double[] targets = normals(2, 3);
    try (LossPass pass =
            new LossPass(on.engine(), wide, new MeanSquare(), DType.FLOAT64, 1, 3)
                .samples(x, targets)
                .parameters(theta);
        LossPass one = new LossPass(on.engine(), wide, new MeanSquare(), DType.FLOAT64, 1, 1)) {
      double[] norms = pass.gradientAndNorms().norms();
      for (int n = 0; n < 3; n++) {
        one.samples(Arrays.copyOfRange(x, 500 * n, 500 * n + 500), new double[] {targets[n]});
        double squared = Math.pow(norm(one.parameters(theta).gradient()), 2);
        close("norm " + n, norms[n], squared, 1e-11 * squared);
      }
    }
  }

  /** Step by step against scalars, the noise being that of the rule's own purpose. */
  @ParameterizedTest
  @MethodSource("engines")
  void anUpdateRuleHasStateNoiseAndArithmeticOfItsOwn(EngineUnderTest on) {
    int size = 7;
    Engine engine = on.engine();
    try (Arena arena = engine.arena()) {
      Tensor theta = arena.reserve(DType.FLOAT64, 1, size);
      Tensor direction = arena.reserve(DType.FLOAT64, 1, size);
      Tensor step = arena.reserve(DType.INT32, 2);
      RuleMemory memory = new RuleMemory(theta, direction, step, 11, 2);
      Runnable rule = new NoisyRmsProp(0.9, 1e-3, 0.5).bind(memory);
      arena.commit();
      double[] v = new double[size];
      for (int k = 0; k < 3; k++) {
        double[] gradient = normals(20 + k, size);
        engine.memory().write(direction, gradient);
        rule.run();
        engine.random().advance(step);
        double[] found = engine.memory().readDoubles(direction);
        double[] noise = noise(engine, k, size);
        for (int i = 0; i < size; i++) {
          v[i] = 0.9 * v[i] + 0.1 * gradient[i] * gradient[i];
          double expected = gradient[i] / (Math.sqrt(v[i]) + 1e-3) - 0.5 * noise[i];
          close("u " + i + " of step " + k, found[i], expected, ROUNDING * (1 + 10));
        }
      }
    }
  }

  @Test
  void anUpdateRuleForNetworksOnlySaysSoWhereVectorsAreAskedFor() {
    UpdateRule rule = new NoisyRmsProp(0.9, 1e-3, 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorRule.chain(List.of(rule)))
        .withMessageStartingWith("the update rule NoisyRmsProp[decay=0.9")
        .withMessageContaining("implement onVectors()");
  }

  /** ξ of replica 2 at a step, by the engine's own fill with the purpose's key. */
  private static double[] noise(Engine engine, int step, int size) {
    try (Arena arena = engine.arena()) {
      Tensor x = arena.reserve(DType.FLOAT64, 1, size);
      Tensor one = arena.reserve(DType.FLOAT64, 1);
      Tensor keys = arena.reserve(DType.INT32, 1, 2);
      Tensor at = arena.reserve(DType.INT32, 2);
      arena.commit();
      engine.memory().write(one, 1.0);
      engine.memory().write(keys, RuleMemory.keyWords(11, NoisyRmsProp.NOISE, 2, 1));
      engine.memory().write(at, step, 0);
      engine.random().addNormal(x, one, keys, at);
      return engine.memory().readDoubles(x);
    }
  }

  private static double[] gradient(Engine engine, Loss loss, double[] theta) {
    try (LossPass pass = new LossPass(engine, NETWORK, loss, DType.FLOAT64, 1, SAMPLES)) {
      return pass.samples(normals(1, SAMPLES * 5), normals(2, SAMPLES * 2))
          .parameters(theta)
          .gradient();
    }
  }

  private static double[] hessian(Engine engine, Loss loss, double[] theta, double[] v) {
    try (DirectionPass pass =
        new DirectionPass(engine, NETWORK, loss, DType.FLOAT64, 1, 1, SAMPLES, Kind.NONE)) {
      return pass.at(theta, normals(1, SAMPLES * 5), normals(2, SAMPLES * 2)).hessian(v);
    }
  }
}
