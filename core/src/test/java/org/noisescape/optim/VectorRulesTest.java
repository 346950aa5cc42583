package org.noisescape.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.registry.Named;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** The two forms of a rule: on tensors of an engine, and on the vectors of one replica. */
@Tag(TestedEngines.TAG)
class VectorRulesTest {
  private static final int PARAMETERS = 5;
  private static final int STEPS = 7;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /**
   * Every rule that has both forms and draws nothing, with what its usage says, and some chains.
   */
  static Stream<String> deterministic() {
    return Stream.concat(
        Optimizers.all().stream().map(Named::usage).filter(VectorRulesTest::isDeterministic),
        Stream.of(
            "momentum:0.5+qhm:0.3,0.2",
            "adamw:0.8,0.9,1e-3,decay=0.1",
            "clip:value=0.3+rmsprop:0.9,1e-3+momentum:0.5",
            "lion:decay=0.2",
            "clip:0.5+weight-decay:0.1+nesterov:0.9"));
  }

  private static boolean isDeterministic(String optimizer) {
    try {
      return VectorRule.chain(Optimizers.parse(optimizer)).stream()
          .allMatch(rule -> rule.purposes().isEmpty());
    } catch (IllegalArgumentException withoutAFormOnVectors) {
      return false;
    }
  }

  @Test
  void rulesOfBothFormsAreSeenByThemselves() {
    assertThat(deterministic().map(Named::nameOf))
        .contains("momentum", "nesterov", "qhm", "adam", "adamw", "rmsprop", "lion", "clip")
        .contains("weight-decay")
        .doesNotContain("sgld", "pl-sgd", "ema", "sam");
  }

  @ParameterizedTest
  @MethodSource("deterministic")
  void bothFormsOfADeterministicRuleGoTheSameWay(String optimizer) {
    double[] start = Vectors.normals(1, PARAMETERS);
    double[] theta = start.clone();
    List<VectorRule> rules = VectorRule.chain(Optimizers.parse(optimizer));
    List<double[][]> states = new ArrayList<>();
    rules.forEach(rule -> states.add(new double[rule.states()][PARAMETERS]));
    try (RuleRun run =
        new RuleRun(
            EngineUnderTest.all().findFirst().orElseThrow(),
            optimizer,
            DType.FLOAT64,
            1,
            0,
            1,
            start)) {
      for (int k = 0; k < STEPS; k++) {
        run.step(0.3, VectorRulesTest::gradient);
        double[] u = gradient(theta);
        for (int i = 0; i < rules.size(); i++) {
          rules.get(i).apply(theta, u, states.get(i), new Quiet(k));
        }
        theta = Vectors.axpy(-0.3, u, theta);
        for (int i = 0; i < PARAMETERS; i++) {
          assertThat(run.theta()[i]).isCloseTo(theta[i], within(1e-14));
        }
      }
    }
  }

  /** A step at which nothing is drawn. */
  private record Quiet(long step) implements VectorRule.Draws {
    @Override
    public RandomStream of(Purpose purpose) {
      throw new AssertionError("drawn for " + purpose);
    }
  }

