package org.noisescape.tensor;

/**
 * One prepared max-pooling.
 *
 * <p>Shapes: x (R, N, H·W·C), y and argmax (R, N, H′·W′·C), channels-last. argmax holds the
 * position of the maximum in its sample's x; the first in row order where several are equal.
 * Windows that lie wholly in the padding cannot occur: the padding is at most half the kernel.
 */
public interface PoolingPlan {
  /** y ← maxima of x over the windows; argmax (int32) ← where they are. */
  void forward(Tensor x, Tensor y, Tensor argmax);

  /** x̄ ← ȳ scattered to the maxima, zero elsewhere. */
  void inputGradient(Tensor yBar, Tensor argmax, Tensor xBar);
}
