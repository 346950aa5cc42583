package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.noisescape.testing.Vectors.close;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.krylov.ProbeMoments.Quantity;

/** Arithmetic of estimates, their errors, and when sampling stops, all by hand. */
class EstimateTest {
  private static final Estimate PLAIN = new Estimate(3, 4, 7, true, 11);

  @Test
  void multiplesSumsAndErrorsAreThoseOfTheirFormulas() {
    assertThat(PLAIN.times(-2)).isEqualTo(new Estimate(-6, 8, 7, true, 11));
    assertThat(PLAIN.plus(2)).isEqualTo(new Estimate(5, 4, 7, true, 11));
    assertThat(PLAIN.withError(3)).isEqualTo(new Estimate(3, 5, 7, true, 11));
    assertThat(PLAIN.enlarged(1.5)).isEqualTo(new Estimate(3, 6, 7, true, 11));
    assertThat(PLAIN.converged(false)).isEqualTo(new Estimate(3, 4, 7, false, 11));
    assertThat(new Estimate(3, 4, true, 11).degreesOfFreedom()).isInfinite();
    assertThat(Estimate.rounding(0x1p-52)).isEqualTo(0x1p-48);
  }

  @Test
  void meansHaveTheErrorOfTheirSpread() {
    Estimate mean = Estimate.mean(new double[] {1, 2, 6, 1e9}, 3, 5);
    // (4 + 1 + 9)/2 over 3
    assertThat(mean).isEqualTo(new Estimate(3, Math.sqrt(7.0 / 3), 2, false, 5));
    Estimate two = Estimate.mean(new double[] {1, 3}, 2, 5);
    assertThat(two).isEqualTo(new Estimate(2, 1, 1, false, 5));
    assertThat(Estimate.mean(new double[] {4}, 1, 5).value()).isEqualTo(4);
    assertThat(Estimate.mean(new double[] {4}, 1, 5).standardError()).isNaN();
  }

  /** Of a mean the jackknife is the mean and its error; of its square the unbiased estimate. */
  @Test
  void theJackknifeIsExactForLinearAndSquareFunctions() {
    double[][] columns = {{1, 2, 6, 1e9}, {1, 1, 4, 1e9}};
    Estimate linear = Jackknife.of(columns, 3, means -> means[0] - 2 * means[1], 5);
    Estimate same = Estimate.mean(new double[] {-1, 0, -2}, 3, 5);
    close("linear", linear.value(), same.value(), 1e-14);
    close("error", linear.standardError(), same.standardError(), 1e-14);
    assertThat(linear.degreesOfFreedom()).isEqualTo(2);
    assertThat(linear.products()).isEqualTo(5);
    Estimate square = Jackknife.of(columns, 3, means -> means[0] * means[0], 5);
    // mean² − s²/n
    close("square", square.value(), 9 - 7.0 / 3, 1e-13);
    Estimate two = Jackknife.of(new double[][] {{1, 3}}, 2, means -> means[0] * means[0], 5);
    close("square of two", two.value(), 4 - 1, 1e-14);
    Estimate single = Jackknife.of(columns, 1, means -> means[0] + means[1], 5);
    assertThat(single.value()).isEqualTo(2);
    assertThat(single.standardError()).isNaN();
  }

  /** Moments whose means are 3 and 12.5. */
  private static ProbeMoments moments(StoppingRule stopping, double rounding, double caution) {
    return new ProbeMoments(
        new double[] {1, 2, 6}, new double[] {12, 13, 12.5}, stopping, rounding, caution, 3);
  }

  @Test
  void momentsOfProbesGiveTraceNormAndDimension() {
    ProbeMoments moments = moments(new StoppingRule(0, 10, 3, 3), 0, 1);
    Estimate trace = moments.trace();
    isEstimate("trace", trace, 3, Math.sqrt(7.0 / 3));
    Estimate square = moments.frobeniusSquared();
    double error = Math.sqrt(0.25 / 3);
    isEstimate("norm²", square, 12.5, error);
    Estimate norm = moments.frobenius();
    isEstimate("norm", norm, Math.sqrt(12.5), error / (2 * Math.sqrt(12.5)));
    Estimate dimension = moments.effectiveDimension();
    double[] left = {16 / 12.75, 3.5 * 3.5 / 12.25, 1.5 * 1.5 / 12.5};
    Estimate others = Estimate.mean(left, 3, 0);
    double value = 9 / 12.5;
    isEstimate(
        "dimension", dimension, value + 2 * (value - others.value()), 2 * others.standardError());
    assertThat(moments.estimate(Quantity.TRACE)).isEqualTo(trace);
    assertThat(moments.estimate(Quantity.FROBENIUS)).isEqualTo(norm);
    assertThat(moments.estimate(Quantity.EFFECTIVE_DIMENSION)).isEqualTo(dimension);
  }

  private static void isEstimate(String what, Estimate estimate, double value, double error) {
    close(what, estimate.value(), value, 1e-14);
    close(what + ": error", estimate.standardError(), error, 1e-14);
    assertThat(estimate.degreesOfFreedom()).isEqualTo(2);
    assertThat(estimate.products()).isEqualTo(3);
    assertThat(estimate.converged()).isTrue();
  }

