package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.Scaled;
import org.noisescape.linop.Sum;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.TestedEngines;

@Tag(TestedEngines.TAG)
class DeterminismTest {
  static Stream<SpectrumCase> spectra() {
    return SpectrumCase.all();
  }

  @ParameterizedTest
  @MethodSource("spectra")
  void aMatrixPasses(SpectrumCase spectrum) {
    try (DenseOperator operator = spectrum.operator(1)) {
      Determinism measured = Determinism.require(operator, 1);
      assertThat(measured.difference()).isZero();
      assertThat(measured.products()).isEqualTo(3);
    }
  }

  @Test
  void anOperatorThatChangesIsRefusedWithTheReason() {
    try (DenseOperator dense = dense(DType.FLOAT32)) {
      LinearOperator drifting = new Drifting(dense, 1e-3);
      assertThatThrownBy(() -> Determinism.require(drifting, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("drifting: two products with one vector differ by 0.0010 of their");
    }
  }

  /** A relative change of 2⁻⁵⁰ is one of 4 roundings. */
  @Test
  void aFewRoundingsPassWhereAllowed() {
    try (DenseOperator dense = dense(DType.FLOAT64)) {
      assertThat(Determinism.require(new Drifting(dense, 0x1p-50), 1, 8, 64).difference())
          .isBetween(0x1p-51, 0x1p-49);
      assertThatThrownBy(() -> Determinism.require(new Drifting(dense, 0x1p-50), 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anOperatorThatIsNotSymmetricIsRefused() {
    double[][] matrix = Spectra.matrix(3, Spectra.values(97, i -> 1 + i));
    matrix[3][60] += 1;
    try (DenseOperator skew = dense(DType.FLOAT64, matrix)) {
      assertThatThrownBy(() -> Determinism.require(skew, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("dense: ⟨u, Av⟩ and ⟨v, Au⟩ differ by")
          .hasMessageContaining("not symmetric");
    }
  }

  /** (A + B) − B in float32: products are A's, and the rounding of B's, which is not symmetric. */
  @Test
  void anOperatorWhoseTermsCancelIsSymmetricUpToTheirRounding() {
    double[][] large = Spectra.matrix(5, Spectra.values(97, i -> 1e4 / (1 + i)));
    for (double size : new double[] {0, 1e-6, 1}) {
      double[][] sum = Spectra.matrix(3, Spectra.values(97, i -> size / (1 + i)));
      for (int i = 0; i < 97; i++) {
        for (int j = 0; j < 97; j++) {
          sum[i][j] += large[i][j];
        }
      }
      try (DenseOperator first = dense(DType.FLOAT32, sum);
          DenseOperator second = dense(DType.FLOAT32, large);
          Sum operator = new Sum(first, new Scaled(second, -1))) {
        Determinism measured = Determinism.require(operator, 1);
        assertThat(measured.isZero()).as("size %s", size).isEqualTo(size < 1);
        if (size == 1e-6) {
          assertThat(measured.rounding()).isBetween(1e-5, 1.0);
        }
      }
    }
  }

  /** |Av|, |Au| ≤ size are nothing but rounding up to a quarter of it. */
  @Test
  void productsOfAQuarterOfTheRoundingAreZero() {
    assertThat(new Determinism(0, 0, 2, 8, 0, 3).isZero()).isTrue();
    assertThat(new Determinism(0, 0, Math.nextUp(2.0), 8, 0, 3).isZero()).isFalse();
    try (DenseOperator dense = dense(DType.FLOAT64)) {
      Determinism measured = Determinism.measure(new Drifting(dense, 0x1p-20), 1);
      assertThat(measured.difference()).isBetween(0x1p-21, 0x1p-19);
    }
  }

  @Test
  void anOperatorThatIsNotFiniteIsRefused() {
    double[][] matrix = new double[5][5];
    matrix[2][2] = Double.NaN;
    try (DenseOperator broken = dense(DType.FLOAT64, matrix)) {
      assertThatThrownBy(() -> Determinism.require(broken, 1))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("dense");
    }
  }

  private static DenseOperator dense(DType dtype) {
    return new DenseOperator(
        EngineUnderTest.HOST.engine(), dtype, 1, Spectra.matrix(3, Spectra.values(97, i -> 1 + i)));
  }

  private static DenseOperator dense(DType dtype, double[][] matrix) {
    return new DenseOperator(EngineUnderTest.HOST.engine(), dtype, 1, matrix);
  }

  /** Multiplies by 1, 1 + change, 1, 1 + change, …. */
  private static final class Drifting implements LinearOperator {
    private final LinearOperator base;
    private final double change;
    private int products;

    Drifting(LinearOperator base, double change) {
      this.base = base;
      this.change = change;
    }

    @Override
    public String name() {
      return "drifting";
    }

    @Override
    public int dimension() {
      return base.dimension();
    }

    @Override
    public int block() {
      return base.block();
    }

    @Override
    public Engine engine() {
      return base.engine();
    }

    @Override
    public DType dtype() {
      return base.dtype();
    }

    @Override
    public void apply(Tensor x, Tensor y) {
      base.apply(x, y);
      engine().linearAlgebra().axpby(products++ % 2 == 0 ? 1 : 1 + change, y, 0, y);
    }
  }
}
