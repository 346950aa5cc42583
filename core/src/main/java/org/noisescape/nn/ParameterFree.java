package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/** Directions through a layer without parameters. */
abstract class ParameterFree implements LinearizedLayer {
  /** Takes a tangent or a cotangent of one direction from the first tensor to the second. */
  interface Move {
    void apply(Tensor from, Tensor to);
  }

  /**
   * A linear layer, whose rules take the directions one by one.
   *
   * @param push ẏ from ẋ
   * @param pull x̄̇ from ȳ̇
   */
  static LinearizedLayer linear(TangentWiring wiring, Move push, Move pull) {
    int directions = wiring.directions();
    Directions xDot = Directions.of(wiring.xDot(), directions);
    Directions yDot = Directions.of(wiring.yDot(), directions);
    Directions xBarDot = Directions.of(wiring.xBarDot(), directions);
    Directions yBarDot = Directions.of(wiring.yBarDot(), directions);
    return new ParameterFree() {
      @Override
      void push() {
        for (int k = 0; xDot != null && k < directions; k++) {
          push.apply(xDot.single()[k], yDot.single()[k]);
        }
      }

      @Override
      void pull(Order order) {
        for (int k = 0; xBarDot != null && k < directions; k++) {
          pull.apply(yBarDot.single()[k], xBarDot.single()[k]);
        }
      }
    };
  }

  /** Whether the second derivatives of the layer enter. */
  enum Order {
    /** No: the adjoint of the tangent. */
    FIRST,
    /** Yes: the tangent of the backward pass. */
    SECOND
  }

  /** ẏ from ẋ. */
  abstract void push();

  /** x̄̇ from ȳ̇. */
  abstract void pull(Order order);

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
