package org.noisescape.linop;

import org.noisescape.tensor.Tensor;

/** An operator that counts its products, for budgets and tests. */
public final class Counting extends Derived {
  private long products;

  /** Counts from zero. */
  public Counting(LinearOperator operator) {
    super(operator);
  }

  /** Products since construction, one a vector. */
  public long products() {
    return products;
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    products += x.dim(0);
    base().apply(x, y);
  }
}
