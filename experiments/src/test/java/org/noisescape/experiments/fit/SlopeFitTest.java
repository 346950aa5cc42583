package org.noisescape.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class SlopeFitTest {
  private static final RandomKey KEY = RandomKey.of(1, Purpose.BOOTSTRAP, 0);

  @Test
  void exactLineHasItsSlopeAndNoError() {
    double[] x = {-3, -1, 0, 2, 5, 6};
    double[] y = {-7, -3, -1, 3, 9, 11};

    SlopeFit fit = SlopeFit.of(x, y, KEY);

    assertThat(fit.slope()).isCloseTo(2, within(1e-12));
    assertThat(fit.line().intercept()).isCloseTo(-1, within(1e-12));
    assertThat(fit.standardError()).isLessThan(1e-12);
  }

  @Test
  void outliersMoveTheSlopeLittle() {
    int n = 50;
    double[] x = new double[n];
    double[] y = new double[n];
    RandomStream random = KEY.stream(7);
    for (int i = 0; i < n; i++) {
      x[i] = i / 10.0;
      y[i] = 1.5 * x[i] + 0.01 * random.nextGaussian();
    }
    y[n - 1] += 3;
    y[n - 5] += 3;

    // least squares moves by Σ (x − x̄) 3 / Σ (x − x̄)², about 0.13
    assertThat(HuberLine.fit(x, y).slope()).isCloseTo(1.5, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 0.8})
  void twoStandardErrorsCoverTheSlopeUnderCorrelatedScatter(double correlation) {
    int trials = 200;
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      SlopeFit fit = correlated(correlation, 100, trial);
      covered += Math.abs(fit.slope() - 1) <= 2 * fit.standardError() ? 1 : 0;
    }

    // nominally 95 %; blocks of finite length lose a little of strong correlations. The standard
    // error of a coverage near 0.93 over 200 trials is 0.018.
    assertThat(covered / (double) trials).isBetween(0.86, 0.995);
  }

  @Test
  void ignoringTheCorrelationWouldNotCover() {
    int trials = 200;
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      SlopeFit fit = correlated(0.8, 100, trial);
      double naive = fit.standardError() / Math.sqrt(fit.correlationTime());
      covered += Math.abs(fit.slope() - 1) <= 2 * naive ? 1 : 0;
    }

    assertThat(covered / (double) trials).isLessThan(0.8);
  }

  @Test
  void correlationTimeOfAnAutoregressionIsItsClosedForm() {
    // τ = (1 + ρ)/(1 − ρ) = 4 for ρ = 0.6
    double[] series = autoregression(0.6, 20_000, 3);

    assertThat(SlopeFit.correlationTime(series)).isCloseTo(4, within(0.5));
  }

  @Test
  void sameKeyGivesTheSameError() {
    assertThat(correlated(0.5, 40, 1)).isEqualTo(correlated(0.5, 40, 1));
  }

  @Test
  void tooFewPointsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SlopeFit.of(new double[3], new double[3], KEY))
        .withMessageContaining("got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HuberLine.fit(new double[] {1, 1}, new double[] {1, 2}))
        .withMessageContaining("two different x");
  }

  @Test
  void errorOfSeveralRunsIsTheirSpreadAndThatOfOneDecidesNothing() {
    SlopeFit one = new SlopeFit(new HuberLine(0, 1.0), 0.3, 10, 1, 3);
    SlopeFit two = new SlopeFit(new HuberLine(0, 1.2), 0.4, 12, 1, 3);

    SlopeEstimate both = SlopeEstimate.of(List.of(one, two));
    assertThat(both.slope()).isCloseTo(1.1, within(1e-12));
    assertThat(both.standardError()).isCloseTo(0.1, within(1e-12));
    assertThat(both.points()).isEqualTo(22);
    assertThat(both.estimate().degreesOfFreedom()).isEqualTo(1);

    SlopeEstimate alone = SlopeEstimate.of(List.of(one));
    assertThat(alone.standardError()).isEqualTo(0.3);
    assertThat(alone.estimate().margin()).isNaN();
    assertThat(SlopeEstimate.of(List.of()).slope()).isNaN();
  }

  /** y = x + AR(1) scatter, x falling by two decades. */
  private static SlopeFit correlated(double correlation, int n, int trial) {
    double[] scatter = autoregression(correlation, n, trial);
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = -2.0 * i / n;
      y[i] = x[i] + 0.05 * scatter[i];
    }
    return SlopeFit.of(x, y, RandomKey.of(2, Purpose.BOOTSTRAP, trial));
  }

  private static double[] autoregression(double correlation, int n, int trial) {
    RandomStream random = RandomKey.of(5, Purpose.SYNTHETIC_DATA, trial).stream(0);
    double innovation = Math.sqrt(1 - correlation * correlation);
    double[] series = new double[n];
    double state = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      series[i] = state;
      state = correlation * state + innovation * random.nextGaussian();
    }
    return series;
  }
}
