package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Few numbers put into the formulas, and both sides of every threshold. */
class StatisticsByHandTest {
  /** Sums of products 10, 4, −1 at lags 0, 1, 2; half of six points allow no more lags. */
  @Test
  void autocorrelationTimeOfSixPoints() {
    AutocorrelationTime time = AutocorrelationTime.of(new double[] {5, 4, 3, 2, 1, 3});
    assertThat(time.time()).isCloseTo(1.6, within(1e-14));
    assertThat(time.window()).isEqualTo(2);
    assertThat(time.standardError()).isCloseTo(1.6 * Math.sqrt(10 / 6.0), within(1e-14));
    assertThat(time.points()).isEqualTo(6);
    assertThat(time.converged()).isFalse();
    assertThat(time.effectiveSampleSize()).isCloseTo(6 / 1.6, within(1e-13));
    AutocorrelationTime twice =
        AutocorrelationTime.pooled(new double[][] {{5, 4, 3, 2, 1, 3}, {1, 2, 3, 4, 5, 3}});
    assertThat(twice.time()).isCloseTo(1.6, within(1e-14));
    assertThat(twice.standardError()).isCloseTo(1.6 * Math.sqrt(10 / 12.0), within(1e-14));
  }

  @Test
  void recordsConvergeFromFiftyTimesOn() {
    assertThat(AutocorrelationTime.of(new double[50]).converged()).isTrue();
    assertThat(AutocorrelationTime.of(new double[49]).converged()).isFalse();
    assertThat(AutocorrelationTime.of(new double[49]).standardError()).isZero();
    assertThat(new AutocorrelationTime(-1, 0, 1, 7, false).effectiveSampleSize()).isEqualTo(49);
    assertThat(new AutocorrelationTime(14, 0, 1, 7, false).effectiveSampleSize()).isEqualTo(1);
  }

  @Test
  void meansOfSeriesAndOfReplicas() {
    CorrelatedMean series = CorrelatedMean.ofSeries(new double[][] {{5, 4, 3, 2, 1, 3}});
    assertThat(series.value()).isEqualTo(3);
    assertThat(series.standardError()).isCloseTo(Math.sqrt(2 / (6 / 1.6)), within(1e-14));
    assertThat(series.effectiveSamples()).isCloseTo(6 / 1.6, within(1e-13));
    CorrelatedMean replicas = CorrelatedMean.ofReplicas(new double[][] {{1, 3}, {2, 4}, {7, 7}});
    // means 2, 3, 7
    assertThat(replicas.value()).isEqualTo(4);
    assertThat(replicas.standardError()).isCloseTo(Math.sqrt(14 / 2.0 / 3), within(1e-14));
    assertThat(replicas.effectiveSamples()).isEqualTo(3);
    assertThat(CorrelatedMean.ofReplicas(rows(12)).converged()).isTrue();
    assertThat(CorrelatedMean.ofReplicas(rows(11)).converged()).isFalse();
    assertThat(CorrelatedMean.ofReplicas(new double[][] {{1}, {3}}).standardError()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CorrelatedMean.ofSeries(new double[0][]))
        .withMessageContaining("at least one series");
  }

  /** Rows of one point each. */
  private static double[][] rows(int count) {
    double[][] rows = new double[count][];
    Arrays.setAll(rows, r -> new double[] {r});
    return rows;
  }

  @Test
  void burnInNeedsTwentyMeansAndEndsWithTheShortestReplica() {
    double[] step = new double[100];
    Arrays.fill(step, 0, 10, 1);
    assertThat(BurnIn.of(step)).isEqualTo(new BurnIn(10, 100, true));
    assertThat(BurnIn.of(Arrays.copyOf(step, 99))).isEqualTo(new BurnIn(10, 99, false));
    double[] longer = Arrays.copyOf(step, 140);
    Arrays.fill(longer, 100, 140, 7);
    assertThat(BurnIn.pooled(new double[][] {step, longer})).isEqualTo(new BurnIn(10, 100, true));
    assertThat(BurnIn.of(new double[9])).isEqualTo(new BurnIn(0, 9, false));
    assertThat(new BurnIn(3, 9, true).rest(new double[] {1, 2, 3, 4})).containsExactly(4);
    assertThat(new BurnIn(3, 9, true).rest(new double[] {1, 2})).isEmpty();
  }

