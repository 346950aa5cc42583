package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * Tangents through y = act(w ∗ x + b): as {@link LinearizedDense}, with convolutions for products.
 */
final class LinearizedConvolution implements LinearizedLayer {
  private final Wiring io;
  private final ConvolutionPlan plan;
  private final ConvolutionPlan merged;
  private final int tangents;
  private final TangentBlock xDot;
  private final TangentBlock yDot;
  private final TangentBlock xBarDot;
  private final TangentBlock yBarDot;
  private final Tensor y;
  private final Tensor outputBar;
  private final Tensor[] yDotRows;
  private final Tensor[] yBarDotRows;

  /**
   * Prepares views.
   *
   * @param plan for N samples
   * @param merged for the K·N samples of all tangents
   * @param outputBar cotangent after the activation; null where that is piecewise linear
   */
  LinearizedConvolution(
      Wiring io,
      ConvolutionPlan plan,
      ConvolutionPlan merged,
      Tensor outputBar,
      TangentWiring wiring) {
    this.io = io;
    this.plan = plan;
    this.merged = merged;
    this.tangents = wiring.tangents();
    this.xDot = TangentBlock.of(wiring.xDot(), tangents);
    this.yDot = TangentBlock.of(wiring.yDot(), tangents);
    this.xBarDot = TangentBlock.of(wiring.xBarDot(), tangents);
    this.yBarDot = TangentBlock.of(wiring.yBarDot(), tangents);
    int channels = plan.geometry().outputChannels();
    int rows =
        Sizes.product(
            "positions of all samples",
            "choose a smaller chunk",
            io.samples(),
            plan.geometry().positions());
    this.y = io.y().reshape(io.replicas(), rows, channels);
    this.outputBar = outputBar == null ? null : outputBar.reshape(y.shape());
    this.yDotRows = yDot.channels(channels).single();
    this.yBarDotRows = yBarDot.channels(channels).single();
  }

  @Override
  public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
    Accumulation second = Accumulation.OVERWRITE;
    if (xDot != null) {
      merged.linear(xDot.merged(), theta[0], yDot.merged(), Accumulation.OVERWRITE);
      second = Accumulation.ADD;
    }
    for (int k = 0; k < tangents; k++) {
      plan.linear(io.x(), thetaDot[k][0], yDot.single()[k], second);
      io.engine().tangents().activation(plan.activation(), y, bias(thetaDot[k]), yDotRows[k]);
    }
  }

  @Override
  public void backwardTangent(
      Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
    for (int k = 0; k < tangents; k++) {
      if (outputBar == null) {
        beforeActivation(k);
      } else {
        io.engine()
            .tangents()
            .activationBackward(
                plan.activation(),
                y,
                yDotRows[k],
                outputBar,
                yBarDotRows[k],
                null,
                Accumulation.OVERWRITE);
      }
    }
    adjoint(theta, thetaBarDot, accumulation);
    for (int k = 0; k < tangents; k++) {
      if (xBarDot != null) {
        plan.inputGradient(thetaDot[k][0], io.yBar(), xBarDot.single()[k], Accumulation.ADD);
      }
      if (xDot != null) {
        plan.weightGradient(xDot.single()[k], io.yBar(), thetaBarDot[k][0], null, Accumulation.ADD);
      }
    }
  }

  @Override
  public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    for (int k = 0; k < tangents; k++) {
      beforeActivation(k);
    }
    adjoint(theta, thetaBarDot, accumulation);
  }

  private void beforeActivation(int k) {
    Activation activation = plan.activation();
    io.engine()
        .pointwise()
        .activationBackward(activation, y, yBarDotRows[k], null, Accumulation.OVERWRITE);
  }

  /** The products with the cotangents before the activation. */
  private void adjoint(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    if (xBarDot != null) {
      merged.inputGradient(theta[0], yBarDot.merged(), xBarDot.merged(), Accumulation.OVERWRITE);
    }
    for (int k = 0; k < tangents; k++) {
      plan.weightGradient(
          io.x(), yBarDot.single()[k], thetaBarDot[k][0], bias(thetaBarDot[k]), accumulation);
    }
  }

  private static Tensor bias(Tensor[] parameters) {
    return parameters.length > 1 ? parameters[1] : null;
  }
}
