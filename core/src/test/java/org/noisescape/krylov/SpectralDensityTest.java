package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.linop.Counting;
import org.noisescape.tensor.DType;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.TestedEngines;

@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class SpectralDensityTest {
  private static final long SEED = 21;

  static Stream<SpectrumCase> spectra() {
    return SpectrumCase.all();
  }

  /** Weights of sum 1 in [0, 1], nodes within the spectrum, moments within their errors. */
  @ParameterizedTest
  @MethodSource("spectra")
  void rulesAreDistributionsWithinTheSpectrum(SpectrumCase spectrum) {
    try (DenseOperator operator = spectrum.operator(3)) {
      SpectralDensity density =
          SpectralDensity.estimate(
              operator, SpectralDensityOptions.of(operator, SEED).with(10, 12));
      double margin = spectrum.rounding() * spectrum.norm();
      double low = Arrays.stream(spectrum.values()).min().orElseThrow();
      double high = Arrays.stream(spectrum.values()).max().orElseThrow();
      for (Quadrature rule : density.rules()) {
        close("weights", Arrays.stream(rule.weights()).sum(), 1, 1e-14);
        assertThat(Arrays.stream(rule.weights())).allMatch(weight -> weight >= 0 && weight <= 1);
        assertThat(Arrays.stream(rule.nodes()))
            .allMatch(t -> t >= low - margin && t <= high + margin);
      }
      for (int power = 0; power < 4; power++) {
        int p = power;
        double exact =
            Arrays.stream(spectrum.values()).map(t -> Math.pow(t, p)).average().orElseThrow();
        Estimate moment = density.moment(power);
        double rounding = spectrum.rounding() * Math.max(1, p) * Math.pow(spectrum.norm(), p);
        close("moment " + p, moment.value(), exact, 4 * moment.standardError() + rounding);
        assertThat(moment.products()).isEqualTo(density.products());
      }
    }
  }

  /** Exact to rounding for f of any kind once the Krylov spaces are exhausted; here P = 31. */
  @Test
  void rulesOfAllStepsAreTheSpectralMeasures() {
    double[] values = Spectra.values(31, i -> Math.exp(-0.2 * i) - 0.3);
    try (DenseOperator operator = dense(DType.FLOAT64, 4, values)) {
      SpectralDensity density =
          SpectralDensity.estimate(
              operator, SpectralDensityOptions.of(operator, SEED).with(6, 100));
      for (Quadrature rule : density.rules()) {
        double[] nodes = Spectra.descending(rule.nodes());
        close("nodes", nodes, values, 1e-12);
      }
    }
  }

  @Test
  void broadenedDensityHasIntegralOneAndItsCumulativeIsItsIntegral() {
    double[] values = Spectra.values(97, i -> i < 3 ? 5 + i : Math.cos(i));
    try (DenseOperator operator = dense(DType.FLOAT64, 4, values)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, SEED).with(8, 20));
      SpectralDensity.Curve curve = density.curve(2001);
      SpectralDensity.Curve cumulative = density.cumulativeCurve(curve.grid(), curve.width());
      close("width", curve.width(), 0.01 * (density.largestNode() - density.smallestNode()), 1e-15);
      // the trapezoidal rule of a Gaussian sampled at 0.06 widths is exact to rounding; 6 widths of
      // margin leave 2·10⁻⁹ outside
      double integral = 0;
      for (int i = 1; i < curve.grid().length; i++) {
        double step = curve.grid()[i] - curve.grid()[i - 1];
        integral += 0.5 * step * (curve.values()[i] + curve.values()[i - 1]);
        close("cumulative", cumulative.values()[i], integral, 1e-3);
      }
      close("integral", integral, 1, 1e-8);
      assertThat(Arrays.stream(curve.standardErrors())).allMatch(error -> error >= 0);
      close("part below 4.5", density.cumulative(4.5).value(), 94 / 97.0, 0.03);
    }
  }

  @Test
  void resultsDoNotDependOnHowManyVectorsRunAtOnce() {
    double[] values = Spectra.values(53, i -> Math.pow(0.9, i));
    for (VectorLaw probe : VectorLaw.values()) {
      double[][] nodes = new double[3][];
      int[] groups = {1, 3, 5};
      for (int i = 0; i < groups.length; i++) {
        try (DenseOperator operator = dense(DType.FLOAT64, 2, values)) {
          SpectralDensity density =
              SpectralDensity.estimate(
                  operator, new SpectralDensityOptions(5, 9, groups[i], probe, SEED));
          nodes[i] = density.rules()[4].nodes();
        }
      }
      close("groups of 3", nodes[1], nodes[0], 1e-12);
      close("groups of 5", nodes[2], nodes[0], 1e-12);
    }
  }

  /** Four distinct eigenvalues: after four steps what follows is rounding, of no weight. */
  /** The first of 20, 30, … steps of which half change the curve by a tenth of its spread. */
  @Test
  void aSettledCurveIsThatOfTheStepsItNeeds() {
    double[] values =
        Spectra.values(400, i -> i < 5 ? 4 - 0.2 * i : Math.exp(-0.03 * i) * Math.cos(i));
    try (DenseOperator operator = dense(DType.FLOAT64, 4, values)) {
      for (int vectors : new int[] {3, 6}) {
        SpectralDensityOptions options =
            SpectralDensityOptions.defaults(SEED).with(6, 80).withConcurrent(vectors);
        int expected = 20;
        while (distanceToSpread(operator, options.with(vectors, expected)) > 0.1) {
          expected += 10;
        }
        SpectralDensity settled = SpectralDensity.settled(operator, options, 201);
        SpectralDensity same = SpectralDensity.estimate(operator, options.with(6, expected));
        assertThat(settled.steps()).as("of %d", vectors).isEqualTo(expected);
        assertThat(expected).isGreaterThan(20).isLessThan(80);
        assertThat(settled.products()).isEqualTo(6L * expected);
        assertThat(settled.curve(201).values()).isEqualTo(same.curve(201).values());
      }
      // one vector at once has no spread
      SpectralDensityOptions alone = SpectralDensityOptions.defaults(SEED).with(2, 40);
      assertThat(SpectralDensity.settled(operator, alone, 201).steps()).isEqualTo(40);
    }
  }

  private static double distanceToSpread(DenseOperator operator, SpectralDensityOptions options) {
    SpectralDensity density = SpectralDensity.estimate(operator, options);
    SpectralDensity.Curve curve = density.curve(201);
    double[] half = density.halved().curve(curve.grid(), curve.width()).values();
    double change = 0;
    for (int i = 0; i < half.length; i++) {
      change += Math.abs(curve.values()[i] - half[i]);
    }
    return change / Arrays.stream(curve.standardErrors()).sum();
  }

  @Test
  void anInvariantSubspaceLeavesNoWeightToOtherNodes() {
    double[] values = Spectra.values(97, i -> i % 4);
    try (DenseOperator operator = dense(DType.FLOAT64, 4, values)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, SEED).with(4, 30));
      for (Quadrature rule : density.rules()) {
        double far =
            rule.sum(t -> Math.abs(t - Math.rint(t)) > 1e-12 || t < -0.5 || t > 3.5 ? 1 : 0);
        close("weight beside 0, 1, 2, 3", far, 0, 1e-14);
      }
    }
  }

  /** One distinct eigenvalue, exactly: a single step. */
  @Test
  void anExactlyInvariantSubspaceEndsARecurrence() {
    double[][] identity = new double[5][5];
    for (int i = 0; i < 5; i++) {
      identity[i][i] = 3;
    }
    try (DenseOperator operator =
        new DenseOperator(EngineUnderTest.HOST.engine(), DType.FLOAT64, 4, identity)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, SEED).with(4, 30));
      for (Quadrature rule : density.rules()) {
        close("nodes", rule.nodes(), new double[] {3}, 1e-14);
      }
      assertThat(density.products()).isEqualTo(4);
    }
  }

  @Test
  void productsAreCountedAndComeInBlocks() {
    double[] values = Spectra.values(53, i -> Math.pow(0.9, i));
    try (DenseOperator dense = dense(DType.FLOAT64, 2, values)) {
      Counting operator = new Counting(dense);
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, SEED).with(5, 9));
      assertThat(density.products()).isEqualTo(45);
      assertThat(operator.products()).isEqualTo(45);
    }
  }

  @Test
  void tooFewStepsForASharpFunctionAreFlagged() {
    double[] values = Spectra.values(97, i -> i == 0 ? 1 : 1e-3 * i / 97);
    try (DenseOperator operator = dense(DType.FLOAT64, 2, values)) {
      SpectralDensityOptions options = SpectralDensityOptions.of(operator, SEED);
      assertThat(SpectralDensity.estimate(operator, options.with(10, 40)).mean(t -> t).converged())
          .isTrue();
      assertThat(
              SpectralDensity.estimate(operator, options.with(10, 2))
                  .mean(t -> 1 / (1e-4 + t))
                  .converged())
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void memoryIsWhatTheFormulaSays(DType dtype) {
    try (DenseOperator small = dense(dtype, 3, 1)) {
      for (int dimension : new int[] {1, 2, 97, 4001}) {
        var operator = new Resized(small, dimension);
        SpectralDensityOptions options = SpectralDensityOptions.of(operator, SEED);
        try (Recurrences run = new Recurrences(operator, options)) {
          assertThat(run.bytes()).isEqualTo(SpectralDensity.bytes(dimension, options, dtype));
        }
      }
    }
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> new SpectralDensityOptions(1, 5, 1, VectorLaw.SIGNS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1");
    double[][] broken = Spectra.matrix(3, 1, 2, 3);
    broken[1][1] = Double.NaN;
    try (DenseOperator operator =
        new DenseOperator(EngineUnderTest.HOST.engine(), DType.FLOAT64, 1, broken)) {
      assertThatThrownBy(
              () -> SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 0)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("dense: the product with vector 1 is not finite");
    }
  }

  private static DenseOperator dense(DType dtype, int block, double... values) {
    return new DenseOperator(
        EngineUnderTest.HOST.engine(), dtype, block, Spectra.matrix(3, values));
  }
}
