package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;
import org.noisescape.tensor.Tensor;

/**
 * Maximum over windows; padding counts as −∞.
 *
 * <p>Shapes: x (R, N, H·W·C), y (R, N, H′·W′·C), channels-last. Rows and columns that fill no whole
 * window are dropped.
 *
 * @param kernel side of the window
 * @param stride step between windows
 * @param padding pixels on each side, at most half the kernel
 */
public record MaxPool2d(int kernel, int stride, int padding) implements Layer {
  /** Checks the padding: no window may lie wholly in it. */
  public MaxPool2d {
    if (padding < 0 || padding > kernel / 2) {
      throw new IllegalArgumentException(
          "MaxPool2d: padding must be from 0 to half the window of %d, got %d"
              .formatted(kernel, padding));
    }
  }

  /** Without padding. */
  public MaxPool2d(int kernel, int stride) {
    this(kernel, stride, 0);
  }

  private ConvolutionGeometry geometry(int[] input) {
    if (input.length != 3) {
      throw new IllegalArgumentException(
          "MaxPool2d: input must be an image (H, W, C), got " + Tensor.describe(input));
    }
    return new ConvolutionGeometry(
        input[0], input[1], input[2], input[2], kernel, kernel, stride, padding);
  }

  @Override
  public int[] outputShape(int[] input) {
    ConvolutionGeometry geometry = geometry(input);
    return new int[] {geometry.outputHeight(), geometry.outputWidth(), input[2]};
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return List.of();
  }

  @Override
  public boolean isPiecewiseLinear() {
    return true;
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring, geometry(wiring.inputShape()));
  }

  private static final class Bound extends BoundParameterFree {
    private final MaxPoolPlan plan;
    private final Tensor argmax;

    Bound(Wiring io, ConvolutionGeometry geometry) {
      super(io);
      this.plan =
          io.engine()
              .convolution()
              .maxPool(geometry, io.dtype(), io.replicas(), io.samples(), io.arena());
      this.argmax = io.arena().reserve(DType.INT32, io.y().shape());
    }

    @Override
    protected void forward() {
      plan.forward(io().x(), io().y(), argmax);
    }

    @Override
    protected void backward() {
      plan.inputGradient(io().yBar(), argmax, io().xBar());
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      return ParameterFree.linear(
          wiring,
          (xDot, yDot) -> plan.tangent(xDot, argmax, yDot),
          (yBarDot, xBarDot) -> plan.inputGradient(yBarDot, argmax, xBarDot));
    }
  }
}
