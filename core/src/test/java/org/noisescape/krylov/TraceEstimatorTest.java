package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.linop.Counting;
import org.noisescape.tensor.DType;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.TestedEngines;

@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class TraceEstimatorTest {
  private static final double[] DECAYING = Spectra.values(97, i -> Math.pow(0.8, i));

  static Stream<SpectrumCase> spectra() {
    return SpectrumCase.all();
  }

  @ParameterizedTest
  @MethodSource("spectra")
  void tracesAndNormsAreThoseOfTheMatrix(SpectrumCase spectrum) {
    double trace = Arrays.stream(spectrum.values()).sum();
    double squares = Arrays.stream(spectrum.values()).map(t -> t * t).sum();
    double rounding = spectrum.rounding() * spectrum.norm() * spectrum.values().length;
    try (DenseOperator operator = spectrum.operator(3)) {
      var moments =
          ProbeMoments.measure(operator, ProbeMoments.Quantity.TRACE, StoppingRule.fixed(64), 2);
      within("trace", moments.trace(), trace, rounding);
      within("norm²", moments.frobeniusSquared(), squares, rounding * spectrum.norm());
      within("norm", moments.frobenius(), Math.sqrt(squares), rounding);
      Estimate plus = TraceEstimator.hutchPlusPlus(operator, 30, 2);
      within("Hutch++", plus, trace, rounding);
    }
  }

  private static void within(String what, Estimate estimate, double exact, double rounding) {
    close(what, estimate.value(), exact, 3.5 * estimate.standardError() + rounding);
    assertThat(estimate.converged()).isTrue();
  }

  /**
   * Normal errors miss three standard errors 27 times in 10⁴; 32 vectors make t's tails heavier.
   */
  @Test
  void ninetyNineOfAHundredSeedsAreWithinThreeStandardErrors() {
    double trace = Arrays.stream(DECAYING).sum();
    double norm = Math.sqrt(Arrays.stream(DECAYING).map(t -> t * t).sum());
    try (DenseOperator operator = dense(DECAYING)) {
      int traces = 0;
      int norms = 0;
      int plus = 0;
      for (int seed = 0; seed < 100; seed++) {
        var moments =
            ProbeMoments.measure(
                operator, ProbeMoments.Quantity.TRACE, StoppingRule.fixed(48), seed);
        traces += hit(moments.trace(), trace);
        norms += hit(moments.frobenius(), norm);
        plus += hit(TraceEstimator.hutchPlusPlus(operator, 5, StoppingRule.fixed(48), seed), trace);
      }
      assertThat(traces).isGreaterThanOrEqualTo(99);
      assertThat(norms).isGreaterThanOrEqualTo(99);
      assertThat(plus).isGreaterThanOrEqualTo(99);
    }
  }

  private static int hit(Estimate estimate, double exact) {
    return Math.abs(estimate.value() - exact) <= 3 * estimate.standardError() ? 1 : 0;
  }

  @Test
  void hutchPlusPlusIsBetterOnDecayingSpectraAtEqualProducts() {
    double trace = Arrays.stream(DECAYING).sum();
    int products = 36;
    try (DenseOperator dense = dense(DECAYING)) {
      double plain = 0;
      double sketched = 0;
      for (int seed = 0; seed < 30; seed++) {
        Counting operator = new Counting(dense);
        Estimate first = TraceEstimator.hutchinson(operator, StoppingRule.fixed(products), seed);
        assertThat(operator.products()).isEqualTo(products).isEqualTo(first.products());
        Estimate second = TraceEstimator.hutchPlusPlus(operator, products, seed);
        assertThat(operator.products()).isEqualTo(2 * products);
        assertThat(second.products()).isEqualTo(products);
        plain += Math.pow(first.value() - trace, 2);
        sketched += Math.pow(second.value() - trace, 2);
      }
      assertThat(Math.sqrt(sketched)).isLessThan(0.5 * Math.sqrt(plain));
    }
  }

  /** Some of the sketches of four vectors of four signs have full rank. */
  @Test
  void aSketchOfFullRankIsExact() {
    double[] values = {3, -1, 0.5, 2};
    int full = 0;
    try (DenseOperator operator = dense(values)) {
      for (int seed = 0; seed < 20; seed++) {
        Estimate estimate = TraceEstimator.hutchPlusPlus(operator, 4, StoppingRule.fixed(2), seed);
        if (Double.isInfinite(estimate.degreesOfFreedom())) {
          full++;
          close("trace", estimate.value(), 4.5, 1e-14);
          // nothing but rounding, of sums on the scale of the norm
          assertThat(estimate.standardError()).isLessThanOrEqualTo(32 * 0x1p-52 * Math.sqrt(14.25));
          assertThat(estimate.products()).isEqualTo(8);
          assertThat(estimate.converged()).isTrue();
        }
      }
    }
    assertThat(full).isPositive();
  }

  @Test
  void samplesDoNotDependOnTheBlock() {
    double[][] quadratic =
        IntStream.of(1, 3, 8, 100)
            .mapToObj(
                block -> {
                  try (DenseOperator operator = dense(block, DECAYING)) {
                    return ProbeMoments.measure(
                            operator,
                            ProbeMoments.Quantity.TRACE,
                            StoppingRule.relative(0.05, 500),
                            7)
                        .quadratic();
                  }
                })
            .toArray(double[][]::new);
    for (double[] other : quadratic) {
      close("samples", other, quadratic[0], 1e-12);
    }
  }

  @Test
  void samplingStopsAtThePrecisionOrSaysThatItDidNot() {
    try (DenseOperator operator = dense(DECAYING)) {
      Estimate rough = TraceEstimator.hutchinson(operator, StoppingRule.relative(0.1, 2000), 3);
      Estimate fine = TraceEstimator.hutchinson(operator, StoppingRule.relative(0.02, 2000), 3);
      assertThat(fine.converged()).isTrue();
      assertThat(fine.standardError()).isLessThanOrEqualTo(0.02 * fine.value());
      // errors fall with the root of the vectors: 25 times as many, up to a quarter and luck
      assertThat(fine.products()).isBetween(8 * rough.products(), 80 * rough.products());
      Estimate poor = TraceEstimator.hutchinson(operator, StoppingRule.relative(1e-6, 100), 3);
      assertThat(poor.converged()).isFalse();
      assertThat(poor.products()).isEqualTo(100);
      Estimate absolute =
          TraceEstimator.hutchinson(operator, new StoppingRule(0, 0.2, 16, 2000), 3);
      assertThat(absolute.standardError()).isLessThanOrEqualTo(0.2);
    }
  }

  /** n = (1 + r)/(1 − r) of a geometric spectrum of ratio r, far from its end. */
  @Test
  void effectiveDimensionIsThatOfTheEigenvalues() {
    double exact = new Spectrum(DECAYING).effectiveDimension();
    close("closed form", exact, 9, 1e-6);
    try (DenseOperator operator = dense(DECAYING)) {
      Estimate estimate =
          ProbeMoments.measure(
                  operator,
                  ProbeMoments.Quantity.EFFECTIVE_DIMENSION,
                  StoppingRule.relative(0.03, 5000),
                  3)
              .effectiveDimension();
      assertThat(estimate.converged()).isTrue();
      close("dimension", estimate.value(), exact, 3 * estimate.standardError());
    }
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> StoppingRule.fixed(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 and 1");
    assertThatThrownBy(() -> new StoppingRule(-1, 0, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    try (DenseOperator operator = dense(DECAYING)) {
      assertThatThrownBy(() -> TraceEstimator.hutchPlusPlus(operator, 5, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least 6 products, got 5");
      assertThatThrownBy(() -> TraceEstimator.hutchPlusPlus(operator, 98, StoppingRule.fixed(2), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 97 rows, got 98");
    }
  }

  private static DenseOperator dense(double... values) {
    return dense(4, values);
  }

  private static DenseOperator dense(int block, double... values) {
    return new DenseOperator(
        EngineUnderTest.HOST.engine(), DType.FLOAT64, block, Spectra.matrix(3, values));
  }
}
