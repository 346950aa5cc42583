package org.noisescape.linop;

import org.noisescape.tensor.Tensor;

/** c A. Cost: a product with A. */
public final class Scaled extends Derived {
  private final double factor;

  /** The multiple of an operator. */
  public Scaled(LinearOperator operator, double factor) {
    super(operator);
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException("factor must be finite, got " + factor);
    }
    this.factor = factor;
  }

  @Override
  public String name() {
    return factor + "·" + base().name();
  }

  @Override
  public double cancellation() {
    return Math.abs(factor) * base().cancellation();
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    base().apply(x, y);
    engine().linearAlgebra().axpby(factor, y, 0, y);
  }
}
