package org.noisescape.linop;

import java.util.function.DoubleSupplier;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Tensor;

/**
 * D A D with a diagonal matrix D: for D = P^−½ a matrix in the coordinates of a preconditioner,
 * with the eigenvalues of P⁻¹A. Cost: a product with A; memory: a block of vectors and one more.
 */
public final class SymmetricallyScaled extends Derived implements AutoCloseable {
  private final DoubleSupplier cancellation;
  private final Arena arena;
  private final Tensor diagonal;
  private final Tensor scratch;

  /**
   * A matrix scaled from both sides.
   *
   * @param operator A
   * @param diagonal of D (P), finite
   * @param cancellation size of the terms that cancel in a product of D A D, as in {@link
   *     LinearOperator#cancellation}
   */
  public SymmetricallyScaled(
      LinearOperator operator, double[] diagonal, DoubleSupplier cancellation) {
    super(operator);
    if (diagonal.length != operator.dimension()) {
      throw new IllegalArgumentException(
          "a diagonal of %d numbers does not scale %s of dimension %d"
              .formatted(diagonal.length, operator.name(), operator.dimension()));
    }
    assert Finite.all("a diagonal", diagonal);
    this.cancellation = cancellation;
    this.arena = operator.engine().arena();
    this.diagonal = arena.reserve(dtype(), 1, dimension());
    this.scratch = arena.reserve(dtype(), block(), dimension());
    arena.commit();
    engine().memory().write(this.diagonal, diagonal);
  }

  @Override
  public String name() {
    return "preconditioned " + base().name();
  }

  @Override
  public double cancellation() {
    return cancellation.getAsDouble();
  }

  @Override
  public void apply(Tensor x, Tensor y) {
    for (int from = 0; from < x.dim(0); from += scratch.dim(0)) {
      int count = Math.min(scratch.dim(0), x.dim(0) - from);
      for (int i = 0; i < count; i++) {
        engine().pointwise().multiply(x.rows(from + i, 1), diagonal, scratch.rows(i, 1));
      }
      Tensor images = y.rows(from, count);
      base().apply(scratch.rows(0, count), images);
      for (int i = 0; i < count; i++) {
        Tensor image = images.rows(i, 1);
        engine().pointwise().multiply(image, diagonal, image);
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
