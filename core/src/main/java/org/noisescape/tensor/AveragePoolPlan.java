package org.noisescape.tensor;

/**
 * One prepared average-pooling, a linear map.
 *
 * <p>Shapes: x (R, N, H·W·C), y (R, N, H′·W′·C), channels-last. y is the mean over a window, which
 * lies wholly in the image: there is no padding.
 */
public abstract class AveragePoolPlan {
  private final ConvolutionGeometry geometry;
  private final DType dtype;
  private final int replicas;
  private final int samples;

  /** Called by engines. */
  protected AveragePoolPlan(ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    if (geometry.inputChannels() != geometry.outputChannels()) {
      throw new IllegalArgumentException(
          "averagePool: input and output channels must be equal, got %d and %d"
              .formatted(geometry.inputChannels(), geometry.outputChannels()));
    }
    if (geometry.padding() != 0) {
      throw new IllegalArgumentException(
          "averagePool: padding must be 0, got " + geometry.padding());
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

  /** y ← means of x over the windows. Serves as its own tangent. */
  public final void forward(Tensor x, Tensor y) {
    arguments("averagePool forward", x, y);
    computeForward(x, y);
  }

  /** x̄ ← ȳ spread evenly over the windows. */
  public final void inputGradient(Tensor yBar, Tensor xBar) {
    arguments("averagePool inputGradient", xBar, yBar);
    computeInputGradient(yBar, xBar);
  }

  /** Engine part of {@link #forward}. */
  protected abstract void computeForward(Tensor x, Tensor y);

  /** Engine part of {@link #inputGradient}. */
  protected abstract void computeInputGradient(Tensor yBar, Tensor xBar);

  private void arguments(String operation, Tensor x, Tensor y) {
    int channels = geometry.inputChannels();
    Check.dtype(operation, "x", x, dtype);
    Check.shape(
        operation, "x", x, replicas, samples, geometry.height() * geometry.width() * channels);
    Check.dtype(operation, "y", y, dtype);
    Check.shape(operation, "y", y, replicas, samples, geometry.positions() * channels);
  }
}
