package org.noisescape.tensor;

/**
 * One prepared pooling: what maxima and means have in common.
 *
 * <p>Shapes: x (R, N, H·W·C), y (R, N, H′·W′·C), channels-last.
 */
abstract sealed class PoolPlan permits AveragePoolPlan, MaxPoolPlan {
  private final ConvolutionGeometry geometry;
  private final DType dtype;
  private final int replicas;
  private final int samples;

  PoolPlan(String name, ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    if (geometry.inputChannels() != geometry.outputChannels()) {
      throw Check.wrong(
          name,
          "input and output channels must be equal, got %d and %d"
              .formatted(geometry.inputChannels(), geometry.outputChannels()));
    }
    this.geometry = geometry;
    this.dtype = dtype;
    this.replicas = replicas;
    this.samples = samples;
  }

  /** The sizes. */
  protected final ConvolutionGeometry geometry() {
    return geometry;
  }

  /** Element type. */
  protected final DType dtype() {
    return dtype;
  }

  /** Replicas R. */
  protected final int replicas() {
    return replicas;
  }

  /** Samples N. */
  protected final int samples() {
    return samples;
  }

  final void input(String operation, Tensor x) {
    int pixels = geometry.height() * geometry.width();
    Check.dtype(operation, "x", x, dtype);
    Check.shape(operation, "x", x, replicas, samples, pixels * geometry.inputChannels());
  }

  final void output(String operation, String name, Tensor y, DType type) {
    Check.dtype(operation, name, y, type);
    Check.shape(
        operation, name, y, replicas, samples, geometry.positions() * geometry.inputChannels());
  }
}
