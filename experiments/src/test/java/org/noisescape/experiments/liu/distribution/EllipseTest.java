package org.noisescape.experiments.liu.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EllipseTest {
  @Test
  void ellipseHasItsBoundaryAtThreeSigma() {
    Ellipse ellipse = Ellipse.of(new double[][] {{4, 1}, {1, 1}});
    // along (1, 0): wᵀΣ⁻¹w = w²·1/3, so the boundary is at 3√3
    double edge = 3 * Math.sqrt(3);
    assertThat(ellipse.inside().applyAsDouble(new double[] {edge - 1e-9, 0})).isEqualTo(1);
    assertThat(ellipse.inside().applyAsDouble(new double[] {edge + 1e-9, 0})).isZero();
    assertThat(Ellipse.NORMAL_SHARE).isCloseTo(0.98889, within(1e-5));
  }
}
