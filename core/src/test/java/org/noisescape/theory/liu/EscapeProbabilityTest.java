package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

/** The probability of a loss above a level, against closed forms and another quadrature. */
class EscapeProbabilityTest {
  @Test
  void equalDirectionsAreExponential() {
    for (double level : new double[] {0.01, 1, 5, 30}) {
      assertThat(EscapeProbability.above(0.5, 0.5, level))
          .isCloseTo(Math.exp(-level), offset(1e-12));
    }
  }

  @Test
  void oneDirectionIsAnErrorFunction() {
    for (double level : new double[] {0.05, 1, 5, 30}) {
      assertThat(EscapeProbability.above(1, 0, level))
          .isCloseTo(Erf.erfc(Math.sqrt(level / 2)), offset(1e-12));
      assertThat(EscapeProbability.above(1, 1e-9, level))
          .isCloseTo(Erf.erfc(Math.sqrt(level / 2)), offset(1e-8));
    }
  }

  /** E over z of P(z2² ≥ (δ − e1 z²)/e2), by Simpson's rule in z = √(δ/e1) sin φ. */
  @Test
  void unequalDirectionsAreTheMeanOverTheFirst() {
    for (double[] e : new double[][] {{1, 0.3}, {0.2, 0.9}, {1, 0.02}}) {
      for (double level : new double[] {0.3, 2, 7}) {
        double edge = Math.sqrt(level / e[0]);
        int n = 4000;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
          double angle = Math.PI * (i / (double) n - 0.5);
          double z = edge * Math.sin(angle);
          double value =
              Math.exp(-z * z / 2)
                  / Math.sqrt(2 * Math.PI)
                  * edge
                  * Math.cos(angle)
                  * Erf.erfc(Math.sqrt(level / (2 * e[1])) * Math.cos(angle));
          sum += (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) * value;
        }
        double expected = Erf.erfc(edge / Math.sqrt(2)) + sum * Math.PI / (3 * n);
        assertThat(EscapeProbability.above(e[0], e[1], level)).isCloseTo(expected, offset(1e-10));
      }
    }
  }

  /** ∫ P dδ = E. */
  @Test
  void itsIntegralOverLevelsIsTheMean() {
    double sum = 0;
    for (int i = 0; i < 40_000; i++) {
      sum += 0.001 * EscapeProbability.above(0.7, 0.2, (i + 0.5) * 0.001);
    }
    assertThat(sum).isCloseTo(0.9, offset(1e-4));
  }

  @Test
  void neverExceedsMarkovsBound() {
    for (double second : new double[] {0, 0.1, 0.5, 1}) {
      for (double level = 0.1; level < 20; level *= 1.3) {
        assertThat(EscapeProbability.above(1, second, level))
            .isLessThan(EscapeProbability.bound(1 + second, level));
      }
    }
    assertThat(EscapeProbability.bound(3, 12)).isEqualTo(0.25);
    assertThat(EscapeProbability.bound(3, 2)).isEqualTo(1);
    assertThat(EscapeProbability.above(1, 1, 0)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoLoss() {
    assertThatIllegalArgumentException().isThrownBy(() -> EscapeProbability.above(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> EscapeProbability.above(1, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> EscapeProbability.above(1, 1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> EscapeProbability.bound(0, 1));
  }
}
