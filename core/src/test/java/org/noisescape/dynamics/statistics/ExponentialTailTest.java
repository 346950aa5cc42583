package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentialTailTest {
  @Test
  void rateIsPassagesOverExposure() {
    CensoredTimes passages =
        new CensoredTimes(new double[] {1, 2, 4, 4}, new boolean[] {true, true, true, false});

    ExponentialTail all = ExponentialTail.beyond(passages, 0);
    assertThat(all.rate()).isCloseTo(3 / 11.0, within(1e-15));
    assertThat(all.standardError()).isCloseTo(3 / 11.0 / Math.sqrt(3), within(1e-15));

    ExponentialTail late = ExponentialTail.beyond(passages, 1);
    assertThat(late.atRisk()).isEqualTo(3);
    assertThat(late.rate()).isCloseTo(2 / 7.0, within(1e-15));
    assertThat(late.at(1)).isEqualTo(1);
  }

  @Test
  void shapeTestIsThePolynomialOfTheWeibullLikelihood() {
    // U and V as derivatives of the profile likelihood l(b) = d log b + (b - 1) Σ log t - d log Σ
    // t^b
    double[] times = {0.3, 0.9, 1.1, 2.6, 3, 3};
    boolean[] observed = {true, true, true, true, false, false};
    double step = 1e-4;
    double low = profile(times, observed, 1 - step);
    double middle = profile(times, observed, 1);
    double high = profile(times, observed, 1 + step);
    double score = (high - low) / (2 * step);
    double information = -(high - 2 * middle + low) / (step * step);
    double p = Quantiles.chiSquareTail(score * score / information, 1);

    assertThat(ExponentialTail.beyond(new CensoredTimes(times, observed), 0).pValue())
        .isCloseTo(p, within(1e-5));
  }

  private static double profile(double[] times, boolean[] observed, double shape) {
    double events = 0;
    double logs = 0;
    double powers = 0;
    for (int i = 0; i < times.length; i++) {
      events += observed[i] ? 1 : 0;
      logs += observed[i] ? Math.log(times[i]) : 0;
      powers += Math.pow(times[i], shape);
    }
    return events * Math.log(shape) + (shape - 1) * logs - events * Math.log(powers);
  }

  @Test
  void exponentialTimesPassTheTestAsOftenAsItSaysAndTheRateIsCovered() {
    int trials = 1000;
    int rejected = 0;
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      ExponentialTail tail = ExponentialTail.beyond(Draws.exponential(60, 5, 8, trial), 0);
      rejected += tail.pValue() < 0.1 ? 1 : 0;
      covered += Math.abs(tail.rate() - 0.2) <= 1.96 * tail.standardError() ? 1 : 0;
    }

    // standard errors over 1000 trials: 0.0095 and 0.007
    assertThat(rejected / 1000.0).isBetween(0.07, 0.13);
    assertThat(covered / 1000.0).isBetween(0.925, 0.97);
  }

  @Test
  void weibullTimesAreNotExponential() {
    // shape 1/2 is a mixture of rates: no delay makes it exponential
    ExponentialTail tail = ExponentialTail.of(Draws.weibull(2000, 1, 0.5, 20, 1));

    assertThat(tail.exponential()).isFalse();
    assertThat(tail.pValue()).isLessThan(0.01);
  }

  @Test
  void aDelayIsFoundAndTheRateBeyondItIsRight() {
    double[] shifted =
        Arrays.stream(Draws.exponential(400, 10, 60, 2).times()).map(t -> t + 20).toArray();
    CensoredTimes passages = CensoredTimes.until(shifted, 1000);

    ExponentialTail tail = ExponentialTail.of(passages);

    assertThat(ExponentialTail.beyond(passages, 0).exponential()).isFalse();
    assertThat(tail.exponential()).isTrue();
    assertThat(tail.delay()).isBetween(20.0, 23.0);
    assertThat(tail.rate()).isCloseTo(0.1, within(3 * tail.standardError()));
  }

  /**
   * n times with one law up to share s of them and an exponential one beyond: the delay is the
   * first of 0, 5, 10, 20, 30, 50 % that is no less than s.
   */
  @ParameterizedTest
  @CsvSource({"0.04, 50", "0.09, 100", "0.19, 200", "0.29, 300", "0.45, 500"})
  void delayIsTheFirstQuantileOfTheRuleBeyondWhichTheLawIsExponential(double early, int index) {
    double[] times = earlyThenExponential(1000, early);

    ExponentialTail tail = ExponentialTail.of(CensoredTimes.until(times, 1e6));

    assertThat(tail.delay()).isEqualTo(times[index - 1]);
    assertThat(tail.events()).isEqualTo(1000 - index);
    assertThat(tail.exponential()).isTrue();
  }

  @Test
  void halfOfThePassagesIsTheLongestDelay() {
    double[] times = earlyThenExponential(1000, 0.55);

    ExponentialTail tail = ExponentialTail.of(CensoredTimes.until(times, 1e6));

    assertThat(tail.delay()).isEqualTo(times[499]);
    assertThat(tail.exponential()).isFalse();
  }

  @Test
  void noDelayLeavesFewerThanTenPassages() {
    // beyond each of them all others lie within a factor of two
    double[] times = IntStream.range(0, 18).mapToDouble(i -> 1000 - Math.pow(2, -i)).toArray();

    // 50 % would leave 9, 30 % leave 12
    ExponentialTail tail = ExponentialTail.of(CensoredTimes.until(times, 1e6));

    assertThat(tail.delay()).isEqualTo(times[5]);
    assertThat(tail.events()).isEqualTo(12);
    assertThat(tail.exponential()).isFalse();
  }

  /** Ascending: a share of them uniform in [0, 100), the rest exponential of mean 1 beyond. */
  private static double[] earlyThenExponential(int n, double share) {
    double[] times = new double[n];
    int early = (int) Math.round(share * n);
    for (int i = 0; i < n; i++) {
      times[i] =
          i < early ? 100.0 * i / early : 100 - Math.log(1 - (i - early + 0.5) / (n - early));
    }
    return times;
  }

  @Test
  void fewPassagesAreNotCalledExponential() {
    ExponentialTail few = ExponentialTail.of(Draws.exponential(9, 1, 100, 1));
    assertThat(few.delay()).isZero();
    assertThat(few.exponential()).isFalse();

    ExponentialTail none = ExponentialTail.of(CensoredTimes.until(new double[] {Double.NaN}, 3));
    assertThat(none.rate()).isZero();
    assertThat(none.standardError()).isNaN();
    assertThat(none.pValue()).isNaN();

    ExponentialTail atOnce = ExponentialTail.of(CensoredTimes.until(new double[12], 3));
    assertThat(atOnce.rate()).isInfinite();
    assertThat(atOnce.exponential()).isFalse();
    assertThat(ExponentialTail.beyond(CensoredTimes.until(new double[12], 3), 1).rate()).isNaN();
  }
}
