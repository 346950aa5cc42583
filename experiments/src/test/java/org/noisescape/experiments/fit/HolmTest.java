package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class HolmTest {
  @Test
  void pValuesAreMultipliedByTheNumberOfThoseLeftAndStayInOrder() {
    // 4 · .005, 3 · .01, 2 · .03, and .04 raised to the one before
    assertThat(Holm.adjusted(0.01, 0.04, 0.03, 0.005))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(Holm.adjusted(0.5, 0.6)).containsExactly(1, 1);
    assertThat(Holm.adjusted(0.02)).containsExactly(0.02);
    assertThat(Holm.adjusted()).isEmpty();
  }

  @Test
  void aTestThatCouldNotBeMadeStillCounts() {
    double[] adjusted = Holm.adjusted(Double.NaN, 0.01, 0.2);
    assertThat(adjusted[0]).isNaN();
    assertThat(adjusted[1]).isCloseTo(0.03, within(1e-15));
    assertThat(adjusted[2]).isCloseTo(0.4, within(1e-15));
  }

  /** Four true hypotheses: the chance of any adjusted p ≤ .05 is 1 − (1 − .05/4)⁴. */
  @Test
  void anyFalseRejectionIsRarerThanTheLevel() {
    int trials = 4000;
    int rejected = 0;
    for (int k = 0; k < trials; k++) {
      RandomStream random = RandomKey.of(6, Purpose.BOOTSTRAP, 0).stream(k);
      boolean any = false;
      double[] p = new double[4];
      for (int i = 0; i < p.length; i++) {
        p[i] = random.nextDouble();
      }
      for (double adjusted : Holm.adjusted(p)) {
        any |= adjusted <= 0.05;
      }
      rejected += any ? 1 : 0;
    }
    double expected = 1 - Math.pow(1 - 0.05 / 4, 4);
    assertThat((double) rejected / trials)
        .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / trials)));
  }
}
