package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.dynamics.statistics.MeanPassageTime.Method;

class MeanPassageTimeTest {
  private static final double NOT = Double.NaN;

  private static MeanPassageTime of(double limit, double... times) {
    return MeanPassageTime.of(CensoredTimes.until(times, limit), 0.95, Draws.BOOTSTRAP);
  }

  @Test
  void withoutCensoringItIsTheSampleMean() {
    MeanPassageTime mean = of(100, 1, 2, 3, 6);

    assertThat(mean.value()).isEqualTo(3);
    // s² = (4 + 1 + 0 + 9)/3
    assertThat(mean.standardError()).isCloseTo(Math.sqrt(14 / 3.0 / 4), within(1e-15));
    assertThat(mean.method()).isEqualTo(Method.SAMPLE_MEAN);
    // t of 3 degrees of freedom: 3.1824
    double reach = Math.exp(3.182446 * mean.standardError() / 3);
    assertThat(mean.lower()).isCloseTo(3 / reach, within(1e-5));
    assertThat(mean.upper()).isCloseTo(3 * reach, within(1e-4));
    assertThat(mean.reliable()).isTrue();
  }

  @Test
  void censoredTimesCountAsAreaAndTail() {
    // fewer than ten passages: the tail is that of all, 2 passages in 1 + 2 + 4 + 4
    MeanPassageTime mean = of(4, 1, 2, NOT, NOT);
    double area = 1 + 0.75 + 0.5 * 2;

    assertThat(mean.value()).isCloseTo(area + 0.5 * 11 / 2, within(1e-12));
    assertThat(mean.censored()).isEqualTo(2);
    assertThat(mean.method()).isEqualTo(Method.SURVIVAL_AND_TAIL);
    assertThat(mean.reliable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1e9, 0.905, 0.975", "16, 0.905, 0.975", "8, 0.9, 0.985"})
  void intervalCoversTheMeanOfExponentialTimes(double limit, double least, double most) {
    // limit 16 censors 20 %, limit 8 45 %; standard error of the coverage over 300 trials: 0.0126
    int trials = 300;
    int covered = 0;
    double sum = 0;
    for (int trial = 0; trial < trials; trial++) {
      MeanPassageTime mean =
          MeanPassageTime.of(Draws.exponential(40, 10, limit, trial), 0.95, Draws.BOOTSTRAP);
      covered += mean.lower() <= 10 && 10 <= mean.upper() ? 1 : 0;
      sum += mean.value();
    }

    assertThat(covered / (double) trials).isBetween(least, most);
    // unbiased to the standard error of 300 means, about 10/√(40·0.55·300) = 0.12, and the tail's
    // 1/d
    assertThat(sum / trials).isCloseTo(10, within(0.6));
  }

  @Test
  void ignoringCensoredRunsWouldBeWrong() {
    CensoredTimes passages = Draws.exponential(2000, 10, 10, 5);
    MeanPassageTime mean = MeanPassageTime.of(passages, 0.95, Draws.BOOTSTRAP);

    // the mean of those that passed is 10 (1 − 2/e)/(1 − 1/e) = 4.18
    assertThat(mean.value()).isCloseTo(10, within(3 * mean.standardError()));
    assertThat(mean.standardError()).isLessThan(0.4);
    assertThat(mean.reliable()).isTrue();
  }

  @Test
  void nobodyPassedIsALowerBound() {
    MeanPassageTime mean = of(7, NOT, NOT);

    assertThat(mean.value()).isNaN();
    assertThat(mean.standardError()).isNaN();
    assertThat(mean.lower()).isEqualTo(7);
    assertThat(mean.upper()).isInfinite();
    assertThat(mean.censored()).isEqualTo(2);
    assertThat(mean.method()).isEqualTo(Method.LOWER_BOUND);
    assertThat(mean.reliable()).isFalse();
  }

  @Test
  void mostlyCensoredIsNotReliable() {
    MeanPassageTime mean =
        MeanPassageTime.of(Draws.exponential(100, 10, 3, 1), 0.95, Draws.BOOTSTRAP);

    assertThat(mean.censored()).isGreaterThan(50);
    assertThat(mean.value()).isPositive();
    assertThat(mean.reliable()).isFalse();
  }

  @Test
  void oneReplicaAndAllAtOnceAreDefined() {
    MeanPassageTime one = of(9, 4);
    assertThat(one.value()).isEqualTo(4);
    assertThat(one.standardError()).isNaN();
    assertThat(one.lower()).isZero();
    assertThat(one.upper()).isInfinite();
    assertThat(one.reliable()).isFalse();

    MeanPassageTime atOnce = of(9, 0, 0, 0);
    assertThat(atOnce.value()).isZero();
    assertThat(atOnce.standardError()).isZero();
    assertThat(atOnce.upper()).isZero();
    assertThat(atOnce.reliable()).isTrue();

    MeanPassageTime ties = of(9, 2, 2, 2);
    assertThat(ties.lower()).isEqualTo(2);
    assertThat(ties.upper()).isEqualTo(2);

    MeanPassageTime lastPasses =
        MeanPassageTime.of(
            new CensoredTimes(new double[] {1, 5}, new boolean[] {false, true}),
            0.95,
            Draws.BOOTSTRAP);
    assertThat(lastPasses.value()).isEqualTo(5); // S falls to 0 at 5: no tail
  }

  @Test
  void theSameKeyGivesTheSameError() {
    CensoredTimes passages = Draws.exponential(40, 10, 12, 1);

    assertThat(MeanPassageTime.of(passages, 0.95, Draws.BOOTSTRAP))
        .isEqualTo(MeanPassageTime.of(passages, 0.95, Draws.BOOTSTRAP));
  }
}
