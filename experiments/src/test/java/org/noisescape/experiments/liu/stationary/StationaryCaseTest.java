package org.noisescape.experiments.liu.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.junit.jupiter.api.Test;

class StationaryCaseTest {
  @Test
  void contractionIsTheSpectralRadiusOfTheStep() {
    for (double mu : new double[] {0, 0.4, 0.9}) {
      for (double nu : new double[] {0, 0.7, 1}) {
        for (double x : new double[] {0.01, 0.8, 1.7}) {
          double direct = 1 - mu * nu;
          double[][] step = {{1 - x * direct, -x * nu * mu}, {1 - mu, mu}};
          double largest = 0;
          for (var z :
              new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(step)).getEigenvalues()) {
            largest = Math.max(largest, z.norm());
          }
          assertThat(StationaryCase.contraction(mu, nu, x)).isCloseTo(largest, within(1e-7));
        }
      }
    }
    assertThat(StationaryCase.contraction(0.25, 0.1))
        .isEqualTo(StationaryCase.contraction(0.25, 1, 0.1 / 0.75));
  }

  @Test
  void caseThatDoesNotContractIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StationaryCase(
                    new StationaryCase.Label("a", "b", "c", 1, 0, 0, 1),
                    null,
                    null,
                    List.of(),
                    1,
                    new double[1],
                    1,
                    List.of()))
        .withMessageContaining("contracts");
  }
}
