package org.noisescape.curvature;

import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.noisescape.linop.LinearOperator;
import org.noisescape.objective.LinearizedRisk;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** One of the operators of a {@link LinearizedRisk}. */
record RiskOperator(
    String name, LinearizedRisk risk, BiConsumer<Tensor, Tensor> product, DoubleSupplier cancelling)
    implements LinearOperator {
  @Override
  public int dimension() {
    return risk.network().parameterCount();
  }

  @Override
  public int block() {
    return risk.directions();
  }

  @Override
  public Engine engine() {
    return risk.engine();
  }

  @Override
  public DType dtype() {
    return risk.dtype();
  }

  @Override
  public double cancellation() {
    return cancelling.getAsDouble();
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    product.accept(x, y);
  }
}
