package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.Convolution;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;

/** Convolutions by oneDNN in float32 and by unfolding in float64; pooling by plain loops. */
final class HostConvolution implements Convolution {
  private final Workers workers;

  HostConvolution(Workers workers) {
    this.workers = workers;
  }

  @Override
  public ConvolutionPlan plan(
      ConvolutionGeometry geometry,
      Activation activation,
      DType dtype,
      int replicas,
      int samples,
      Arena arena) {
    HostArena memory = (HostArena) arena;
    return dtype == DType.FLOAT32
        ? new DnnlConvolution(geometry, activation, replicas, samples, memory, workers)
        : new UnfoldConvolution(geometry, activation, replicas, samples, memory);
  }

  @Override
  public MaxPoolPlan maxPool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
    return new HostMaxPool(geometry, dtype, replicas, samples, workers);
  }

  @Override
  public AveragePoolPlan averagePool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
    return new HostAveragePool(geometry, dtype, replicas, samples, workers);
  }
}
