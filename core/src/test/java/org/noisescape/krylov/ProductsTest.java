package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;

/** Whose doing it is that a product is not finite. */
class ProductsTest {
  private final Engine engine = EngineUnderTest.HOST.engine();

  /** c·I. */
  private record Multiple(Engine engine, double factor) implements LinearOperator {
    @Override
    public String name() {
      return "multiple";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public int block() {
      return 1;
    }

    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public void apply(Tensor x, Tensor y) {
      engine.linearAlgebra().axpby(factor, x, 0, y);
    }
  }

  @Test
  void aVectorThatIsNotFiniteIsTheFaultOfWhoAppliesTheOperator() {
    assertThat(norm(2, 3, 4)).isEqualTo(10);
    assertThatThrownBy(() -> norm(2, 3, Double.NaN))
        .isInstanceOf(AssertionError.class)
        .hasMessage("multiple: norms of the vectors it is applied to: number 0 is NaN");
  }

  @Test
  void aProductThatIsNotFiniteIsTheFaultOfTheOperator() {
    assertThatThrownBy(() -> norm(Double.MAX_VALUE, 3, 4))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("multiple: the product with vector 1 is not finite");
  }

  private double norm(double factor, double... vector) {
    LinearOperator operator = new Multiple(engine, factor);
    try (Arena arena = engine.arena()) {
      Tensor x = arena.reserve(DType.FLOAT64, 1, 2);
      Tensor y = arena.reserve(DType.FLOAT64, 1, 2);
      Products products = new Products(operator, arena, 1);
      arena.commit();
      engine.memory().write(x, vector);
      return products.apply(x, y)[0];
    }
  }
}
