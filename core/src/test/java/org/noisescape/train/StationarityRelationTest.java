package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The relation itself, on L = ½hθ² with gradients hθ + ξ, Var ξ = C: exact second moments, found by
 * iterating their recursion.
 */
class StationarityRelationTest {
  private static final double NOISE = 0.7;

  @ParameterizedTest
  @CsvSource({
    "0.1, 0, 1",
    "1.9, 0, 1",
    "0.3, 0, 2.3",
    "0.1, 0.9, 1",
    "3.5, 0.9, 1",
    "1, 0.5, 2.7",
    "0.01, 0.99, 0.1"
  })
  void bothSidesAgreeAtEveryLearningRate(double rate, double momentum, double curvature) {
    // E θ², E θm, E m², with θ before the update and m of the update before
    double tt = 0;
    double tm = 0;
    double mm = 0;
    double change = 1;
    for (int i = 0; i < 10_000_000 && change > 1e-17; i++) {
      // m' = μm + hθ + ξ, θ' = θ − ηm'
      double mmNext =
          momentum * momentum * mm
              + 2 * momentum * curvature * tm
              + curvature * curvature * tt
              + NOISE;
      double tmNow = momentum * tm + curvature * tt;
      double ttNext = tt - 2 * rate * tmNow + rate * rate * mmNext;
      change = Math.abs(ttNext - tt) + Math.abs(mmNext - mm);
      tm = tmNow - rate * mmNext;
      mm = mmNext;
      tt = ttNext;
    }
    double left = curvature * tt;
    double right = rate * (1 + momentum) / 2 * mm;
    assertThat(right).isCloseTo(left, within(1e-11 * left));
    // Liu, Ziyin and Ueda (2021), Eq. 16 in one dimension
    double variance =
        rate * NOISE / ((1 - momentum) * curvature * (2 - rate * curvature / (1 + momentum)));
    assertThat(tt).isCloseTo(variance, within(1e-11 * variance));
  }
}
