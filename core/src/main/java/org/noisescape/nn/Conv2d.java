package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * Two-dimensional cross-correlation, with a bias or without.
 *
 * <p>Shapes: x (R, N, H·W·C_in) channels-last, W (R, C_out·C_in·k·k), b (R, C_out), y (R, N,
 * H′·W′·C_out).
 *
 * @param outputs C_out
 * @param kernel k, rows and columns alike
 * @param stride step between positions
 * @param padding zeros on each side
 * @param bias whether there is b
 */
public record Conv2d(int outputs, int kernel, int stride, int padding, Bias bias) implements Layer {
  /** Whether a bias is added. */
  public enum Bias {
    /** y = w ∗ x + b. */
    ADDED,
    /** y = w ∗ x, for a batch normalisation to follow. */
    NONE
  }

  /** With a bias. */
  public Conv2d(int outputs, int kernel, int stride, int padding) {
    this(outputs, kernel, stride, padding, Bias.ADDED);
  }

  private ConvolutionGeometry geometry(int[] input) {
    if (input.length != 3) {
      throw new IllegalArgumentException(
          "Conv2d: input must be an image (H, W, C), got " + Tensor.describe(input));
    }
    return new ConvolutionGeometry(
        input[0], input[1], input[2], outputs, kernel, kernel, stride, padding);
  }

  @Override
  public int[] outputShape(int[] input) {
    ConvolutionGeometry geometry = geometry(input);
    return new int[] {geometry.outputHeight(), geometry.outputWidth(), outputs};
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    int area = kernel * kernel;
    ParameterSpec weight =
        ParameterSpec.weight(
            "weight",
            new int[] {outputs, input[2], kernel, kernel},
            fan(input[2], area),
            fan(outputs, area));
    return bias == Bias.NONE
        ? List.of(weight)
        : List.of(weight, ParameterSpec.vector("bias", outputs, 0));
  }

  private static int fan(int channels, int area) {
    return Sizes.product("channels times kernel", "choose fewer channels", channels, area);
  }

  @Override
  public boolean fuses(Activation activation) {
    return !activation.readsInput();
  }

  @Override
  public boolean isPiecewiseLinear() {
    return true;
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(
        wiring,
        plan(wiring, geometry(wiring.inputShape()), following, wiring.samples(), wiring.arena()),
        bias);
  }

  private static ConvolutionPlan plan(
      Wiring wiring,
      ConvolutionGeometry geometry,
      Activation activation,
      int samples,
      Arena arena) {
    return wiring
        .engine()
        .convolution()
        .plan(geometry, activation, wiring.dtype(), wiring.replicas(), samples, arena);
  }

  private static final class Bound implements BoundLayer {
    private final Wiring io;
    private final ConvolutionPlan plan;
    private final Bias bias;
    private Tensor outputBar;

    Bound(Wiring io, ConvolutionPlan plan, Bias bias) {
      this.io = io;
      this.plan = plan;
      this.bias = bias;
    }

    @Override
    public void forward(Tensor[] theta) {
      plan.forward(io.x(), theta[0], ofBias(theta), io.y());
    }

    @Override
    public void backward(
        Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
      Tensor yBar = io.yBar();
      if (outputBar != null) {
        io.engine().memory().copy(yBar, outputBar);
      }
      if (thetaBar != null && norms == null) {
        Tensor bBar = ofBias(thetaBar);
        plan.backward(io.x(), theta[0], io.y(), yBar, io.xBar(), thetaBar[0], bBar, accumulation);
        return;
      }
      plan.activationBackward(io.y(), yBar);
      if (io.xBar() != null) {
        plan.inputGradient(theta[0], yBar, io.xBar(), Accumulation.OVERWRITE);
      }
      if (thetaBar != null) {
        plan.weightGradientAndNorms(
            io.x(), yBar, thetaBar[0], ofBias(thetaBar), accumulation, norms);
      }
    }

    private Tensor ofBias(Tensor[] parameters) {
      return bias == Bias.NONE ? null : parameters[1];
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      if (!plan.activation().isPiecewiseLinear() && outputBar == null) {
        outputBar = wiring.buffers().arena().reserve(io.dtype(), io.y().shape());
      }
      int samples =
          Sizes.product(
              "samples of all tangents",
              "choose a smaller block or chunk",
              wiring.tangents(),
              io.samples());
      ConvolutionPlan merged =
          wiring.tangents() == 1
              ? plan
              : Conv2d.plan(
                  io, plan.geometry(), plan.activation(), samples, wiring.buffers().arena());
      return new LinearizedConvolution(io, plan, merged, outputBar, wiring);
    }

    @Override
    public SampleGradients sampleGradients(Arena arena) {
      int biases = bias == Bias.NONE ? 0 : plan.geometry().outputChannels();
      int size = Math.toIntExact(plan.geometry().weightSize()) + biases;
      Tensor rows = arena.reserve(io.dtype(), io.replicas(), io.samples(), size);
      return new SampleGradientRows(() -> plan.sampleGradients(io.x(), io.yBar(), rows), rows);
    }
  }
}
