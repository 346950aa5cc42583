package org.noisescape.linop;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/** A + B. Cost: a product with A and one with B; memory: a block of vectors. */
public final class Sum extends Derived implements AutoCloseable {
  private final LinearOperator second;
  private final Arena arena;
  private final Tensor scratch;

  /**
   * The sum of two operators of one dimension, engine and type.
   *
   * @throws IllegalArgumentException where these differ
   */
  public Sum(LinearOperator first, LinearOperator second) {
    super(first);
    if (first.dimension() != second.dimension()
        || first.engine() != second.engine()
        || first.dtype() != second.dtype()) {
      throw new IllegalArgumentException(
          "%s (%s) and %s (%s) do not add: take one dimension, type and engine"
              .formatted(first.name(), describe(first), second.name(), describe(second)));
    }
    this.second = second;
    this.arena = first.engine().arena();
    this.scratch = arena.reserve(dtype(), block(), dimension());
    arena.commit();
  }

  private static String describe(LinearOperator operator) {
    return "%d %s on %s"
        .formatted(operator.dimension(), operator.dtype().label(), operator.engine().name());
  }

  @Override
  public String name() {
    return base().name() + " + " + second.name();
  }

  @Override
  public int block() {
    return Math.max(base().block(), second.block());
  }

  @Override
  public double cancellation() {
    return base().cancellation() + second.cancellation();
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    base().apply(x, y);
    for (int from = 0; from < x.dim(0); from += scratch.dim(0)) {
      int count = Math.min(scratch.dim(0), x.dim(0) - from);
      Tensor part = scratch.rows(0, count);
      second.apply(x.rows(from, count), part);
      engine().linearAlgebra().axpby(1, part, 1, y.rows(from, count));
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
