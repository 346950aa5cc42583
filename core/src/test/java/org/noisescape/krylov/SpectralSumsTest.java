package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.TestedEngines;

/** Log-determinants and sums of negative eigenvalues. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class SpectralSumsTest {
  static Stream<SpectrumCase> spectra() {
    return SpectrumCase.all();
  }

  @Test
  void exactSumsAreSums() {
    LogDeterminant exact = LogDeterminant.exact(new double[] {Math.E, 1e-9, 0, -3, Math.E}, 1e-6);
    close("sum", exact.sum().value(), 2, 1e-15);
    assertThat(exact.count().value()).isEqualTo(2);
    assertThat(NegativeSum.exact(new double[] {1, -2, -0.5}).value()).isEqualTo(-2.5);
    assertThatThrownBy(() -> LogDeterminant.exact(new double[] {1}, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  /** Eigenvalues in [0.5, 3] and zeros: the cut-off is in a gap. */
  @Test
  void logDeterminantLeavesOutTheDegenerateSubspace() {
    double[] values = Spectra.values(97, i -> i < 60 ? 0.5 + 2.5 * i / 59.0 : 0);
    LogDeterminant exact = LogDeterminant.exact(values, 0.1);
    assertThat(exact.count().value()).isEqualTo(60);
    try (DenseOperator operator = dense(values)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 4).with(40, 25));
      LogDeterminant estimate = LogDeterminant.estimate(density, 0.1);
      assertThat(estimate.sum().converged()).isTrue();
      close("sum", estimate.sum().value(), exact.sum().value(), 3 * estimate.sum().standardError());
      close("count", estimate.count().value(), 60, 3 * estimate.count().standardError());
      assertThat(estimate.sum().standardError()).isLessThan(0.1 * exact.sum().value());
    }
  }

  @ParameterizedTest
  @MethodSource("spectra")
  void negativeSumsLieWithinTheirBounds(SpectrumCase spectrum) {
    double exact = NegativeSum.exact(spectrum.values()).value();
    for (int pairs : new int[] {1, 5}) {
      if (pairs > spectrum.values().length) {
        continue;
      }
      try (DenseOperator operator = spectrum.operator(3);
          RitzPairs smallest =
              Lanczos.solve(
                  operator,
                  LanczosOptions.of(operator, pairs, End.SMALLEST, 5)
                      .withBasis(operator.dimension()))) {
        SpectralDensity density =
            SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 6).with(12, 30));
        NegativeSum sum = NegativeSum.estimate(density, smallest);
        double rounding = spectrum.rounding() * spectrum.norm() * spectrum.values().length;
        assertThat(sum.upper()).isGreaterThanOrEqualTo(exact - rounding);
        assertThat(sum.lower()).isLessThanOrEqualTo(exact + rounding);
        assertThat(sum.bracketLow()).isLessThanOrEqualTo(sum.value() + rounding);
        assertThat(sum.bracketHigh()).isGreaterThanOrEqualTo(sum.value() - rounding);
        double error = 3.5 * sum.standardError() + rounding;
        close("sum", sum.value(), exact, error + sum.discretization());
        assertThat(exact).isBetween(sum.bracketLow() - error, sum.bracketHigh() + error);
      }
    }
  }

  @Test
  void boundsMeetWhereAllNegativeEigenvaluesAreFound() {
    double[] values = Spectra.values(97, i -> i < 4 ? -1 - i : 1 + 0.1 * i);
    try (DenseOperator operator = dense(values);
        RitzPairs smallest =
            Lanczos.solve(operator, LanczosOptions.of(operator, 5, End.SMALLEST, 5))) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 6));
      NegativeSum sum = NegativeSum.estimate(density, smallest);
      double residuals = Arrays.stream(smallest.residuals()).sum();
      close("upper", sum.upper(), -10, 1e-12);
      close("lower", sum.lower(), -10, residuals + 1e-12);
      assertThat(sum.products()).isEqualTo(density.products() + smallest.products());
    }
  }

  /** Rules of all steps are the vectors' measures; those of few steps must bracket them. */
  @Test
  void bracketsOfFewStepsHoldTheMeasuresOfTheSameVectors() {
    double[] values = Spectra.values(41, i -> Math.cos(i) + 0.3 * Math.sin(7 * i));
    double least = Arrays.stream(values).min().orElseThrow();
    try (DenseOperator operator = dense(values)) {
      SpectralDensityOptions options = SpectralDensityOptions.of(operator, 9);
      Quadrature[] exact = SpectralDensity.estimate(operator, options.with(20, 41)).rules();
      for (int steps : new int[] {1, 2, 3, 5, 8}) {
        Quadrature[] rules = SpectralDensity.estimate(operator, options.with(20, steps)).rules();
        for (int j = 0; j < rules.length; j++) {
          double negative = -exact[j].sum(t -> Math.min(t, 0));
          double[] bracket = rules[j].negativePart(least);
          assertThat(negative).isBetween(bracket[0] - 1e-13, bracket[1] + 1e-13);
        }
      }
    }
  }

  @Test
  void ritzValuesBoundFromAboveWithoutConvergence() {
    double[] values = Spectra.values(97, i -> Math.cos(i));
    double exact = NegativeSum.exact(values).value();
    try (DenseOperator operator = dense(values);
        RitzPairs smallest =
            Lanczos.solve(
                operator,
                LanczosOptions.of(operator, 6, End.SMALLEST, 5)
                    .withBasis(20)
                    .withMaxProducts(30))) {
      assertThat(smallest.allConverged()).isFalse();
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 6).with(10, 10));
      NegativeSum sum = NegativeSum.estimate(density, smallest);
      assertThat(sum.upper()).isBetween(exact, -1.0);
      assertThat(sum.lower()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void theWrongEndIsRefused() {
    try (DenseOperator operator = dense(1, 2, 3);
        RitzPairs largest =
            Lanczos.solve(operator, LanczosOptions.of(operator, 2, End.LARGEST, 5))) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 6));
      assertThatThrownBy(() -> NegativeSum.estimate(density, largest))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("End.SMALLEST");
    }
  }

  /** Rules by hand: nodes and weights of [[2, 1], [1, 2]] seen from the first axis. */
  @Test
  void rulesAreNodesAndWeightsOfTheirRecurrence() {
    Quadrature rule = Quadrature.of(new double[] {2, 2, 9}, new double[] {1, 9}, 2);
    close("nodes", rule.nodes(), new double[] {1, 3}, 1e-14);
    close("weights", rule.weights(), new double[] {0.5, 0.5}, 1e-14);
    close("∫ t²", rule.sum(t -> t * t), 5, 1e-13);
    // weight 1/5 at −2 from [[−1, 2], [2, 2]], whose eigenvalues are −2 and 3
    Quadrature skew = Quadrature.of(new double[] {-1, 2}, new double[] {2}, 2);
    close("nodes", skew.nodes(), new double[] {-2, 3}, 1e-14);
    close("weights", skew.weights(), new double[] {0.8, 0.2}, 1e-14);
  }

  @Test
  void bracketsOfTheNegativePartByHand() {
    assertThat(rule(-2, 0.25, -1, 0.5, 1, 0.25).negativePart(-3)).containsExactly(0.25, 2);
    assertThat(rule(-2, 0.25, -1, 0.5, 1, 0.25).negativePart(-2)).containsExactly(0.25, 1.75);
    assertThat(rule(-2, 0.25, -1, 0.75).negativePart(-2)).containsExactly(0.25, 2);
    assertThat(rule(1, 0.5, 2, 0.5).negativePart(-1)).containsExactly(0, 0.5);
    assertThat(rule(1, 0.5, 2, 0.5).negativePart(0.5)).containsExactly(0, 0);
    assertThat(rule(0, 0.5, 2, 0.5).negativePart(0)).containsExactly(0, 0);
  }

  private static Quadrature rule(double... nodesAndWeights) {
    int size = nodesAndWeights.length / 2;
    return new Quadrature(
        Spectra.values(size, i -> nodesAndWeights[2 * i]),
        Spectra.values(size, i -> nodesAndWeights[2 * i + 1]));
  }

  /** What is known besides adds its own part, whatever the estimate of the rest. */
  @Test
  void deflatedEigenvaluesAddTheirOwnPart() {
    double[] values = Spectra.values(41, i -> Math.cos(i));
    double[] known = {-3, 1e-3, 0.2, Math.E, -0.5};
    try (DenseOperator operator = dense(values);
        RitzPairs smallest =
            Lanczos.solve(operator, LanczosOptions.of(operator, 2, End.SMALLEST, 5))) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 6).with(10, 10));
      LogDeterminant rest = LogDeterminant.estimate(density, 0.1);
      LogDeterminant all = LogDeterminant.estimate(density, known, 0.1);
      assertThat(all.cutoff()).isEqualTo(0.1);
      close("sum", all.sum().value(), rest.sum().value() + 1 + Math.log(0.2), 1e-13);
      close("count", all.count().value(), rest.count().value() + 2, 1e-13);
      NegativeSum without = NegativeSum.estimate(density, smallest);
      NegativeSum with = NegativeSum.estimate(density, known, smallest);
      close("negative", with.value(), without.value() - 3.5, 1e-12);
      close("low", with.bracketLow(), without.bracketLow() - 3.5, 1e-12);
      close("high", with.bracketHigh(), without.bracketHigh() - 3.5, 1e-12);
      assertThat(with.discretization()).isEqualTo(without.discretization());
    }
  }

  @Test
  void pairsOfAnotherOperatorAreRefused() {
    try (DenseOperator three = dense(1, 2, 3);
        DenseOperator four = dense(1, 2, 3, 4);
        RitzPairs pairs = Lanczos.solve(three, LanczosOptions.of(three, 1, End.SMALLEST, 5))) {
      SpectralDensity density = SpectralDensity.estimate(four, SpectralDensityOptions.of(four, 6));
      assertThatThrownBy(() -> NegativeSum.estimate(density, pairs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("dimension 4")
          .hasMessageContaining("3: take one operator");
    }
  }

  @Test
  void exactSumsHaveNoError() {
    LogDeterminant exact = LogDeterminant.exact(new double[] {2, 0.5}, 0.5);
    assertThat(exact.count()).isEqualTo(new Estimate(1, 0, true, 0));
    assertThat(LogDeterminant.exact(new double[] {2}, 0).count().value()).isEqualTo(1);
    assertThat(NegativeSum.exact(new double[] {-2, -0.5, 3}))
        .isEqualTo(
            new NegativeSum(-2.5, 0, Double.POSITIVE_INFINITY, 0, -2.5, -2.5, -2.5, -2.5, true, 0));
  }

  private static DenseOperator dense(double... values) {
    return new DenseOperator(
        EngineUnderTest.HOST.engine(), DType.FLOAT64, 1, Spectra.matrix(3, values));
  }
}
