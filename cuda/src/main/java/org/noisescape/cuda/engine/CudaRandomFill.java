package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.*;

/** To come. */
final class CudaRandomFill extends RandomFill {
  CudaRandomFill(Device device) {}

  @Override
  protected void computeNormal(Tensor x, Tensor w, Tensor sigma, Tensor keys, Tensor step) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeRademacher(Tensor x, Tensor keys, Tensor step) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeDraws(Tensor indices, int size, Tensor keys, Tensor step) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computePermutation(Tensor indices, int size, Tensor keys, Tensor step) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void computeAdvance(Tensor step) {
    throw new UnsupportedOperationException();
  }
}
