package org.noisescape.tensor;

/**
 * One prepared max-pooling.
 *
 * <p>Shapes: x (R, N, H·W·C), y and argmax (R, N, H′·W′·C), channels-last. argmax holds the
 * position of the maximum in its sample's x; the first in row order where several are equal. A
 * not-a-number wins over any number. Padding counts as −∞ and is at most half the kernel, so that
 * no window lies wholly in it.
 */
public abstract non-sealed class MaxPoolPlan extends PoolPlan {
  /** Called by engines. */
  protected MaxPoolPlan(ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    super("maxPool", geometry, dtype, replicas, samples);
    int kernel = Math.min(geometry.kernelHeight(), geometry.kernelWidth());
    if (2 * geometry.padding() > kernel) {
      throw Check.wrong(
          "maxPool",
          "padding must be at most half the kernel, got padding %d with kernel %dx%d"
              .formatted(geometry.padding(), geometry.kernelHeight(), geometry.kernelWidth()));
    }
  }

  /** y ← maxima of x over the windows; argmax (int32) ← where they are. */
  public final void forward(Tensor x, Tensor y, Tensor argmax) {
    arguments("maxPool forward", x, y, argmax);
    computeForward(x, y, argmax);
  }

  /** ẏ ← ẋ at the maxima of the forward pass. */
  public final void tangent(Tensor xDot, Tensor argmax, Tensor yDot) {
    arguments("maxPool tangent", xDot, yDot, argmax);
    computeTangent(xDot, argmax, yDot);
  }

  /** x̄ ← ȳ scattered to the maxima, zero elsewhere. */
  public final void inputGradient(Tensor yBar, Tensor argmax, Tensor xBar) {
    arguments("maxPool inputGradient", xBar, yBar, argmax);
    computeInputGradient(yBar, argmax, xBar);
  }

  /** Engine part of {@link #forward}. */
  protected abstract void computeForward(Tensor x, Tensor y, Tensor argmax);

  /** Engine part of {@link #tangent}. */
  protected abstract void computeTangent(Tensor xDot, Tensor argmax, Tensor yDot);

  /** Engine part of {@link #inputGradient}. */
  protected abstract void computeInputGradient(Tensor yBar, Tensor argmax, Tensor xBar);

  private void arguments(String operation, Tensor x, Tensor y, Tensor argmax) {
    input(operation, x);
    output(operation, "y", y, dtype());
    output(operation, "argmax", argmax, DType.INT32);
  }
}
