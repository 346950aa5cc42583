package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.linop.LinearOperator;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;

/**
 * The stated errors of every estimator, its stopping rule included: of 100 seeds, 91 to 99 have the
 * exact value within t standard errors, t that of Student's distribution for 95 percent.
 */
class CoverageTest {
  private static final int SEEDS = 100;
  private static final double[] VALUES = Spectra.values(80, i -> Math.pow(0.93, i));
  private static final double[] INDEFINITE = Spectra.values(60, i -> Math.cos(1 + i) + 0.1);

  @Test
  void hutchinsonsTraceAfterItsStoppingRule() {
    double exact = Arrays.stream(VALUES).sum();
    try (DenseOperator a = dense(5, VALUES)) {
      covers(exact, s -> TraceEstimator.hutchinson(a, StoppingRule.relative(0.03, 4000), s));
    }
  }

  @Test
  void hutchPlusPlusAfterItsStoppingRule() {
    double exact = Arrays.stream(VALUES).sum();
    try (DenseOperator a = dense(5, VALUES)) {
      covers(
          exact, s -> TraceEstimator.hutchPlusPlus(a, 12, StoppingRule.relative(0.008, 4000), s));
    }
  }

  /** Nearly equal samples: what is left is rounding. */
  @Test
  void aTraceWithoutVarianceIsCoveredByItsRounding() {
    double[] values = Spectra.values(80, i -> 3);
    try (DenseOperator a =
        new DenseOperator(
            EngineUnderTest.HOST.engine(), DType.FLOAT32, 4, Spectra.matrix(5, values))) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Estimate found = TraceEstimator.hutchinson(a, StoppingRule.relative(0.01, 4000), seed);
        assertThat(Math.abs(found.value() - 240)).isLessThanOrEqualTo(2 * found.standardError());
        assertThat(found.standardError()).isLessThan(1e-3);
      }
    }
  }

  @Test
  void frobeniusNormAfterItsStoppingRule() {
    double exact = new Spectrum(VALUES).frobenius();
    try (DenseOperator a = dense(5, VALUES)) {
      covers(exact, s -> TraceEstimator.frobenius(a, StoppingRule.relative(0.03, 4000), s));
    }
  }

  @Test
  void effectiveDimensionAfterItsStoppingRule() {
    double exact = new Spectrum(VALUES).effectiveDimension();
    StoppingRule precision = StoppingRule.relative(0.05, 4000);
    try (DenseOperator a = dense(5, VALUES)) {
      covers(
          exact,
          s ->
              ProbeMoments.measure(a, ProbeMoments.Quantity.EFFECTIVE_DIMENSION, precision, s)
                  .effectiveDimension());
    }
  }

  @Test
  void alignmentAfterItsStoppingRule() {
    double[][] first = Spectra.matrix(5, VALUES);
    double[][] second = Spectra.matrix(7, Spectra.values(80, i -> 1 / (1.0 + i)));
    // a part in common, so that the cosine is not that of chance
    for (int i = 0; i < second.length; i++) {
      for (int j = 0; j < second.length; j++) {
        second[i][j] += first[i][j];
      }
    }
    RealMatrix a = new Array2DRowRealMatrix(first);
    RealMatrix b = new Array2DRowRealMatrix(second);
    double product = a.multiply(b).getTrace();
    double cosine = product / (a.getFrobeniusNorm() * b.getFrobeniusNorm());
    StoppingRule precision = StoppingRule.relative(0.02, 4000);
    try (DenseOperator one = dense(first);
        DenseOperator other = dense(second)) {
      Alignment[] found = new Alignment[SEEDS];
      covers(
          cosine,
          s -> {
            found[s] = Alignment.estimate(one, other, List.of(), precision, s);
            return found[s].similarity();
          });
      covers(product, s -> found[s].traceOfProduct());
    }
  }

  /** As many steps as dimensions: nothing but the random vectors. */
  @Test
  void densitiesAndSumsOverTheSpectrum() {
    double smooth = Arrays.stream(INDEFINITE).map(t -> t * t * t + Math.exp(t)).sum();
    double determinant = LogDeterminant.exact(INDEFINITE, 0.2).sum().value();
    double negative = NegativeSum.exact(INDEFINITE).value();
    try (DenseOperator a = dense(9, INDEFINITE);
        RitzPairs smallest = Lanczos.solve(a, LanczosOptions.of(a, 3, End.SMALLEST, 1))) {
      SpectralDensity[] densities = new SpectralDensity[SEEDS];
      Arrays.setAll(
          densities,
          s ->
              SpectralDensity.estimate(
                  a, SpectralDensityOptions.of(a, s).with(10, INDEFINITE.length)));
      covers(smooth, s -> densities[s].trace(t -> t * t * t + Math.exp(t)));
      covers(determinant, s -> LogDeterminant.estimate(densities[s], 0.2).sum());
      covers(negative, s -> of(NegativeSum.estimate(densities[s], smallest)));
      double[] at = {0.5};
      double broadened =
          Arrays.stream(INDEFINITE).map(t -> gaussian(0.5 - t, 0.1)).sum() / INDEFINITE.length;
      covers(
          broadened,
          s -> {
            SpectralDensity.Curve curve = densities[s].curve(at, 0.1);
            return new Estimate(curve.values()[0], curve.standardErrors()[0], 9, true, 0);
          });
    }
  }

  /** Few steps, a bulk at zero and outliers: what the steps leave open is part of the error. */
  @Test
  void sumsOfFewStepsCoverWithTheirDiscretisation() {
    double[] values =
        Spectra.values(120, i -> i < 6 ? 10 - i : 0.02 * Math.cos(i) * Math.exp(-0.02 * i));
    double exact = NegativeSum.exact(values).value();
    try (DenseOperator a = dense(9, values);
        RitzPairs smallest = Lanczos.solve(a, LanczosOptions.of(a, 3, End.SMALLEST, 1));
        RitzPairs largest = Lanczos.solve(a, LanczosOptions.of(a, 6, End.LARGEST, 1));
        Deflation split = Deflation.of(a, List.of(largest.vectors(), smallest.vectors()))) {
      int plain = 0;
      int deflated = 0;
      double error = 0;
      double less = 0;
      for (int seed = 0; seed < SEEDS; seed++) {
        NegativeSum whole = NegativeSum.estimate(density(a, seed), smallest);
        NegativeSum rest =
            NegativeSum.estimate(density(split.rest(), seed), split.values(), smallest);
        plain += hit(of(whole), exact);
        deflated += hit(of(rest), exact);
        error += whole.standardError() / SEEDS;
        less += rest.standardError() / SEEDS;
      }
      assertThat(plain).isGreaterThanOrEqualTo(91);
      assertThat(deflated).isGreaterThanOrEqualTo(91);
      assertThat(less).isLessThan(error);
    }
  }

  /**
   * A network as in use, float32: the exact trace is that of the norms of the outputs' gradients.
   */
  @Test
  void tracesOfANetwork() {
    int[] image = {1, 12, 12};
    Network network = ModelZoo.build("mlp:12", image, 10);
    try (Curvature curvature =
        Curvature.over(
                EngineUnderTest.HOST.engine(),
                network,
                Losses.parse("ce"),
                ArraySamples.normal(3, 60, image, 10),
                CurvatureOptions.of(DType.FLOAT32))
            .at(network.initialParameters(Initialization.GLOROT, 1, 0))) {
      double exact = curvature.gaussNewtonTrace();
      LinearOperator ggn = curvature.gaussNewton();
      StoppingRule precision = StoppingRule.relative(0.01, 4000);
      covers(exact, s -> TraceEstimator.hutchPlusPlus(ggn, 32, precision, s));
    }
  }

  private static SpectralDensity density(LinearOperator a, int seed) {
    return SpectralDensity.estimate(a, SpectralDensityOptions.of(a, seed).with(10, 24));
  }

  private static Estimate of(NegativeSum sum) {
    return new Estimate(
        sum.value(), sum.standardError(), sum.degreesOfFreedom(), sum.converged(), sum.products());
  }

  private static double gaussian(double x, double width) {
    return Math.exp(-0.5 * x * x / (width * width)) / (width * Math.sqrt(2 * Math.PI));
  }

  private static void covers(double exact, IntFunction<Estimate> estimate) {
    int hits = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      hits += hit(estimate.apply(seed), exact);
    }
    assertThat(hits).isBetween(91, 99);
  }

  private static int hit(Estimate estimate, double exact) {
    double t = student(estimate.degreesOfFreedom());
    return Math.abs(estimate.value() - exact) <= t * estimate.standardError() ? 1 : 0;
  }

  /** 97.5 percent of Student's distribution (NIST/SEMATECH e-Handbook, table 1.3.6.7.2). */
  private static double student(double degrees) {
    return switch ((int) degrees) {
      case 9 -> 2.262;
      case 31 -> 2.040;
      default -> throw new IllegalArgumentException("no quantile for " + degrees);
    };
  }

  private static DenseOperator dense(long seed, double... values) {
    return dense(Spectra.matrix(seed, values));
  }

  private static DenseOperator dense(double[][] matrix) {
    return new DenseOperator(EngineUnderTest.HOST.engine(), DType.FLOAT64, 8, matrix);
  }
}
