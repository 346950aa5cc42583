package org.noisescape.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.normals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Philox;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Noise rules draw by draw against Philox and Box and Muller in scalar float64. */
@Tag(TestedEngines.TAG)
class NoiseRulesTest {
  private static final long SEED = 77;
  private static final int REPLICAS = 3;
  private static final int PARAMETERS = 11;

  /** Small, and beyond 32 bits. */
  private static final long[] STEPS = {0, 1, 12345, (1L << 32) + 7};

  /** u of an entry from its gradient, parameter and standard normals ξ₁ and ξ₂. */
  private interface Entry {
    double update(double gradient, double theta, double stateNoise, double additiveNoise);
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** Meng et al. Eq. 13: θ ← θ − ηg + η|θ| ⊙ √λ₁ ξ₁ + η√λ₂ ξ₂. */
  @ParameterizedTest
  @MethodSource("engines")
  void powerLawNoiseIsMengsEquation13(EngineUnderTest on) {
    check(
        on,
        "pl-sgd:l1=0.02,l2=1e-4",
        (g, theta, xi1, xi2) -> g - Math.sqrt(0.02) * Math.abs(theta) * xi1 - 0.01 * xi2);
    check(on, "pl-sgd:l1=0.02,l2=0", (g, t, xi1, xi2) -> g - Math.sqrt(0.02) * Math.abs(t) * xi1);
    check(on, "pl-sgd:l1=0,l2=1e-4", (g, theta, xi1, xi2) -> g - 0.01 * xi2);
  }

