package org.noisescape.loss;

import org.noisescape.tensor.Engine;
import org.noisescape.tensor.LossTally;
import org.noisescape.tensor.Tensor;

/** ℓ = ½‖f − y‖², summed over the outputs. */
public record MeanSquare() implements Loss {
  @Override
  public String name() {
    return "mse";
  }

  @Override
  public boolean isHalfSquaredError() {
    return true;
  }

  @Override
  public void prepareTargets(double[] targets, int outputs) {
    // any real target is fine as it is
  }

  @Override
  public void evaluate(
      Engine engine,
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar) {
    engine.pointwise().squaredError(output, target, valid, scale, losses, outputBar);
  }

  @Override
  public void evaluate(
      Engine engine,
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    engine.pointwise().squaredError(output, target, valid, scale, losses, outputBar, tally);
  }

  @Override
  public void evaluateTangent(
      Engine engine,
      Tensor output,
      Tensor outputDot,
      int valid,
      Tensor scale,
      Tensor outputBarDot) {
    engine.tangents().squaredError(outputDot, valid, scale, outputBarDot);
  }

  @Override
  public void curvatureRoot(
      Engine engine, Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    engine.tangents().squaredErrorRoot(k, valid, scale, outputBar);
  }
}
