package org.noisescape.dynamics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelatedSeriesTest {
  private static double[][] replicas(int count, int points, double rho, double mean, int first) {
    double[][] rows = new double[count][];
    Arrays.setAll(rows, r -> Draws.autoregression(points, rho, mean, first + r));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.5, 0.9})
  void timeOfAnAutoregressionIsItsClosedForm(double rho) {
    double exact = (1 + rho) / (1 - rho);

    AutocorrelationTime one = AutocorrelationTime.of(Draws.autoregression(100_000, rho, 5, 1));
    AutocorrelationTime many = AutocorrelationTime.pooled(replicas(50, 2000, rho, 5, 10));

    for (AutocorrelationTime time : new AutocorrelationTime[] {one, many}) {
      // what the window leaves out of the sum: 2 Σ_{k > M} ρ^k
      double beyond = 2 * Math.pow(Math.abs(rho), time.window() + 1) / (1 - rho);
      assertThat(time.time()).isCloseTo(exact, within(3 * time.standardError() + beyond));
      assertThat(time.converged()).isTrue();
      assertThat(time.effectiveSampleSize()).isCloseTo(1e5 / time.time(), within(1e-6));
    }
  }

  @Test
  void errorOfTheTimeIsItsSpread() {
    int trials = 200;
    double sum = 0;
    double squares = 0;
    double claimed = 0;
    for (int trial = 0; trial < trials; trial++) {
      AutocorrelationTime time = AutocorrelationTime.of(Draws.autoregression(5000, 0.8, 0, trial));
      sum += time.time();
      squares += time.time() * time.time();
      claimed += time.standardError() / trials;
    }
    double spread = Math.sqrt(squares / trials - sum / trials * sum / trials);

    // the formula is the upper one of Madras and Sokal (1988), for windows much longer than τ
    assertThat(claimed / spread).isBetween(0.85, 1.35);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.9})
  void bothErrorsCoverTheMean(double rho) {
    int trials = 300;
    int series = 0;
    int replicas = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[][] rows = replicas(20, 200, rho, 3, 20 * trial);
      CorrelatedMean pooled = CorrelatedMean.ofSeries(rows);
      CorrelatedMean between = CorrelatedMean.ofReplicas(rows);
      assertThat(between.value()).isCloseTo(pooled.value(), within(1e-12));
      series += Math.abs(pooled.value() - 3) <= 2 * pooled.standardError() ? 1 : 0;
      replicas += Math.abs(between.value() - 3) <= 2 * between.standardError() ? 1 : 0;
    }

    // nominally 95 % (94 % for 19 degrees of freedom); standard error over 300 trials: 0.013
    assertThat(series / 300.0).isBetween(0.91, 0.99);
    assertThat(replicas / 300.0).isBetween(0.9, 0.98);
  }

  @Test
  void shortAndConstantSeriesAreDefined() {
    AutocorrelationTime constant = AutocorrelationTime.of(new double[] {2, 2, 2});
    assertThat(constant.time()).isEqualTo(1);
    assertThat(constant.converged()).isFalse();

    AutocorrelationTime single = AutocorrelationTime.of(new double[] {2});
    assertThat(single.effectiveSampleSize()).isEqualTo(1);
    assertThat(CorrelatedMean.ofSeries(new double[][] {{2}}).standardError()).isNaN();
    assertThat(CorrelatedMean.ofReplicas(new double[][] {{2, 4}}).standardError()).isNaN();

    double[] alternating = new double[100];
    Arrays.setAll(alternating, i -> i % 2);
    AutocorrelationTime none = AutocorrelationTime.of(alternating);
    assertThat(none.effectiveSampleSize()).isGreaterThan(100);

    // a slow walk is longer correlated than it lasts
    assertThat(AutocorrelationTime.of(Draws.autoregression(100, 0.99, 0, 1)).converged()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AutocorrelationTime.of(new double[] {1, Double.NaN}))
        .withMessageContaining("point 1 of series 0 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AutocorrelationTime.of(new double[0]))
        .withMessageContaining("no points");
  }

  @Test
  void burnInEndsAfterTheTransient() {
    double[][] rows = replicas(10, 2000, 0.5, 0, 1);
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] += 20 * Math.exp(-i / 40.0);
      }
    }

    BurnIn burnIn = BurnIn.pooled(rows);

    // the transient is at a pooled standard error of 0.3 after 40 log(20/0.3) = 170
    assertThat(burnIn.start()).isBetween(120, 400);
    assertThat(burnIn.converged()).isTrue();
    assertThat(burnIn.rest(rows[0])).hasSize(2000 - burnIn.start());
    assertThat(burnIn.rest(rows[0])[0]).isEqualTo(rows[0][burnIn.start()]);
  }

  @Test
  void burnInMinimisesTheSquaredErrorOfTheMeanOfWhatIsLeft() {
    for (int trial = 0; trial < 20; trial++) {
      double[] series = Draws.autoregression(203, 0.9, 4, trial);
      for (int i = 0; i < series.length; i++) {
        series[i] += 6 * Math.exp(-i / 20.0);
      }

      double[] means = new double[40];
      for (int i = 0; i < 200; i++) {
        means[i / 5] += series[i] / 5;
      }
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int d = 0; d <= 20; d++) {
        double[] kept = Arrays.copyOfRange(means, d, 40);
        double mean = Arrays.stream(kept).average().orElseThrow();
        double error =
            Arrays.stream(kept).map(z -> (z - mean) * (z - mean)).sum() / kept.length / kept.length;
        if (error < least) {
          least = error;
          best = d;
        }
      }

      assertThat(BurnIn.of(series)).isEqualTo(new BurnIn(5 * best, 203, best < 20));
    }
  }

  @Test
  void burnInIsZeroForStationaryAndNotConvergedForDriftingSeries() {
    BurnIn none = BurnIn.of(Draws.autoregression(5000, 0.3, 1, 4));
    assertThat(none.start()).isLessThan(500);
    assertThat(none.converged()).isTrue();

    double[] drift = new double[1000];
    Arrays.setAll(drift, i -> i);
    assertThat(BurnIn.of(drift).converged()).isFalse();
    assertThat(BurnIn.of(new double[] {1, 2, 3}).converged()).isFalse();
    assertThat(BurnIn.of(new double[1000])).isEqualTo(new BurnIn(0, 1000, true));
  }

  @Test
  void histogramIsTheDensityAndItsErrorKnowsTheCorrelation() {
    int trials = 100;
    double[] densities = new double[trials];
    double claimed = 0;
    for (int trial = 0; trial < trials; trial++) {
      StationaryHistogram histogram =
          StationaryHistogram.linear(replicas(4, 1000, 0.9, 0, 4 * trial), -3, 3, 12);
      densities[trial] = histogram.density()[5];
      claimed += histogram.standardErrors()[5] / trials;
      long counted = Arrays.stream(histogram.counts()).sum();
      assertThat(counted + histogram.below() + histogram.above()).isEqualTo(4000);
    }
    double mean = Arrays.stream(densities).average().orElseThrow();
    double spread =
        Math.sqrt(Arrays.stream(densities).map(v -> (v - mean) * (v - mean)).sum() / (trials - 1));

    // Φ(0) − Φ(−½) = 0.19146 in a width of ½
    assertThat(mean).isCloseTo(0.38292, within(3 * spread / Math.sqrt(trials)));
    // a spread over 100 trials is known to 7 %; independent points would give 0.56 of it
    assertThat(claimed / spread).isBetween(0.78, 1.22);
  }

  @Test
  void logarithmicBinsHaveEqualRatiosAndEmptyOnesTheErrorOfAPoint() {
    StationaryHistogram histogram =
        StationaryHistogram.logarithmic(new double[][] {{0.5, 1, 5, 50, 100, 7}}, 1, 100, 4);

    double[] edges = {1, Math.sqrt(10), 10, Math.sqrt(1000), 100};
    assertThat(histogram.edges()).containsExactly(edges, within(1e-12));
    assertThat(histogram.counts()).containsExactly(1, 2, 0, 1);
    assertThat(histogram.below()).isEqualTo(1);
    assertThat(histogram.density()[1]).isCloseTo(2 / 6.0 / (10 - Math.sqrt(10)), within(1e-12));
    double width = Math.sqrt(1000) - 10;
    assertThat(histogram.standardErrors()[2])
        .isCloseTo(Math.sqrt(1 / 6.0 * 5 / 6 / 6) / width, within(1e-12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StationaryHistogram.logarithmic(new double[][] {{1}}, 0, 1, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StationaryHistogram.linear(new double[][] {{1}}, 2, 1, 3));
  }
}
