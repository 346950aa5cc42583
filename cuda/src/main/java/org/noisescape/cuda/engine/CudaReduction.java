package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.*;

/** To come. */
final class CudaReduction extends Reduction {
  CudaReduction(Device device) {}

  @Override
  protected void computeSum(Tensor x, Tensor out, Accumulation accumulation) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeDot(Tensor x, Tensor y, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeSampleDots(Tensor x, Tensor y, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeDenseGradientNorms(Tensor x, Tensor yBar, Tensor norms) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeCorrect(
      Tensor output, Tensor target, int valid, Tensor out, Accumulation accumulation) {
    throw new UnsupportedOperationException();
  }
}
