package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Tensor;

/** Tangents through y = act(γ x̂ + β), act piecewise linear. */
final class LinearizedNormalization implements LinearizedLayer {
  private final NormalizationPlan plan;
  private final Moments moments;
  private final Activation activation;
  private final Tensor x;
  private final Tensor y;
  private final Tensor yBar;
  private final int tangents;
  private final Tensor[] xDot;
  private final Tensor[] yDot;
  private final Tensor[] xBarDot;
  private final Tensor[] yBarDot;

  LinearizedNormalization(
      NormalizationPlan plan,
      Moments moments,
      Activation activation,
      Tensor x,
      Tensor y,
      Tensor yBar,
      TangentWiring wiring) {
    this.plan = plan;
    this.moments = moments;
    this.activation = activation;
    this.x = x;
    this.y = y;
    this.yBar = yBar;
    this.tangents = wiring.tangents();
    this.xDot = rows(wiring.xDot());
    this.yDot = rows(wiring.yDot());
    this.xBarDot = rows(wiring.xBarDot());
    this.yBarDot = rows(wiring.yBarDot());
  }

  /** Views (R, M, C), one a tangent; nulls of null. */
  private Tensor[] rows(Tensor dots) {
    return dots == null
        ? new Tensor[tangents]
        : TangentBlock.of(dots, tangents).channels(plan.channels()).single();
  }

  @Override
  public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
    for (int k = 0; k < tangents; k++) {
      plan.tangent(x, moments, theta[0], xDot[k], thetaDot[k][0], thetaDot[k][1], yDot[k]);
      x.engine().tangents().activation(activation, y, null, yDot[k]);
    }
  }

  @Override
  public void backwardTangent(
      Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
    for (int k = 0; k < tangents; k++) {
      beforeActivation(k);
      plan.backwardTangent(
          x,
          moments,
          theta[0],
          xDot[k],
          thetaDot[k][0],
          yBar,
          yBarDot[k],
          xBarDot[k],
          thetaBarDot[k][0],
          thetaBarDot[k][1],
          accumulation);
    }
  }

  @Override
  public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    for (int k = 0; k < tangents; k++) {
      beforeActivation(k);
      plan.backward(
          x,
          moments,
          theta[0],
          yBarDot[k],
          xBarDot[k],
          thetaBarDot[k][0],
          thetaBarDot[k][1],
          accumulation);
    }
  }

  private void beforeActivation(int k) {
    x.engine()
        .pointwise()
        .activationBackward(activation, y, yBarDot[k], null, Accumulation.OVERWRITE);
  }
}
