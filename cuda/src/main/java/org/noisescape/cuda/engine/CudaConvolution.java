package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.*;

/** To come. */
final class CudaConvolution implements Convolution {
  CudaConvolution(Device device) {}

  @Override
  public ConvolutionPlan plan(
      ConvolutionGeometry geometry,
      Activation activation,
      DType dtype,
      int replicas,
      int samples,
      Arena arena) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PoolingPlan maxPool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
    throw new UnsupportedOperationException();
  }
}
