package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.Tensor;

/**
 * Mean over windows that lie beside each other, or over the whole image.
 *
 * <p>Shapes: x (R, N, H·W·C), y (R, N, H′·W′·C), channels-last. Rows and columns that fill no whole
 * window are dropped.
 *
 * @param kernel side of the window and step between windows; 0 for one window over all
 */
public record AveragePool2d(int kernel) implements Layer {
  private static final int WHOLE_IMAGE = 0;

  /** Checks the kernel. */
  public AveragePool2d {
    if (kernel < 0) {
      throw new IllegalArgumentException("AveragePool2d: kernel must be >= 1, got " + kernel);
    }
  }

  /** Global average-pooling: the mean of every channel. */
  public static AveragePool2d global() {
    return new AveragePool2d(WHOLE_IMAGE);
  }

  private ConvolutionGeometry geometry(int[] input) {
    if (input.length != 3) {
      throw new IllegalArgumentException(
          "AveragePool2d: input must be an image (H, W, C), got " + Tensor.describe(input));
    }
    boolean whole = kernel == WHOLE_IMAGE;
    return new ConvolutionGeometry(
        input[0],
        input[1],
        input[2],
        input[2],
        whole ? input[0] : kernel,
        whole ? input[1] : kernel,
        whole ? Math.max(input[0], input[1]) : kernel,
        0);
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
    private final AveragePoolPlan plan;

    Bound(Wiring io, ConvolutionGeometry geometry) {
      super(io);
      this.plan =
          io.engine()
              .convolution()
              .averagePool(geometry, io.dtype(), io.replicas(), io.samples(), io.arena());
    }

    @Override
    protected void forward() {
      plan.forward(io().x(), io().y());
    }

    @Override
    protected void backward() {
      plan.inputGradient(io().yBar(), io().xBar());
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      return ParameterFree.linear(wiring, plan::forward, plan::inputGradient);
    }
  }
}
