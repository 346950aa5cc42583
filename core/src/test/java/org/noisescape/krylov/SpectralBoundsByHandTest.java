package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;

import org.junit.jupiter.api.Test;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;

/** Bounds of sums over eigenvalues, of operators whose rules are known and of pairs made up. */
class SpectralBoundsByHandTest {
  private static DenseOperator multiple(double factor, int size) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = factor;
    }
    return new DenseOperator(EngineUnderTest.HOST.engine(), DType.FLOAT64, 2, matrix);
  }

  private static RitzPairs pair(int size, double value, double residual) {
    Tensor vectors = EngineUnderTest.HOST.engine().tensor(DType.FLOAT64, 1, size);
    double[] values = {value};
    double[] residuals = {residual};
    boolean[] converged = {true};
    return new RitzPairs("made up", values, residuals, converged, vectors, 1, 1e-6, 1, 3, 0);
  }

  /**
   * -I in four dimensions beside the eigenvalues 6 and -2, and a smallest pair -3 within 1/2. Of
   * the three others tr A = 0 + 2.5 and tr A^2 = 44 - 6.25 are left.
   */
  @Test
  void aSumOfNegativeEigenvaluesLiesBetweenItsBounds() {
    try (DenseOperator operator = multiple(-1, 4);
        RitzPairs smallest = pair(4, -3, 0.5)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 1).with(4, 4));
      NegativeSum sum = NegativeSum.estimate(density, new double[] {6, -2}, smallest);
      close("value", sum.value(), -6, 1e-13);
      close("lower", sum.lower(), -3.5 + 0.5 * (2.5 - Math.sqrt(3 * 37.75)), 1e-12);
      close("upper", sum.upper(), -3, 1e-12);
      // all of the measure may lie at -3.5, or nearly at 0
      close("bracket", sum.bracketLow(), -2 - 4 * 3.5, 1e-12);
      close("bracket", sum.bracketHigh(), -2, 1e-12);
      close("error", sum.standardError(), 9 * Estimate.rounding(0x1p-52), 1e-18);
      assertThat(sum.discretization()).isZero();
      assertThat(sum.converged()).isTrue();
      assertThat(sum.products()).isEqualTo(density.products() + 3);
    }
  }

  @Test
  void whereTheTraceIsNegativeItBoundsTheSum() {
    try (DenseOperator operator = multiple(-1, 4);
        RitzPairs smallest = pair(4, -1, 0)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 1).with(4, 4));
      NegativeSum sum = NegativeSum.estimate(density, smallest);
      close("lower", sum.lower(), -4, 1e-12);
      close("upper", sum.upper(), -4, 1e-12);
      close("bracket", sum.bracketLow(), -4, 1e-12);
    }
  }

  /** Two standard errors of what is sampled are on the safe side. */
  @Test
  void boundsKnowOfTheErrorsOfTheTraces() {
    double[] values = Spectra.values(41, i -> Math.cos(i) + 0.3 * Math.sin(7 * i));
    try (DenseOperator operator =
            new DenseOperator(
                EngineUnderTest.HOST.engine(), DType.FLOAT64, 2, Spectra.matrix(3, values));
        RitzPairs smallest = pair(41, -1.5, 0.25)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 9).with(5, 4));
      NegativeSum sum = NegativeSum.estimate(density, smallest);
      Estimate trace = density.moment(1).times(41);
      Estimate square = density.moment(2).times(41);
      double restTrace = trace.value() - 2 * trace.standardError() + 1.25;
      double restSquare = square.value() + 2 * square.standardError() - 1.25 * 1.25;
      double byNorm = 0.5 * (restTrace - Math.sqrt(40 * restSquare));
      close("lower", sum.lower(), -1.75 + Math.max(-40 * 1.75, byNorm), 1e-12);
      double upper = Math.min(-1.5, Math.min(0, trace.value() + 2 * trace.standardError()));
      close("upper", sum.upper(), upper, 1e-12);
      double change = 41 * density.discretization(rule -> rule.sum(t -> Math.min(t, 0)));
      assertThat(change).isPositive();
      assertThat(sum.discretization()).isEqualTo(change);
      double spread = 41 * density.over(rule -> rule.sum(t -> Math.min(t, 0))).standardError();
      assertThat(sum.converged()).isEqualTo(change <= spread);
      close("error", sum.standardError(), Math.hypot(spread, change), 1e-12);
    }
  }

  @Test
  void aDensityOfOneEigenvalueIsAsWideAsAHundredthOfIt() {
    try (DenseOperator operator = multiple(3, 4)) {
      SpectralDensity density =
          SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 1).with(4, 4));
      assertThat(density.operator()).isEqualTo(operator.name());
      SpectralDensity.Curve curve = density.curve(5);
      close("width", curve.width(), 0.03, 1e-15);
      close("grid", curve.grid(), new double[] {2.82, 2.91, 3, 3.09, 3.18}, 1e-14);
      close("peak", curve.values()[2], 1 / (0.03 * Math.sqrt(2 * Math.PI)), 1e-9);
      close("one point", density.curve(1).grid(), new double[] {2.82}, 1e-14);
      double node = density.rules()[0].nodes()[0];
      assertThat(density.cumulative(node + 1e-12).value()).isEqualTo(1);
      assertThat(density.cumulative(node - 1e-12).value()).isZero();
      assertThat(density.halved().rules()).hasSize(4);
      assertThat(density.mean(t -> t).converged()).isTrue();
    }
  }
}