  /** θ ← θ + η√λ₁|θ| ⊙ ξ₁ + η√λ₂ ξ₂: mean and variance of each entry of u. */
  @Test
  void powerLawNoiseOnVectorsHasItsVariances() {
    VectorRule rule = new PowerLaw(0.02, 0.01).onVectors();
    double[] theta = {2, -0.5};
    int draws = 40_000;
    double[] sum = new double[2];
    double[] squares = new double[2];
    for (int r = 0; r < draws; r++) {
      int replica = r;
      double[] u = {1, -3};
      rule.apply(theta, u, new double[0][], purpose -> RandomKey.of(3, purpose, replica).stream(4));
      sum[0] += (u[0] - 1) / draws;
      sum[1] += (u[1] + 3) / draws;
      squares[0] += Math.pow(u[0] - 1, 2) / draws;
      squares[1] += Math.pow(u[1] + 3, 2) / draws;
    }
    for (int i = 0; i < 2; i++) {
      double variance = 0.02 * theta[i] * theta[i] + 0.01;
      assertThat(sum[i]).isCloseTo(0, within(4 * Math.sqrt(variance / draws)));
      assertThat(squares[i]).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / draws)));
    }
  }

  /** u ← u − √λ₁|θ| ⊙ ξ₁ − √λ₂ ξ₂, each ξ the stream of its purpose from its first number on. */
  @ParameterizedTest
  @CsvSource({
    "pl-sgd:l1=0.04;l2=0.25, 0.2, 0.5",
    "pl-sgd:l1=0.04;l2=0, 0.2, 0",
    "pl-sgd:l1=0;l2=0.25, 0, 0.5",
    "sgld:l3=0.25, 0, 0.5",
    "isotropic:trace=1, 0, 0.5"
  })
  void noiseOnVectorsIsSubtractedDrawByDraw(String optimizer, double stateDependent, double sigma) {
    VectorRule rule = VectorRule.chain(Optimizers.parse(optimizer.replace(';', ','))).get(0);
    double[] theta = {2, -0.5, 0, 1};
    double[] u = {1, -3, 2, 5};
    RandomStream xi1 = stream(Purpose.STATE_DEPENDENT_NOISE);
    RandomStream xi2 = stream(Purpose.ADDITIVE_NOISE);
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      expected[i] =
          u[i]
              - stateDependent * Math.abs(theta[i]) * xi1.nextGaussian()
              - sigma * xi2.nextGaussian();
    }
    rule.apply(theta, u, new double[0][], VectorRulesTest::stream);
    assertThat(u).containsExactly(expected, within(1e-15));
    List<Purpose> purposes = new ArrayList<>();
    if (stateDependent > 0) {
      purposes.add(Purpose.STATE_DEPENDENT_NOISE);
    }
    if (sigma > 0) {
      purposes.add(Purpose.ADDITIVE_NOISE);
    }
    assertThat(rule.purposes()).isEqualTo(purposes);
  }

  private static RandomStream stream(Purpose purpose) {
    return RandomKey.of(3, purpose, 2).stream(4);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aPreconditionerIsAMatrixProduct(EngineUnderTest on) {
    double[] matrix = Vectors.normals(2, 9);
    Preconditioned rule = new Preconditioned(matrix);
    double[] gradients = Vectors.normals(3, 6);
    Engine engine = on.engine();
    try (Arena arena = engine.arena()) {
      Tensor theta = arena.reserve(DType.FLOAT64, 2, 3);
      Tensor direction = arena.reserve(DType.FLOAT64, 2, 3);
      Tensor step = arena.reserve(DType.INT32, 2);
      RuleMemory memory = new RuleMemory(theta, direction, step, 1, 0);
      Runnable action = rule.bind(memory);
      arena.commit();
      engine.memory().write(direction, gradients);
      action.run();
      double[] found = engine.memory().readDoubles(direction);
      for (int r = 0; r < 2; r++) {
        double[] u = Vectors.part(gradients, 3 * r, 3);
        rule.onVectors().apply(new double[3], u, new double[1][3], purpose -> null);
        for (int i = 0; i < 3; i++) {
          double[] row = Vectors.part(matrix, 3 * i, 3);
          double expected = Vectors.dot(row, Vectors.part(gradients, 3 * r, 3));
          assertThat(found[3 * r + i]).isCloseTo(expected, within(1e-14));
          assertThat(u[i]).isCloseTo(expected, within(1e-14));
        }
      }
    }
  }

  @Test
  void aPreconditionerOfAnotherSizeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Preconditioned(new double[3]))
        .withMessageContaining("must be square, got 3 entries");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Preconditioned(new double[4])
                    .onVectors()
                    .apply(new double[3], new double[3], new double[1][3], purpose -> null))
        .withMessageContaining("has 4 entries, 3 parameters need 9");
  }

  @Test
  void aPreconditionerOfAnotherSizeIsRefusedWhereItIsBound() {
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      Tensor theta = arena.reserve(DType.FLOAT64, 2, 3);
      RuleMemory memory = new RuleMemory(theta, theta, arena.reserve(DType.INT32, 2), 1, 0);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Preconditioned(new double[4]).bind(memory))
          .withMessageContaining("has 4 entries, 3 parameters need 9");
    }
  }

  @Test
  void theMemoryListsTheStatesInTheOrderOfTheirRules() {
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      Tensor theta = arena.reserve(DType.FLOAT64, 2, 3);
      RuleMemory memory = new RuleMemory(theta, theta, arena.reserve(DType.INT32, 2), 1, 0);
      Tensor first = memory.state();
      Tensor second = memory.state();
      assertThat(memory.states()).containsExactly(first, second);
    }
  }

  @Test
  void aPreconditionerOfOneEntryScales() {
    double[] u = {3};
    new Preconditioned(new double[] {-2})
        .onVectors()
        .apply(new double[1], u, new double[1][1], purpose -> null);
    assertThat(u).containsExactly(-6);
  }

  @Test
  void aRuleWithoutAFormOnVectorsIsRefusedThere() {
    UpdateRule halving = memory -> () -> {};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorRule.chain(List.of(new HeavyBall(0.5), halving)))
        .withMessageContaining("has no form on vectors");
  }

  @Test
  void rulesOfOnePurposeDrawNumbersOfTheirOwnOnVectors() {
    List<String> drawn = new ArrayList<>();
    for (VectorRule rule :
        VectorRule.chain(Optimizers.parse("sgld:l3=1+isotropic:trace=1+pl-sgd:l1=1,l2=1"))) {
      rule.apply(
          new double[1],
          new double[1],
          new double[0][],
          purpose -> {
            drawn.add(purpose.toString());
            return RandomKey.of(1, purpose, 0).stream(0);
          });
    }
    assertThat(drawn)
        .containsExactly(
            "ADDITIVE_NOISE", "ADDITIVE_NOISE#1", "STATE_DEPENDENT_NOISE", "ADDITIVE_NOISE#2");
  }

  private static double[] gradient(double[] theta) {
    double[] g = new double[theta.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = (i + 1) * theta[i] + 0.1;
    }
    return g;
  }
}
