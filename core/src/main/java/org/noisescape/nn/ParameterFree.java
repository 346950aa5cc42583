package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/**
 * Tangents through a layer without parameters: what goes forward and what comes back, with and
 * without second derivatives. Where the layer works element by element, {@link ElementwiseLayer}
 * has all of its rules.
 */
public abstract class ParameterFree implements LinearizedLayer {
  /** Takes one tangent or cotangent from the first tensor to the second. */
  @FunctionalInterface
  public interface Move {
    /** Writes what becomes of one tensor into another. */
    void apply(Tensor from, Tensor to);
  }

  /**
   * A linear layer, whose rules take the tangents one by one.
   *
   * @param push ẏ from ẋ
   * @param pull x̄̇ from ȳ̇
   */
  public static LinearizedLayer linear(TangentWiring wiring, Move push, Move pull) {
    int tangents = wiring.tangents();
    TangentBlock xDot = TangentBlock.of(wiring.xDot(), tangents);
    TangentBlock yDot = TangentBlock.of(wiring.yDot(), tangents);
    TangentBlock xBarDot = TangentBlock.of(wiring.xBarDot(), tangents);
    TangentBlock yBarDot = TangentBlock.of(wiring.yBarDot(), tangents);
    return new ParameterFree() {
      @Override
      protected void push() {
        for (int k = 0; xDot != null && k < tangents; k++) {
          push.apply(xDot.single()[k], yDot.single()[k]);
        }
      }

      @Override
      protected void pull(Order order) {
        for (int k = 0; xBarDot != null && k < tangents; k++) {
          pull.apply(yBarDot.single()[k], xBarDot.single()[k]);
        }
      }
    };
  }

  /** Whether the second derivatives of the layer enter. */
  public enum Order {
    /** No: the adjoint of the tangent. */
    FIRST,
    /** Yes: the tangent of the backward pass. */
    SECOND
  }

  /** ẏ from ẋ. */
  protected abstract void push();

  /** x̄̇ from ȳ̇. */
  protected abstract void pull(Order order);

  @Override
  public final void tangent(Tensor[] theta, Tensor[][] thetaDot) {
    push();
  }

  @Override
  public final void backwardTangent(
      Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
    pull(Order.SECOND);
  }

  @Override
  public final void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    pull(Order.FIRST);
  }
}
