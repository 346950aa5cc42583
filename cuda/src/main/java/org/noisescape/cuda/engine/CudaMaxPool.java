package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;
import org.noisescape.tensor.Tensor;

/**
 * Max-pooling. The gradient is a gather: a pixel sums the windows whose maximum it is, in row
 * order.
 */
final class CudaMaxPool extends MaxPoolPlan {
  private static final String FILE = "pooling";

  private final ConvolutionGeometry g;
  private final int images;
  private final int replicas;
  private final int imageSize;
  private final int outputSize;
  private final Kernel forward;
  private final Kernel tangent;
  private final Kernel gradient;

  CudaMaxPool(Device device, ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    super(geometry, dtype, replicas, samples);
    this.g = geometry;
    this.images = samples;
    this.replicas = replicas;
    this.imageSize = g.height() * g.width() * g.inputChannels();
    this.outputSize = g.positions() * g.inputChannels();
    this.forward = device.kernels().get(FILE, dtype, "pool");
    this.tangent = device.kernels().get(FILE, dtype, "pool_tangent");
    this.gradient = device.kernels().get(FILE, dtype, "pool_gradient");
  }

  @Override
  protected void computeForward(Tensor x, Tensor y, Tensor argmax) {
    pointers(forward, x, y, argmax).with(images).with(replicas);
    ConvolutionKernels.with(forward, g).over((long) images * outputSize, replicas);
  }

  @Override
  protected void computeTangent(Tensor xDot, Tensor argmax, Tensor yDot) {
    pointers(tangent, xDot, argmax, yDot)
        .with(imageSize)
        .with(outputSize)
        .with(images)
        .with(replicas)
        .over((long) images * outputSize, replicas);
  }

  @Override
  protected void computeInputGradient(Tensor yBar, Tensor argmax, Tensor xBar) {
    pointers(gradient, yBar, argmax, xBar).with(images).with(replicas);
    ConvolutionKernels.with(gradient, g).over((long) images * imageSize, replicas);
  }

  private static Kernel pointers(Kernel kernel, Tensor... tensors) {
    for (Tensor tensor : tensors) {
      kernel.with(Address.of(tensor)).with(Address.stride(tensor));
    }
    return kernel;
  }
}
