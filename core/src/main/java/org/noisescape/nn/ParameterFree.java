package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/** Directions through a layer without parameters. */
abstract class ParameterFree implements LinearizedLayer {
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
