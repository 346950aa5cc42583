package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.Convolution;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;

/** Convolutions by cuDNN where it is installed, otherwise by products of unfolded images. */
final class CudaConvolution implements Convolution {
  private final Device device;

  CudaConvolution(Device device) {
    this.device = device;
  }

  @Override
  public ConvolutionPlan plan(
      ConvolutionGeometry geometry,
      Activation activation,
      DType dtype,
      int replicas,
      int samples,
      Arena arena) {
    CudaArena own = (CudaArena) arena;
    if (device.cudnn().isPresent() && replicas > 0 && samples > 0) {
      return new CudnnPlan(device, geometry, activation, dtype, replicas, samples, own);
    }
    return new UnfoldPlan(
        device, geometry, activation, dtype, replicas, samples, own, UnfoldMemory.BUDGET);
  }

  @Override
  public MaxPoolPlan maxPool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
    return new CudaMaxPool(device, geometry, dtype, replicas, samples);
  }

  @Override
  public AveragePoolPlan averagePool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
    return new CudaAveragePool(device, geometry, dtype, replicas, samples);
  }
}
