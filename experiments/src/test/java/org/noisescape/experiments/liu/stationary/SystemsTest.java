package org.noisescape.experiments.liu.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.optim.HeavyBall;

/** Matrices and rules that the stationary systems are made of, by hand. */
class SystemsTest {
  /** 30 degrees: cos² = 3/4, sin² = 1/4, cos sin = √3/4. */
  @Test
  void aRotatedMatrixKeepsItsEigenvalues() {
    double[][] turned = Systems.rotated(Math.PI / 6, 4, 1);
    double off = 3 * Math.sqrt(3) / 4;
    assertThat(turned[0]).containsExactly(new double[] {3.25, off}, within(1e-15));
    assertThat(turned[1]).containsExactly(new double[] {off, 1.75}, within(1e-15));
    double[][] identity = {{1, 0}, {0, 1}};
    assertThat(Systems.eigenvalues(identity, turned))
        .containsExactly(new double[] {1, 4}, within(1e-14));
  }

  /** [[2, 0], [0, 1]] times [[2, 1], [1, 2]] is [[4, 2], [1, 2]]: 3 ± √3. */
  @Test
  void eigenvaluesAreThoseOfTheProduct() {
    assertThat(
            Systems.eigenvalues(new double[][] {{2, 0}, {0, 1}}, new double[][] {{2, 1}, {1, 2}}))
        .containsExactly(new double[] {3 - Math.sqrt(3), 3 + Math.sqrt(3)}, within(1e-14));
  }

  @Test
  void momentumIsARuleWhereThereIsAny() {
    assertThat(Systems.momentum(0)).isEmpty();
    assertThat(Systems.momentum(0.5)).containsExactly(new HeavyBall(0.5));
  }
}