  @Test
  void histogramsCountWhatIsOnAnEdgeAbove() {
    StationaryHistogram histogram =
        StationaryHistogram.linear(new double[][] {{-1, 0, 0.5, 1}, {1.5, 2, 3, 3.5}}, 0, 3, 3);
    assertThat(histogram.edges()).containsExactly(0, 1, 2, 3);
    assertThat(histogram.centres()).containsExactly(0.5, 1.5, 2.5);
    assertThat(histogram.counts()).containsExactly(2, 2, 1);
    assertThat(histogram.below()).isEqualTo(1);
    assertThat(histogram.above()).isEqualTo(2);
    assertThat(histogram.density()).containsExactly(0.25, 0.25, 0.125);
    assertThat(StationaryHistogram.linear(new double[][] {{1, 1}}, 0, 2, 1).density())
        .containsExactly(0.5);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 1, 2", "2, 1, 2", "NaN, 1, 2", "0, NaN, 2", "0, Infinity, 2"})
  void histogramsWithoutABinAreRefused(double low, double high, int bins) {
    double[][] series = {{1}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StationaryHistogram.linear(series, low, high, bins))
        .withMessageContaining("got %d bins from %s to %s".formatted(bins, low, high));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StationaryHistogram.logarithmic(series, -1, 1, 2))
        .withMessageContaining("lower edge > 0");
  }