  /** Rounding of the trace is on the scale of ‖A‖_F where that is more, of d four times d. */
  @Test
  void momentsOfProbesAreNoBetterThanTheirRoundingAndAsCautiousAsAsked() {
    ProbeMoments moments = moments(new StoppingRule(0, 1e-3, 3, 3), 0.5, 3);
    double size = Math.sqrt(12.5);
    double trace = 3 * Math.hypot(Math.sqrt(7.0 / 3), 0.5 * size);
    close("trace", moments.trace().standardError(), trace, 1e-14);
    double square = 3 * Math.hypot(Math.sqrt(0.25 / 3), 0.5 * 25);
    close("norm²", moments.frobeniusSquared().standardError(), square, 1e-13);
    close("norm", moments.frobenius().standardError(), square / (2 * size), 1e-13);
    Estimate plain = moments(new StoppingRule(0, 1, 3, 3), 0, 1).effectiveDimension();
    double dimension = 3 * Math.hypot(plain.standardError(), 0.5 * 4 * plain.value());
    close("dimension", moments.effectiveDimension().standardError(), dimension, 1e-13);
    for (Quantity quantity : Quantity.values()) {
      assertThat(moments.estimate(quantity).converged()).isFalse();
    }
    ProbeMoments large =
        new ProbeMoments(
            new double[] {-7, -7}, new double[] {1, 1}, StoppingRule.fixed(2), 0.5, 1, 2);
    close("trace", large.trace().standardError(), 3.5, 1e-14);
    ProbeMoments exact =
        new ProbeMoments(
            new double[] {0, 0}, new double[] {0, 0}, StoppingRule.fixed(2), 0.5, 1, 2);
    assertThat(exact.frobenius().standardError()).isZero();
  }

  @Test
  void aPrecisionIsAbsoluteOrRelative() {
    StoppingRule rule = new StoppingRule(0.25, 0.5, 2, 9);
    assertThat(rule.metBy(new Estimate(1, 0.5, false, 0))).isTrue();
    assertThat(rule.metBy(new Estimate(1, 0.51, false, 0))).isFalse();
    assertThat(rule.metBy(new Estimate(-4, 1, false, 0))).isTrue();
    assertThat(rule.metBy(new Estimate(-4, 1.01, false, 0))).isFalse();
    assertThat(StoppingRule.relativeTo(-3, 0.5, 100))
        .isEqualTo(new StoppingRule(0.5, 1.5, 32, 100));
    assertThat(StoppingRule.relative(0.5, 20)).isEqualTo(new StoppingRule(0.5, 0, 20, 20));
    assertThat(rule.degreesOfFreedom()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0, 2, 3, relative -0.1",
    "NaN, 0, 2, 3, relative NaN",
    "0, -0.1, 2, 3, absolute -0.1",
    "0, NaN, 2, 3, absolute NaN",
    "0, 0, 1, 3, got 1 and 3",
    "0, 0, 4, 3, got 4 and 3"
  })
  void rulesThatMakeNoSenseAreRefused(
      double relative, double absolute, int least, int most, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StoppingRule(relative, absolute, least, most))
        .withMessageContaining(message);
  }

  /**
   * Samples whose spread is 8 at the first look: 1.25·(8/target)² vectors are needed.
   *
   * @return blocks as first-count pairs
   */
  private static List<String> blocks(StoppingRule rule, int block, double value, double... spread) {
    List<String> blocks = new ArrayList<>();
    int[] count = {0};
    int[] look = {0};
    Estimate reached =
        rule.reach(
            block,
            (first, part) -> {
              assertThat(first).isEqualTo(count[0]);
              count[0] += part;
              blocks.add(first + "+" + part);
            },
            () -> {
              double now = spread[Math.min(look[0]++, spread.length - 1)];
              return new Estimate(value, now / Math.sqrt(count[0]), 99, true, count[0]);
            });
    blocks.add(
        "%s: %.4f of %s"
            .formatted(reached.converged(), reached.standardError(), reached.products()));
    assertThat(reached.degreesOfFreedom()).isEqualTo(rule.degreesOfFreedom());
    return blocks;
  }

  @Test
  void samplingGoesOnToWhatTheSpreadSaysIsNeeded() {
    // target 1, so 1.25·64 = 80 vectors
    assertThat(blocks(new StoppingRule(0, 1, 4, 100), 40, 5, 8))
        .containsExactly("0+4", "4+40", "44+36", "true: 0.8944 of 80");
    // target 0.2·5
    assertThat(blocks(new StoppingRule(0.2, 0, 4, 100), 40, -5, 8))
        .containsExactly("0+4", "4+40", "44+36", "true: 0.8944 of 80");
    assertThat(blocks(new StoppingRule(0, 1, 4, 60), 100, 5, 8))
        .containsExactly("0+4", "4+56", "false: 1.0328 of 60");
    assertThat(blocks(new StoppingRule(0, 4, 4, 60), 3, 5, 8))
        .containsExactly("0+3", "3+1", "true: 4.0000 of 4");
  }

  @Test
  void aSpreadOnceSeenIsNotForgottenAndOneMoreVectorIsAlwaysTaken() {
    // the second look sees half the spread, yet the first is kept
    assertThat(blocks(new StoppingRule(0, 1, 4, 100), 100, 5, 8, 4))
        .containsExactly("0+4", "4+76", "true: 0.8944 of 80");
    // 1.25·(8/4.1)² = 4.76, and so 5
    assertThat(blocks(new StoppingRule(0, 3.9, 4, 100), 100, 5, 8, 8.8, 8))
        .containsExactly("0+4", "4+2", "true: 3.5926 of 6");
    // target 0: all there are
    assertThat(blocks(new StoppingRule(0, 0, 4, 10), 100, 5, 8))
        .containsExactly("0+4", "4+6", "false: 2.5298 of 10");
    assertThat(blocks(new StoppingRule(0, 1, 4, 10), 100, Double.NaN, 8))
        .containsExactly("0+4", "false: 4.0000 of 4");
  }
}
