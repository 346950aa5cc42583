package org.noisescape.linop;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * Π A Π with an orthogonal projector Π: onto span Q (Π = QᵀQ for rows Q), or onto its complement.
 *
 * <p>Shapes: Q (q, P) with orthonormal rows, read in every product, so it must stay. Cost: a
 * product with A and 8 q P operations; memory: a block of vectors. Error: the products leave the
 * subspace by as much as the rows of Q miss orthonormality.
 */
public final class Projected extends Derived implements AutoCloseable {
  /** Where the projector maps to. */
  public enum Onto {
    /** The span of the rows. */
    SUBSPACE,
    /** What is orthogonal to all rows. */
    COMPLEMENT
  }

  private final Onto onto;
  private final Tensor rows;
  private final Arena arena;
  private final Tensor projected;
  private final Tensor coefficients;

  /** The restriction of an operator. */
  public Projected(LinearOperator operator, Tensor rows, Onto onto) {
    super(operator);
    if (rows.rank() != 2
        || rows.dim(1) != operator.dimension()
        || rows.dtype() != operator.dtype()
        || !rows.isContiguous()) {
      throw new IllegalArgumentException(
          "Projected: rows must be (q, %d) %s without gaps, got %s"
              .formatted(operator.dimension(), operator.dtype().label(), rows.describe()));
    }
    this.onto = onto;
    this.rows = rows.reshape(1, rows.dim(0), rows.dim(1));
    this.arena = engine().arena();
    this.projected = arena.reserve(dtype(), block(), dimension());
    this.coefficients = arena.reserve(dtype(), block(), 1, rows.dim(0));
    arena.commit();
  }

  @Override
  public String name() {
    return "%s on %s %d vectors"
        .formatted(
            base().name(),
            onto == Onto.SUBSPACE ? "the span of" : "the complement of",
            rows.dim(1));
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    for (int from = 0; from < x.dim(0); from += projected.dim(0)) {
      int count = Math.min(projected.dim(0), x.dim(0) - from);
      Tensor input = projected.rows(0, count);
      Tensor output = y.rows(from, count);
      engine().memory().copy(x.rows(from, count), input);
      project(input);
      base().apply(input, output);
      project(output);
    }
  }

  /** x ← Π x; a batch of products with single rows, since the rows of x may have gaps. */
  private void project(Tensor x) {
    Tensor vectors = x.reshape(x.dim(0), 1, x.dim(1));
    Tensor part = coefficients.rows(0, x.dim(0));
    var algebra = engine().linearAlgebra();
    algebra.gemm(Transpose.NO, Transpose.YES, 1, vectors, rows, 0, part);
    if (onto == Onto.SUBSPACE) {
      algebra.gemm(Transpose.NO, Transpose.NO, 1, part, rows, 0, vectors);
    } else {
      algebra.gemm(Transpose.NO, Transpose.NO, -1, part, rows, 1, vectors);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
