package org.noisescape.linop;

import org.noisescape.tensor.Tensor;

/** A + s I. Cost: a product with A. */
public final class Shifted extends Derived {
  private final double shift;

  /** An operator with all eigenvalues moved by a shift. */
  public Shifted(LinearOperator operator, double shift) {
    super(operator);
    if (!Double.isFinite(shift)) {
      throw new IllegalArgumentException("shift must be finite, got " + shift);
    }
    this.shift = shift;
  }

  @Override
  public String name() {
    return "%s %s %s·I".formatted(base().name(), shift < 0 ? "−" : "+", Math.abs(shift));
  }

  @Override
  public double cancellation() {
    return base().cancellation() + Math.abs(shift);
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    base().apply(x, y);
    engine().linearAlgebra().axpby(shift, x, 1, y);
  }
}
