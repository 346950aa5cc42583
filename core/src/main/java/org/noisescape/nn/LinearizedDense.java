package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * Directions through y = act(W x + b).
 *
 * <p>ẏ = act′ ⊙ (W ẋ + Ẇ x + ḃ); with z̄ the cotangent before the activation, x̄̇ = Wᵀ z̄̇ + Ẇᵀ z̄,
 * W̄̇ = z̄̇ xᵀ + z̄ ẋᵀ, b̄̇ = Σ z̄̇.
 */
final class LinearizedDense implements LinearizedLayer {
  private final Wiring io;
  private final Activation activation;
  private final Tensor outputBar;
  private final int directions;
  private final Directions xDot;
  private final Directions yDot;
  private final Directions xBarDot;
  private final Directions yBarDot;

  /**
   * Prepares views.
   *
   * @param outputBar cotangent after the activation; null where that is piecewise linear
   */
  LinearizedDense(Wiring io, Activation activation, Tensor outputBar, TangentWiring wiring) {
    this.io = io;
    this.activation = activation;
    this.outputBar = outputBar;
    this.directions = wiring.directions();
    this.xDot = Directions.of(wiring.xDot(), directions);
    this.yDot = Directions.of(wiring.yDot(), directions);
    this.xBarDot = Directions.of(wiring.xBarDot(), directions);
    this.yBarDot = Directions.of(wiring.yBarDot(), directions);
  }

  @Override
  public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
    LinearAlgebra algebra = io.engine().linearAlgebra();
    if (xDot != null) {
      algebra.gemm(Transpose.NO, Transpose.YES, 1, xDot.merged(), theta[0], 0, yDot.merged());
    }
    double beta = xDot == null ? 0 : 1;
    for (int k = 0; k < directions; k++) {
      Tensor dot = yDot.single()[k];
      algebra.gemm(Transpose.NO, Transpose.YES, 1, io.x(), thetaDot[k][0], beta, dot);
      io.engine().tangents().activation(activation, io.y(), thetaDot[k][1], dot);
    }
  }

  @Override
  public void backwardTangent(
      Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
    LinearAlgebra algebra = io.engine().linearAlgebra();
    for (int k = 0; k < directions; k++) {
      Tensor bar = yBarDot.single()[k];
      if (outputBar == null) {
        io.engine()
            .pointwise()
            .activationBackward(activation, io.y(), bar, thetaBarDot[k][1], accumulation);
      } else {
        io.engine()
            .tangents()
            .activationBackward(
                activation,
                io.y(),
                yDot.single()[k],
                outputBar,
                bar,
                thetaBarDot[k][1],
                accumulation);
      }
    }
    adjoint(theta, thetaBarDot, accumulation);
    for (int k = 0; k < directions; k++) {
      if (xBarDot != null) {
        algebra.gemm(
            Transpose.NO, Transpose.NO, 1, io.yBar(), thetaDot[k][0], 1, xBarDot.single()[k]);
      }
      if (xDot != null) {
        algebra.gemm(
            Transpose.YES, Transpose.NO, 1, io.yBar(), xDot.single()[k], 1, thetaBarDot[k][0]);
      }
    }
  }

  @Override
  public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    for (int k = 0; k < directions; k++) {
      io.engine()
          .pointwise()
          .activationBackward(
              activation, io.y(), yBarDot.single()[k], thetaBarDot[k][1], accumulation);
    }
    adjoint(theta, thetaBarDot, accumulation);
  }

  /** The products with the cotangents before the activation. */
  private void adjoint(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    LinearAlgebra algebra = io.engine().linearAlgebra();
    if (xBarDot != null) {
      algebra.gemm(Transpose.NO, Transpose.NO, 1, yBarDot.merged(), theta[0], 0, xBarDot.merged());
    }
    double beta = accumulation == Accumulation.ADD ? 1 : 0;
    for (int k = 0; k < directions; k++) {
      algebra.gemm(
          Transpose.YES, Transpose.NO, 1, yBarDot.single()[k], io.x(), beta, thetaBarDot[k][0]);
    }
  }
}
