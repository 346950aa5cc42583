package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/**
 * The rules of a bound layer along K tangents v of θ, at the state of its last forward and backward
 * pass.
 *
 * <p>A dot marks the derivative along v, a bar a cotangent. Parameters of tangent k come as views
 * {@code thetaDot[k]} in the order of {@link Layer#parameters}, each (R, size). The rules allocate
 * nothing. Source: Pearlmutter (1994).
 */
public interface LinearizedLayer {
  /** The rule tangent: ẏ ← (∂f/∂x) ẋ + (∂f/∂θ) θ̇. */
  void tangent(Tensor[] theta, Tensor[][] thetaDot);

  /**
   * The rule backwardTangent: the derivative of x̄ and θ̄ along v, from ȳ̇ and the tangents.
   *
   * <p>Overwrites ȳ̇. θ̄̇ is summed over the samples (or added to what it held).
   */
  void backwardTangent(
      Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation);

  /**
   * The adjoint of {@link #tangent}: x̄̇ ← (∂f/∂x)ᵀ ȳ̇ and θ̄̇ ← (∂f/∂θ)ᵀ ȳ̇, summed over the
   * samples (or added to what θ̄̇ held).
   *
   * <p>Overwrites ȳ̇.
   */
  void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation);
}
