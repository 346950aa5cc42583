package org.noisescape.dynamics.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.testing.Vectors;

/** Minima, barriers and curvatures are where the formulas say. */
class WellsTest {
  @Test
  void quarticWellHasItsBarrierAndCurvatures() {
    QuarticWell well = QuarticWell.ofCurvature(3, 5);
    assertThat(well.value(0)).isEqualTo(3);
    assertThat(well.slope(0)).isZero();
    assertThat(well.curvature(0)).isCloseTo(well.curvatureOfBarrier(), within(1e-14));
    assertThat(well.value(well.minimum())).isZero();
    assertThat(well.slope(-well.minimum())).isZero();
    assertThat(well.curvature(well.minimum())).isCloseTo(5, within(1e-14));
    assertThat(well.curvatureOfMinimum()).isCloseTo(5, within(1e-14));
  }

  @Test
  void powerWellHasItsBarrierWhereTheLogarithmicSlopesCancel() {
    PowerWell well = new PowerWell(15, 2.5, 3);
    assertThat(well.barrier()).isCloseTo(1 / 11.0, within(1e-16));
    assertThat(well.slope(well.barrier())).isCloseTo(0, within(1e-13));
    assertThat(well.curvature(well.barrier())).isNegative();
    assertThat(well.value(1)).isZero();
    assertThat(well.slope(1)).isZero();
    // 15 · 2^2.5 · 1.5^3 from the text's formula by hand
    assertThat(well.value(0.5)).isCloseTo(15 * Math.pow(0.5, 2.5) * 3.375, within(1e-14));
  }

  @Test
  void wellsOnTheCornersOfABoxAreAllMinima() {
    Separable wells = Separable.copies(new QuarticWell(2, 1), 3);
    double[] gradient = new double[3];
    for (int corner = 0; corner < 8; corner++) {
      double[] at = {(corner & 1) * 2 - 1, (corner & 2) - 1, (corner & 4) / 2 - 1};
      wells.gradient(at, gradient);
      assertThat(Vectors.dot(gradient, gradient)).isZero();
      assertThat(wells.value(at)).isZero();
    }
    assertThat(wells.value(new double[] {0, 1, 1})).isEqualTo(2);
  }

  @Test
  void sliceHoldsWhatTheLandscapeHas() {
    DisplacedCopies copies =
        DisplacedCopies.normal(Separable.copies(new PowerWell(2, 2.5, 3), 2), 9, 0.04, 3);
    double[] at = {0.8, -0.3};
    double[] gradient = new double[2];
    double[] hessian = new double[4];
    copies.gradient(at, gradient);
    copies.hessian(at, hessian);
    double sum = 0;
    for (int j = 0; j < 2; j++) {
      Curve slice = copies.slice(j);
      sum += slice.value(at[j]);
      assertThat(slice.slope(at[j])).isCloseTo(gradient[j], within(1e-13));
      assertThat(slice.curvature(at[j])).isCloseTo(hessian[3 * j], within(1e-13));
    }
    assertThat(sum).isCloseTo(copies.value(at), within(1e-13));
  }

  @Test
  void toyValleysAreThoseOfTheText() {
    double[] at = {0.3, -0.2, 0.5, -0.9};
    assertThat(Valley.absolute().value(at))
        .isCloseTo(0.4 * 0.09 + 1.3 * 0.04, within(1e-15)); // |θ₃+θ₄|θ₁² + |θ₃+2θ₄|θ₂²
    assertThat(Valley.gaussian().value(at))
        .isCloseTo((4 - 2 * Math.exp(-1.06)) * 0.09 + Math.exp(-1.96) * 0.04, within(1e-15));
    assertThat(Valley.inclined(0.01).value(new double[] {0.3, -0.2}))
        .isCloseTo(0.5 * 1.04 * 0.09 - 0.002, within(1e-16));
  }

  @Test
  void traceAndDeterminantAreThoseOfTheHessianAtTheFloor() {
    Valley valley = Valley.gaussian();
    double[] at = {0, 0, 0.5, -0.4};
    double[] h = new double[16];
    valley.hessian(at, h);
    assertThat(valley.trace(at)).isCloseTo(h[0] + h[5], within(1e-14));
    assertThat(valley.logDeterminant(at)).isCloseTo(Math.log(h[0] * h[5]), within(1e-14));
    // ∇T of the valley whose trace has |∇T|² = 52, Wei and Schwab's Fig. 2 (b)
    Valley absolute = Valley.absolute();
    double square = 0;
    for (int j = 0; j < 4; j++) {
      double slope = 0;
      for (int i = 0; i < 2; i++) {
        slope += absolute.eigenvalueGradient(i, new double[] {0, 0, 0.5, 1})[j];
      }
      square += slope * slope;
    }
    assertThat(square).isEqualTo(52);
  }
}
