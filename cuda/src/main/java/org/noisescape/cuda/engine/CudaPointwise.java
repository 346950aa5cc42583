package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.*;

/** To come. */
final class CudaPointwise extends Pointwise {
  CudaPointwise(Device device) {}

  @Override
  protected void addBiasAndActivate(Activation activation, Tensor bias, Tensor x) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void applyActivation(Activation activation, Tensor x, Tensor y) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void applyActivationBackward(
      Activation activation, Tensor y, Tensor yBar, Tensor biasBar, Accumulation accumulation) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeSquaredError(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    throw new UnsupportedOperationException();
  }
}
