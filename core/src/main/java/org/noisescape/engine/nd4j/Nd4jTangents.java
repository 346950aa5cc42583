package org.noisescape.engine.nd4j;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tangents;
import org.noisescape.tensor.Tensor;

/** Tangents of the pointwise operations. */
final class Nd4jTangents extends Tangents {
  @Override
  protected void computeActivation(Activation activation, Tensor y, Tensor biasDot, Tensor yDot) {
    throw new UnsupportedOperationException("activation tangent");
  }

  @Override
  protected void computeActivationBackward(
      Activation activation,
      Tensor y,
      Tensor yDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor biasBarDot,
      Accumulation accumulation) {
    throw new UnsupportedOperationException("activationBackward tangent");
  }

  @Override
  protected void computeSquaredError(
      Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    throw new UnsupportedOperationException("squaredError tangent");
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    throw new UnsupportedOperationException("softmaxCrossEntropy tangent");
  }

  @Override
  protected void computeSquaredErrorRoot(int k, int valid, Tensor scale, Tensor outputBar) {
    throw new UnsupportedOperationException("squaredErrorRoot");
  }

  @Override
  protected void computeSoftmaxCrossEntropyRoot(
      Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    throw new UnsupportedOperationException("softmaxCrossEntropyRoot");
  }

  @Override
  protected void computeScaleSamples(Tensor weights, Tensor x, Tensor out) {
    throw new UnsupportedOperationException("scaleSamples");
  }
}
