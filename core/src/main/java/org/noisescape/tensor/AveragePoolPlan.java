package org.noisescape.tensor;

/**
 * One prepared average-pooling, a linear map.
 *
 * <p>Shapes: x (R, N, H·W·C), y (R, N, H′·W′·C), channels-last. y is the mean over a window, which
 * lies wholly in the image: there is no padding.
 */
public abstract non-sealed class AveragePoolPlan extends PoolPlan {
  /** Called by engines. */
  protected AveragePoolPlan(ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    super("averagePool", geometry, dtype, replicas, samples);
    if (geometry.padding() != 0) {
      throw Check.wrong("averagePool", "padding must be 0, got " + geometry.padding());
    }
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
    input(operation, x);
    output(operation, "y", y, dtype());
  }
}
