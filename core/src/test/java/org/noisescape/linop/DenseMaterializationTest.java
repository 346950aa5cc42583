package org.noisescape.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;

class DenseMaterializationTest {
  @ParameterizedTest
  @CsvSource({"1,1", "1,8", "7,1", "7,3", "7,8", "97,1", "97,3", "97,8", "96,8"})
  void theMatrixOfAnOperatorIsTheOneItMultipliesWith(int n, int block) {
    double[][] a = DenseOracle.normal(n, 1);
    try (DenseMaterialization result =
        DenseMaterialization.of(new MatrixOperator(a, block, DType.FLOAT64))) {
      assertThat(DenseOracle.elements(result.matrix())).isDeepEqualTo(a);
      assertThat(result.asymmetry()).isZero();
      assertThat(result.products()).isEqualTo(n);
    }
  }

  @Test
  void float32RoundsEachElementOnce() {
    double[][] a = DenseOracle.normal(31, 2);
    try (DenseMaterialization result =
        DenseMaterialization.of(new MatrixOperator(a, 4, DType.FLOAT32))) {
      for (int i = 0; i < 31; i++) {
        for (int j = 0; j < 31; j++) {
          assertThat(result.matrix().get(i, j)).isEqualTo((float) a[i][j]);
        }
      }
    }
  }

  @Test
  void aPlantedAsymmetryIsMeasuredAndHalved() {
    double[][] a = new double[5][5];
    for (int i = 0; i < 5; i++) {
      a[i][i] = 4;
    }
    a[3][1] = 0.5;
    a[1][3] = 0.25;
    try (DenseMaterialization result =
        DenseMaterialization.of(new MatrixOperator(a, 2, DType.FLOAT64))) {
      assertThat(result.asymmetry()).isCloseTo(0.25 / 4, within(1e-15));
      assertThat(result.matrix().get(3, 1)).isEqualTo(0.375);
      assertThat(result.matrix().get(1, 3)).isEqualTo(0.375);
    }
  }

  @Test
  void whatIsNotANumberIsRefused() {
    double[][] a = DenseOracle.normal(70, 3);
    a[69][2] = Double.NaN;
    assertThatThrownBy(() -> DenseMaterialization.of(new MatrixOperator(a, 3, DType.FLOAT64)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("unit vector 69 is not finite");
  }

  @Test
  void memoryIsSaidBeforehand() {
    LinearOperator operator = new MatrixOperator(new double[10][10], 3, DType.FLOAT32);
    assertThat(DenseMaterialization.bytes(operator)).isEqualTo(800 + 2 * 30 * 4);
  }

  /** Multiplies rows by a matrix that need not be symmetric, by plain loops. */
  private record MatrixOperator(double[][] a, int block, DType dtype) implements LinearOperator {
    @Override
    public String name() {
      return "matrix";
    }

    @Override
    public int dimension() {
      return a.length;
    }

    @Override
    public Engine engine() {
      return EngineUnderTest.HOST.engine();
    }

    @Override
    public void apply(Tensor x, Tensor y) {
      int n = a.length;
      double[] in = engine().memory().readDoubles(x);
      double[] out = new double[in.length];
      for (int row = 0; row < x.dim(0); row++) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            // zeros times NaN are left out, so that one element stays one element
            out[row * n + j] += in[row * n + i] == 0 ? 0 : in[row * n + i] * a[i][j];
          }
        }
      }
      engine().memory().write(y, out);
    }
  }
}
