package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.*;

/** To come. */
final class CudaTangents extends Tangents {
  CudaTangents(Device device) {}

  @Override
  protected void computeActivation(Activation activation, Tensor y, Tensor biasDot, Tensor yDot) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeSquaredError(
      Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeSquaredErrorRoot(int k, int valid, Tensor scale, Tensor outputBar) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeSoftmaxCrossEntropyRoot(
      Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeScaleSamples(Tensor weights, Tensor x, Tensor out) {
    throw new UnsupportedOperationException();
  }
}
