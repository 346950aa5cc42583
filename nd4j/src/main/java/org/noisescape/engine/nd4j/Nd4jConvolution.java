package org.noisescape.engine.nd4j;

import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.Convolution;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;

/** Prepares convolutions and pooling; the scratch memory is ND4J's own. */
final class Nd4jConvolution implements Convolution {
  @Override
  public ConvolutionPlan plan(
      ConvolutionGeometry geometry,
      Activation activation,
      DType dtype,
      int replicas,
      int samples,
      Arena arena) {
    return new Nd4jConvolutionPlan(geometry, activation, dtype, replicas, samples);
  }

  @Override
  public MaxPoolPlan maxPool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
    return new Nd4jMaxPool(geometry, dtype, replicas, samples);
  }

  @Override
  public AveragePoolPlan averagePool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
    return new Nd4jAveragePool(geometry, dtype, replicas, samples);
  }
}
