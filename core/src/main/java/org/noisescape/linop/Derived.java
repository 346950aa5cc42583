package org.noisescape.linop;

import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;

/** An operator with the dimension, block, engine and type of another. */
abstract class Derived implements LinearOperator {
  private final LinearOperator base;

  Derived(LinearOperator base) {
    this.base = base;
  }

  LinearOperator base() {
    return base;
  }

  @Override
  public String name() {
    return base.name();
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
  public double cancellation() {
    return base.cancellation();
  }
}
