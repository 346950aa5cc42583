package org.noisescape.krylov;

import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** An operator of any dimension that cannot be applied, for what is computed before. */
record Resized(LinearOperator base, int dimension) implements LinearOperator {
  @Override
  public String name() {
    return base.name();
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
    throw new UnsupportedOperationException("only the dimension is known");
  }
}
