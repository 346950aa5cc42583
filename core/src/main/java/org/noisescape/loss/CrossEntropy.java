package org.noisescape.loss;

import org.noisescape.tensor.Engine;
import org.noisescape.tensor.LossTally;
import org.noisescape.tensor.Tensor;

/**
 * ℓ = −Σ_k t_k log softmax(f)_k with t = (1 − ε)·one-hot + ε/K.
 *
 * <p>Source of label smoothing: Szegedy et al. (2016), section 7; PyTorch's convention.
 *
 * @param labelSmoothing ε in [0, 1)
 */
public record CrossEntropy(double labelSmoothing) implements Loss {
  /** Room for probabilities that were rounded to float32. */
  private static final double SUM_TOLERANCE = 1e-5;

  /** Checks ε. */
  public CrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must lie in [0, 1), got " + labelSmoothing);
    }
  }

  @Override
  public String name() {
    return labelSmoothing == 0 ? "ce" : "ce:" + labelSmoothing;
  }

  @Override
  public void prepareTargets(double[] targets, int outputs) {
    if (outputs < 2) {
      throw new IllegalArgumentException(
          "cross-entropy needs one-hot targets of at least 2 classes, got "
              + outputs
              + " output: use loss mse, or target one-hot");
    }
    for (int i = 0; i < targets.length; i++) {
      if (!(targets[i] >= 0 && targets[i] <= 1)) {
        throw new IllegalArgumentException(
            "cross-entropy needs targets in [0, 1], got " + targets[i] + ": use target one-hot");
      }
    }
    for (int row = 0; row < targets.length; row += outputs) {
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        sum += targets[row + k];
      }
      if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            "cross-entropy needs targets of sum 1, got a sum of " + sum + ": use target one-hot");
      }
      for (int k = 0; k < outputs; k++) {
        targets[row + k] = (1 - labelSmoothing) * targets[row + k] + labelSmoothing / outputs;
      }
    }
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
    engine.pointwise().softmaxCrossEntropy(output, target, valid, scale, losses, outputBar);
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
    engine.pointwise().softmaxCrossEntropy(output, target, valid, scale, losses, outputBar, tally);
  }

  @Override
  public void evaluateTangent(
      Engine engine,
      Tensor output,
      Tensor outputDot,
      int valid,
      Tensor scale,
      Tensor outputBarDot) {
    engine.tangents().softmaxCrossEntropy(output, outputDot, valid, scale, outputBarDot);
  }

  @Override
  public void curvatureRoot(
      Engine engine, Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    engine.tangents().softmaxCrossEntropyRoot(output, k, valid, scale, outputBar);
  }
}
