package org.noisescape.optim;

import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/**
 * Rules without noise on L = ½ Σ h_i θ_i², where each coordinate is a linear recursion of its own.
 */
@Tag(TestedEngines.TAG)
class DeterministicRulesTest {
  private static final double RATE = 0.1;
  private static final int STEPS = 40;
  private static final double[] CURVATURE = {0, 0.3, 1, 4, 9, 13};

  /** θ after k + 1 steps from θ, the one before, the gradient and the gradient before. */
  private interface Recursion {
    double next(double theta, double before, double gradient, double gradientBefore);
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void descentContractsByOneMinusEtaHAStep(EngineUnderTest on) {
    double[] start = normals(1, CURVATURE.length);
    double[] expected = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      expected[i] = start[i] * Math.pow(1 - RATE * CURVATURE[i], STEPS);
    }
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      close("θ", run(on, "sgd", dtype, start), expected, bound(dtype, start));
    }
  }

  /** θ_{k+1} = θ_k − ηg_k + μ(θ_k − θ_{k−1}). */
  @ParameterizedTest
  @MethodSource("engines")
  void heavyBallIsASecondOrderRecursion(EngineUnderTest on) {
    double mu = 0.7;
    check(on, "momentum:0.7", (t, b, g, gb) -> t - RATE * g + mu * (t - b), 1);
  }

  /** θ_{k+1} = θ_k + μ(θ_k − θ_{k−1}) − η(1 + μ)g_k + ημg_{k−1}, the first step η(1 + μ)g. */
  @ParameterizedTest
  @MethodSource("engines")
  void nesterovLooksAhead(EngineUnderTest on) {
    double mu = 0.7;
    check(
        on,
        "nesterov:0.7",
        (t, b, g, gb) -> t + mu * (t - b) - RATE * (1 + mu) * g + RATE * mu * gb,
        1 + mu);
  }

  /** θ_{k+1} = θ_k + μ(θ_k − θ_{k−1}) − η(1 − νμ)g_k + ημ(1 − ν)g_{k−1}. */
  @ParameterizedTest
  @MethodSource("engines")
  void quasiHyperbolicMomentumMixesGradientAndAverage(EngineUnderTest on) {
    double mu = 0.7;
    double nu = 0.4;
    check(
        on,
        "qhm:0.7,0.4",
        (t, b, g, gb) -> t + mu * (t - b) - RATE * (1 - nu * mu) * g + RATE * mu * (1 - nu) * gb,
        1 - nu * mu);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void quasiHyperbolicMomentumAtNuZeroIsDescent(EngineUnderTest on) {
    double[] start = normals(1, CURVATURE.length);
    double[] descent = run(on, "sgd", DType.FLOAT64, start);
    double bound = bound(DType.FLOAT64, start);
    close("θ", run(on, "qhm:0.9,0", DType.FLOAT64, start), descent, bound);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void quasiHyperbolicMomentumAtNuOneIsHeavyBallDampenedByMu(EngineUnderTest on) {
    double mu = 0.7;
    check(on, "qhm:0.7,1", (t, b, g, gb) -> t - RATE * (1 - mu) * g + mu * (t - b), 1 - mu);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void momentumOfZeroIsDescent(EngineUnderTest on) {
    double[] start = normals(1, CURVATURE.length);
    double[] descent = run(on, "sgd", DType.FLOAT64, start);
    double bound = bound(DType.FLOAT64, start);
    for (String rule : new String[] {"momentum:0", "nesterov:0", "qhm:0,1"}) {
      close(rule, run(on, rule, DType.FLOAT64, start), descent, bound);
    }
  }

  /** Checks a rule against its recursion, whose first step is −η·first·g. */
  private static void check(EngineUnderTest on, String rule, Recursion recursion, double first) {
    double[] start = normals(1, CURVATURE.length);
    double[] expected = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      double h = CURVATURE[i];
      double before = start[i];
      double theta = start[i] * (1 - RATE * first * h);
      for (int k = 1; k < STEPS; k++) {
        double next = recursion.next(theta, before, h * theta, h * before);
        before = theta;
        theta = next;
      }
      expected[i] = theta;
    }
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      close(rule, run(on, rule, dtype, start), expected, bound(dtype, start));
    }
  }

  /** Final θ of two replicas with the same start, which must agree. */
  private static double[] run(EngineUnderTest on, String rule, DType dtype, double[] start) {
    int size = start.length;
    double[] twice = Arrays.copyOf(start, 2 * size);
    System.arraycopy(start, 0, twice, size, size);
    try (RuleRun run = new RuleRun(on, rule, dtype, 1, 0, 2, twice)) {
      for (int k = 0; k < STEPS; k++) {
        run.step(
            RATE,
            theta -> {
              double[] gradient = new double[theta.length];
              Arrays.setAll(gradient, i -> CURVATURE[i % size] * theta[i]);
              return gradient;
            });
      }
      double[] end = run.theta();
      close("replica 1", Arrays.copyOfRange(end, size, 2 * size), Arrays.copyOf(end, size), 0);
      return Arrays.copyOf(end, size);
    }
  }

  /**
   * Rounding of a few operations a step; the recursions are stable, but may turn 1/(1 − μ) times.
   */
  private static double bound(DType dtype, double[] start) {
    return 4 * STEPS * Vectors.epsilon(dtype) * norm(start);
  }
}
