package org.noisescape.theory;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The ends of every interval: what lies in it passes, what does not is named. */
class DomainTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void endsOfTheIntervalsAreOnTheRightSide() {
    for (double value : new double[] {Double.MIN_VALUE, 1, Double.MAX_VALUE}) {
      Domain.positive("x", value);
      Domain.nonNegative("x", value);
    }
    Domain.nonNegative("x", 0);
    Domain.between("x", Math.nextUp(1.0), 1, 2);
    Domain.between("x", Math.nextDown(2.0), 1, 2);
    Domain.atLeast("x", 3, 3);
    Domain.atLeast("x", Double.MAX_VALUE, 3);
    Domain.finite("x", new double[] {-1, 0, Double.MAX_VALUE});
    Domain.length("x", 2, 2);
  }

  @Test
  void whatLiesOutsideIsNamedWithItsValue() {
    for (double value : new double[] {0, -1, INFINITY, Double.NaN}) {
      refused(() -> Domain.positive("x", value), "x must be finite and > 0, got " + value);
    }
    for (double value : new double[] {-Double.MIN_VALUE, INFINITY, Double.NaN}) {
      refused(() -> Domain.nonNegative("x", value), "x must be finite and >= 0, got " + value);
    }
    for (double value : new double[] {1, 2, Double.NaN}) {
      refused(() -> Domain.between("x", value, 1, 2), "x must lie in (1.0, 2.0), got " + value);
    }
    for (double value : new double[] {Math.nextDown(3.0), INFINITY, Double.NaN}) {
      refused(() -> Domain.atLeast("x", value, 3), "x must be finite and >= 3.0, got " + value);
    }
    refused(() -> Domain.finite("x", new double[0]), "x must not be empty");
    refused(
        () -> Domain.finite("x", new double[] {1, INFINITY}),
        "x must be finite, got Infinity at index 1");
    refused(() -> Domain.length("x", 1, 2), "x must have length 2, got 1");
    refused(() -> Domain.length("x", 3, 2), "x must have length 2, got 3");
  }

  private static void refused(Runnable check, String message) {
    assertThatIllegalArgumentException().isThrownBy(check::run).withMessage(message);
  }
}