  /** Meng et al. Eq. 14: θ ← θ − ηg + η√λ₃ ξ. */
  @ParameterizedTest
  @MethodSource("engines")
  void langevinNoiseIsMengsEquation14(EngineUnderTest on) {
    check(on, "sgld:l3=1e-3", (g, theta, xi1, xi2) -> g - Math.sqrt(1e-3) * xi2);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void isotropicNoiseSharesItsTraceAmongTheParameters(EngineUnderTest on) {
    check(on, "isotropic:trace=0.5", (g, theta, xi1, xi2) -> g - Math.sqrt(0.5 / PARAMETERS) * xi2);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void noiseAfterMomentumIsNotRemembered(EngineUnderTest on) {
    // the second step: m = μ g + g, and a new draw
    double[] theta = normals(3, PARAMETERS);
    double[] gradient = normals(4, PARAMETERS);
    try (RuleRun run =
        new RuleRun(on, "momentum:0.9+sgld:l3=1e-3", DType.FLOAT64, SEED, 0, 1, theta)) {
      run.step(0.1, at -> gradient);
      double[] direction = run.step(0.1, at -> gradient);
      for (int i = 0; i < PARAMETERS; i++) {
        double noise = Math.sqrt(1e-3) * normal(Purpose.ADDITIVE_NOISE, 0, 1, i);
        close("u " + i, direction[i], 1.9 * gradient[i] - noise, bound(DType.FLOAT64));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void noiseBeforeMomentumIsRemembered(EngineUnderTest on) {
    double[] theta = normals(3, PARAMETERS);
    double[] gradient = normals(4, PARAMETERS);
    try (RuleRun run =
        new RuleRun(on, "sgld:l3=1e-3+momentum:0.9", DType.FLOAT64, SEED, 0, 1, theta)) {
      run.step(0.1, at -> gradient);
      double[] direction = run.step(0.1, at -> gradient);
      for (int i = 0; i < PARAMETERS; i++) {
        double first = normal(Purpose.ADDITIVE_NOISE, 0, 0, i);
        double second = normal(Purpose.ADDITIVE_NOISE, 0, 1, i);
        double expected = 1.9 * gradient[i] - Math.sqrt(1e-3) * (0.9 * first + second);
        close("u " + i, direction[i], expected, bound(DType.FLOAT64));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theLambdasAreVariances(EngineUnderTest on) {
    int n = 20_000;
    double[] theta = new double[n];
    Arrays.fill(theta, -2);
    double[] zero = new double[n];
    double[][] samples = new double[3][];
    String[] rules = {"pl-sgd:l1=0.02,l2=0", "sgld:l3=0.003", "pl-sgd:l1=0.02,l2=0.003"};
    double[] variances = {4 * 0.02, 0.003, 4 * 0.02 + 0.003};
    for (int j = 0; j < rules.length; j++) {
      try (RuleRun run = new RuleRun(on, rules[j], DType.FLOAT32, SEED, 0, 1, theta)) {
        samples[j] = run.step(1, at -> zero);
      }
      // standard error of the variance of n normals: σ² √(2/n)
      double variance = dot(samples[j], samples[j]) / n;
      close(rules[j], variance, variances[j], 5 * variances[j] * Math.sqrt(2.0 / n));
    }
    // ξ₁ and ξ₂ are independent: standard error of their covariance σ₁σ₂/√n
    double scale = Math.sqrt(variances[0] * variances[1] / n);
    close("covariance", dot(samples[0], samples[1]) / n, 0, 5 * scale);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void stateDependentNoiseVanishesAtZero(EngineUnderTest on) {
    double[] theta = new double[PARAMETERS];
    double[] gradient = normals(4, PARAMETERS);
    try (RuleRun run = new RuleRun(on, "pl-sgd:l1=0.5,l2=0", DType.FLOAT64, SEED, 0, 1, theta)) {
      assertThat(run.step(1, at -> gradient)).isEqualTo(gradient);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void rulesOfOnePurposeDrawNumbersOfTheirOwn(EngineUnderTest on) {
    double[] theta = new double[PARAMETERS];
    double[] gradient = normals(4, PARAMETERS);
    String rule = "sgld:l3=1e-3+isotropic:trace=0.5";
    try (RuleRun run = new RuleRun(on, rule, DType.FLOAT64, SEED, 0, 1, theta)) {
      double[] direction = run.at(5).step(0.1, at -> gradient);
      double[] vector = gradient.clone();
      for (VectorRule each : VectorRule.chain(Optimizers.parse(rule))) {
        each.apply(
            theta, vector, new double[0][], purpose -> RandomKey.of(SEED, purpose, 0).stream(5));
      }
      for (int i = 0; i < PARAMETERS; i++) {
        double first = normal(Purpose.ADDITIVE_NOISE, 0, 5, i);
        double second = normal(Purpose.of("ADDITIVE_NOISE#1"), 0, 5, i);
        double expected =
            gradient[i] - Math.sqrt(1e-3) * first - Math.sqrt(0.5 / PARAMETERS) * second;
        close("u " + i, direction[i], expected, bound(DType.FLOAT64));
      }
      assertThat(vector).isNotEqualTo(gradient);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void rulesThatDrawDifferentNoiseJoin(EngineUnderTest on) {
    check(
        on,
        "pl-sgd:l1=0.02,l2=0+sgld:l3=1e-3",
        (g, theta, xi1, xi2) ->
            g - Math.sqrt(0.02) * Math.abs(theta) * xi1 - Math.sqrt(1e-3) * xi2);
  }

  /** Three replicas from replica 2 on, each with keys of its own. */
  private static void check(EngineUnderTest on, String rule, Entry entry) {
    int first = 2;
    double[] theta = normals(3, REPLICAS * PARAMETERS);
    double[] gradient = normals(4, REPLICAS * PARAMETERS);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      for (long step : STEPS) {
        try (RuleRun run = new RuleRun(on, rule, dtype, SEED, first, REPLICAS, theta)) {
          double[] direction = run.at(step).step(1, at -> gradient);
          for (int j = 0; j < direction.length; j++) {
            int replica = first + j / PARAMETERS;
            int i = j % PARAMETERS;
            double expected =
                entry.update(
                    gradient[j],
                    theta[j],
                    normal(Purpose.STATE_DEPENDENT_NOISE, replica, step, i),
                    normal(Purpose.ADDITIVE_NOISE, replica, step, i));
            close(
                "%s, %s, step %d, replica %d, entry %d".formatted(rule, dtype, step, replica, i),
                direction[j],
                expected,
                bound(dtype));
          }
        }
      }
    }
  }

  /** Rounding of a number of order one; normals to four times that, as their radius is below 5. */
  private static double bound(DType dtype) {
    return 16 * Vectors.epsilon(dtype);
  }

  /** Standard normal i of a step, as the documentation of RandomFill has it. */
  private static double normal(Purpose purpose, int replica, long step, int i) {
    int[] words = new int[4];
    Philox.words(RandomKey.of(SEED, purpose, replica).value(), i / 4, step, words);
    int pair = i % 4 / 2 * 2;
    double u = (Integer.toUnsignedLong(words[pair]) + 0.5) * 0x1p-32;
    double v = (Integer.toUnsignedLong(words[pair + 1]) + 0.5) * 0x1p-32;
    double radius = Math.sqrt(-2 * Math.log(u));
    double angle = 2 * Math.PI * v;
    return radius * (i % 2 == 0 ? Math.cos(angle) : Math.sin(angle));
  }
}