  @Test
  void censoredTimesAreCounted() {
    CensoredTimes passages = CensoredTimes.until(new double[] {1, Double.NaN, 3, 0}, 5);
    assertThat(passages.replicas()).isEqualTo(4);
    assertThat(passages.events()).isEqualTo(3);
    assertThat(passages.censored()).isEqualTo(1);
    assertThat(passages.exposure()).isEqualTo(9);
    CensoredTimes chosen = passages.resampled(new int[] {1, 1, 2});
    assertThat(chosen.times()).containsExactly(5, 5, 3);
    assertThat(chosen.observed()).containsExactly(false, false, true);
    CensoredTimes rest = passages.after(1);
    assertThat(rest.times()).containsExactly(4, 2);
    assertThat(rest.observed()).containsExactly(false, true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CensoredTimes(new double[2], new boolean[1]))
        .withMessageContaining("got 2 times and 1 flags");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CensoredTimes.until(new double[] {Double.NaN}, Double.POSITIVE_INFINITY))
        .withMessageContaining("got Infinity");
  }

  /** S = ¾, ½, 0 with Greenwood's v = 1/12, 1/6, at half of four replicas. */
  @Test
  void limitsOfFourReplicas() {
    SurvivalCurve curve =
        SurvivalCurve.of(
            new CensoredTimes(
                new double[] {1, 2, 3, 4, 4}, new boolean[] {true, true, false, true, true}));
    assertThat(curve.survival()).containsExactly(new double[] {0.8, 0.6, 0}, within(1e-15));
    double first = 0.8 * Math.sqrt(1 / 20.0);
    double second = 0.6 * Math.sqrt(1 / 20.0 + 1 / 12.0);
    assertThat(curve.standardErrors())
        .containsExactly(new double[] {first, second, 0}, within(1e-15));
    SurvivalCurve.Limits pointwise = curve.pointwise(0.95);
    double spread = 1.959963984540054 * second / (0.6 * -Math.log(0.6));
    assertThat(pointwise.lower()[1]).isCloseTo(Math.pow(0.6, Math.exp(spread)), within(1e-12));
    assertThat(pointwise.upper()[1]).isCloseTo(Math.pow(0.6, Math.exp(-spread)), within(1e-12));
    assertThat(pointwise.lower()[2]).isZero();
    SurvivalCurve.Limits band = curve.band(0.95);
    double k = 1.3580986393 / Math.sqrt(5);
    assertThat(band.lower()).containsExactly(new double[] {0.8 - k, 0, 0}, within(1e-8));
    assertThat(band.upper()).containsExactly(new double[] {1, 1, k}, within(1e-8));
    SurvivalCurve many = SurvivalCurve.of(new CensoredTimes(spaced(400), alternate(400)));
    // half way 1/(1 + R v) of the band is S times what is at risk over R
    double wide = 1.3580986393 / 20;
    int at = 50;
    double v = Math.pow(many.standardErrors()[at] / many.survival()[at], 2);
    assertThat(many.survival()[at] - many.band(0.95).lower()[at])
        .isCloseTo(wide * (1 + 400 * v) * many.survival()[at], within(1e-8));
    assertThat(many.quantile(0)).isEqualTo(many.times()[0]);
  }

  private static double[] spaced(int n) {
    double[] times = new double[n];
    Arrays.setAll(times, i -> i + 1);
    return times;
  }

  private static boolean[] alternate(int n) {
    boolean[] observed = new boolean[n];
    for (int i = 0; i < n; i += 2) {
      observed[i] = true;
    }
    return observed;
  }

  /** In two dimensions P(L/L* − 1 &lt; q) = 1 − (1 + q)^(1−φ). */
  @Test
  void distanceOfAPowerLawIsTheLargestStepFromIt() {
    double[] q = {0.7, 0.1, 2};
    PowerLawFit fit = PowerLawFit.of(new double[][] {q}, 2);
    double largest = 0;
    double[] sorted = {0.1, 0.7, 2};
    for (int i = 0; i < 3; i++) {
      double below = 1 - Math.pow(1 + sorted[i], 1 - fit.exponent());
      largest = Math.max(largest, Math.max(below - i / 3.0, (i + 1) / 3.0 - below));
    }
    assertThat(fit.distance()).isCloseTo(largest, within(1e-12));
    assertThat(fit.points()).isEqualTo(3);
    // information 1/(φ − 1)²
    double error = (fit.exponent() - 1) / Math.sqrt(fit.effectiveSamples());
    assertThat(fit.standardError()).isCloseTo(error, within(1e-9));
  }

  /** Ten passages, and no more censored than passed. */
  @ParameterizedTest
  @CsvSource({"10, 10, true", "10, 11, false", "9, 1, false", "11, 11, true"})
  void meansAreReliableFromTenPassagesAndHalfOfTheReplicasOn(
      int events, int censored, boolean reliable) {
    double[] times = new double[events + censored];
    Arrays.setAll(times, i -> i < events ? 1 + i : Double.NaN);
    CensoredTimes passages = CensoredTimes.until(times, 20);
    assertThat(MeanPassageTime.of(passages, 0.95, Draws.BOOTSTRAP).reliable()).isEqualTo(reliable);
  }

  @Test
  void onePassageOfManyHasNoUpperLimit() {
    MeanPassageTime one =
        MeanPassageTime.of(
            CensoredTimes.until(new double[] {2, Double.NaN, Double.NaN}, 5), 0.9, Draws.BOOTSTRAP);
    assertThat(one.lower()).isZero();
    assertThat(one.upper()).isInfinite();
    // S is ⅔ from 2 to 5, and one passage in 12 beyond
    assertThat(one.value()).isCloseTo(2 + 2 + 2 / 3.0 * 12, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 95, Double.NaN})
  void confidencesAreSharesOfOne(double confidence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantiles.upperProbability(confidence))
        .withMessageContaining("got " + confidence);
  }

  @Test
  void tailsOfDistributions() {
    assertThat(Quantiles.upperProbability(0.9)).isCloseTo(0.95, within(1e-15));
    assertThat(Quantiles.chiSquareTail(0, 1)).isEqualTo(1);
    assertThat(Quantiles.chiSquareTail(-1, 1)).isEqualTo(1);
    // two degrees of freedom: e^−x/2
    assertThat(Quantiles.chiSquareTail(3, 2)).isCloseTo(Math.exp(-1.5), within(1e-14));
    assertThat(Quantiles.kolmogorovTail(0.2)).isCloseTo(1, within(1e-9));
    assertThat(Quantiles.kolmogorovTail(1))
        .isCloseTo(2 * (Math.exp(-2) - Math.exp(-8) + Math.exp(-18)), within(1e-13));
    // one degree of freedom: tan
    assertThat(Quantiles.student(0.75, 1)).isCloseTo(1, within(1e-10));
  }

  /** Summed in Python: lags 1 to 4, the window being five times the larger of tau and one. */
  @Test
  void anAutocorrelationTimeHasTheErrorOfItsWindow() {
    AutocorrelationTime found =
        AutocorrelationTime.of(
            new double[] {3, 1, 2, 0, -1, -2, -3, 0, 1, 2, 3, 1, 0, -2, -1, 0, 1, 0, -3, -2});
    assertThat(found.window()).isEqualTo(4);
    assertThat(found.time()).isCloseTo(0.4516129032258064, within(1e-12));
    assertThat(found.standardError()).isCloseTo(0.4284376184744255, within(1e-12));
    assertThat(found.effectiveSampleSize()).isCloseTo(20 / 0.4516129032258064, within(1e-9));
  }
}
