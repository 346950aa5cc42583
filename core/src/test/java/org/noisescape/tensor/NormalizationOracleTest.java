package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle of normalisation against central differences and its own adjointness. */
class NormalizationOracleTest {
  private static final int ROWS = 7;
  private static final double EPSILON = 1e-2;

  /** Error of a central difference: third derivatives h² plus rounding ε/h, with margin. */
  private static final double STEP = 1e-5;

  private static final double BOUND = 1e-8;

  private final double[] x = Workbench.normals(1, ROWS);
  private final double[] xDot = Workbench.normals(2, ROWS + 1);
  private final double[] yBar = Workbench.normals(3, ROWS + 2);
  private final double[] yBarDot = Workbench.normals(4, ROWS + 3);

  private static Dual[] duals(double[] values, double[] dots, double step) {
    Dual[] duals = new Dual[ROWS];
    for (int m = 0; m < ROWS; m++) {
      duals[m] = Dual.of(values[m] + step * dots[m], dots[m]);
    }
    return duals;
  }

  private NormalizationOracle oracle(boolean coupled, double step) {
    Dual[] moved = duals(x, xDot, step);
    double[] values = new double[ROWS];
    for (int m = 0; m < ROWS; m++) {
      values[m] = moved[m].value();
    }
    double[] moments = coupled ? NormalizationOracle.moments(values) : new double[] {0.25, 1.5};
    Dual[] gamma = filled(Dual.of(1.25 + step * -0.5, -0.5));
    return new NormalizationOracle(moved, moments[0], moments[1], EPSILON, gamma, coupled);
  }

  private static Dual[] beta(double step) {
    return filled(Dual.of(-0.75 + step * 0.3, 0.3));
  }

  private static Dual[] filled(Dual value) {
    Dual[] all = new Dual[ROWS];
    Arrays.fill(all, value);
    return all;
  }

  private static void derivative(Dual[] before, Dual[] at, Dual[] after) {
    for (int m = 0; m < at.length; m++) {
      double difference = (after[m].value() - before[m].value()) / (2 * STEP);
      assertThat(at[m].dot()).isCloseTo(difference, within(BOUND));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tangentsAreCentralDifferencesOfTheForwardPass(boolean coupled) {
    derivative(
        oracle(coupled, -STEP).forward(beta(-STEP)),
        oracle(coupled, 0).forward(beta(0)),
        oracle(coupled, STEP).forward(beta(STEP)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tangentsOfTheBackwardPassAreItsCentralDifferences(boolean coupled) {
    Dual[][] bars = {
      duals(yBar, yBarDot, -STEP), duals(yBar, yBarDot, 0), duals(yBar, yBarDot, STEP)
    };
    NormalizationOracle[] oracles = {
      oracle(coupled, -STEP), oracle(coupled, 0), oracle(coupled, STEP)
    };
    derivative(
        oracles[0].backward(bars[0]), oracles[1].backward(bars[1]), oracles[2].backward(bars[2]));
    Dual[][] gammas = new Dual[3][];
    for (int i = 0; i < 3; i++) {
      gammas[i] = new Dual[] {oracles[i].gammaBar(bars[i], 0, ROWS)};
    }
    derivative(gammas[0], gammas[1], gammas[2]);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBackwardPassIsTheAdjointOfTheTangent(boolean coupled) {
    Dual[] bars = duals(yBar, yBarDot, 0);
    NormalizationOracle oracle = oracle(coupled, 0);
    Dual[] y = oracle.forward(beta(0));
    Dual[] xBar = oracle.backward(bars);
    double left = 0;
    double right = oracle.gammaBar(bars, 0, ROWS).value() * -0.5;
    right += NormalizationOracle.betaBar(bars, 0, ROWS).value() * 0.3;
    for (int m = 0; m < ROWS; m++) {
      left += yBar[m] * y[m].dot();
      right += xBar[m].value() * xDot[m];
    }
    assertThat(right).isCloseTo(left, within(1e-13));
  }
}
