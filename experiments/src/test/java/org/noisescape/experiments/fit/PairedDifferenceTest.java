package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.stat.inference.TTest;
import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class PairedDifferenceTest {
  @Test
  void tenDifferencesByHand() {
    double[] a = {2, 4, 6, 8, 10, 12, 14, 16, 18, 20};
    double[] b = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    PairedDifference d = PairedDifference.of(a, b);

    // 1, …, 10: mean 5.5, variance 110/12, and 2.262157 from a table of Student's t with 9 degrees
    double error = Math.sqrt(110.0 / 12 / 10);
    assertThat(d.n()).isEqualTo(10);
    assertThat(d.mean()).isEqualTo(5.5);
    assertThat(d.standardError()).isCloseTo(error, within(1e-15));
    assertThat(d.lower()).isCloseTo(5.5 - 2.262157 * error, within(1e-6));
    assertThat(d.upper()).isCloseTo(5.5 + 2.262157 * error, within(1e-6));
    assertThat(d.pValue()).isCloseTo(new TTest().pairedTTest(a, b), within(1e-15));
  }

  /** With two degrees of freedom P(|T| > t) = 1 − t/√(2 + t²), with one 1 − (2/π) arctan t. */
  @Test
  void fewDifferencesHaveTheProbabilitiesOfClosedForms() {
    PairedDifference three = PairedDifference.of(-0.01, -0.02, -0.06);
    double t = 0.03 / three.standardError();
    assertThat(three.pValue()).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-12));
    assertThat(three.mean() - three.lower())
        .isCloseTo(4.302653 * three.standardError(), within(1e-7));

    PairedDifference two = PairedDifference.of(1, 4);
    // mean 2.5, standard error 1.5
    assertThat(two.pValue()).isCloseTo(1 - 2 / Math.PI * Math.atan(2.5 / 1.5), within(1e-12));
  }

  @Test
  void theIntervalExcludesZeroExactlyWherePisBelowItsComplement() {
    double[] base = {0.3, -0.2, 0.5, 0.1, 0.05};
    for (double shift = -1; shift <= 1; shift += 0.01) {
      double[] moved = base.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += shift;
      }
      PairedDifference d = PairedDifference.of(moved);
      boolean excluded = d.lower() > 0 || d.upper() < 0;
      assertThat(excluded).isEqualTo(d.pValue() < 1 - PairedDifference.CONFIDENCE);
    }
  }

  @Test
  void theIntervalCoversTheTruthAsOftenAsItSays() {
    int trials = 4000;
    int covered = 0;
    for (int k = 0; k < trials; k++) {
      RandomStream random = RandomKey.of(5, Purpose.BOOTSTRAP, 0).stream(k);
      double[] differences = new double[4];
      for (int i = 0; i < differences.length; i++) {
        differences[i] = 0.7 + 3 * random.nextGaussian();
      }
      PairedDifference d = PairedDifference.of(differences);
      covered += d.lower() <= 0.7 && 0.7 <= d.upper() ? 1 : 0;
    }
    // four standard errors of a share of 0.95
    assertThat((double) covered / trials)
        .isCloseTo(0.95, within(4 * Math.sqrt(0.95 * 0.05 / trials)));
  }

  @Test
  void differencesWithoutSpreadHaveNoError() {
    for (double[] values : new double[][] {{}, {0.4}, {0.25, 0.25, 0.25}}) {
      PairedDifference d = PairedDifference.of(values);
      assertThat(d.n()).isEqualTo(values.length);
      assertThat(d.standardError()).isNaN();
      assertThat(d.pValue()).isNaN();
      assertThat(d.lower()).isNaN();
      assertThat(d.upper()).isNaN();
    }
    assertThat(PairedDifference.of(0.4).mean()).isEqualTo(0.4);
  }

  @Test
  void infiniteDifferencesHaveNoError() {
    PairedDifference d = PairedDifference.of(Double.NEGATIVE_INFINITY, 1, 2);
    assertThat(d.standardError()).isNaN();
    assertThat(d.pValue()).isNaN();
  }

  @Test
  void pairsNeedPartners() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairedDifference.of(new double[2], new double[3]))
        .withMessageContaining("got 2 and 3");
  }
}
