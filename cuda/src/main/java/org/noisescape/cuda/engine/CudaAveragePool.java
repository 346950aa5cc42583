package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Average-pooling. The gradient is a gather: a pixel sums the windows it is in, in row order. */
final class CudaAveragePool extends AveragePoolPlan {
  private static final String FILE = "pooling";

  private final KernelPair forward;
  private final KernelPair gradient;

  CudaAveragePool(
      Device device, ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    super(geometry, dtype, replicas, samples);
    this.forward = new KernelPair(device, FILE, "average_pool");
    this.gradient = new KernelPair(device, FILE, "average_pool_gradient");
  }

  @Override
  protected void computeForward(Tensor x, Tensor y) {
    launch(forward.of(dtype()), x, y);
  }

  @Override
  protected void computeInputGradient(Tensor yBar, Tensor xBar) {
    launch(gradient.of(dtype()), yBar, xBar);
  }

  /** A thread an element of what is written. */
  private void launch(Kernel kernel, Tensor from, Tensor to) {
    kernel
        .with(Address.of(from))
        .with(Address.stride(from))
        .with(Address.of(to))
        .with(Address.stride(to))
        .with(samples())
        .with(replicas());
    ConvolutionKernels.with(kernel, geometry()).over((long) samples() * to.dim(2), replicas());
  }
}
