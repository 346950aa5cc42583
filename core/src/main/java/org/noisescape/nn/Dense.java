package org.noisescape.nn;

import java.util.List;
import java.util.Optional;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * y = W x + b.
 *
 * <p>Shapes: x (R, N, I), W (R, O, I), b (R, O), y (R, N, O).
 *
 * @param outputs O
 */
public record Dense(int outputs) implements Layer {
  /** Checks the size. */
  public Dense {
    if (outputs < 1) {
      throw new IllegalArgumentException("Dense: outputs must be >= 1, got " + outputs);
    }
  }

  @Override
  public int[] outputShape(int[] input) {
    if (input.length != 1) {
      throw new IllegalArgumentException(
          "Dense: input must be flat (D), got "
              + Tensor.describe(input)
              + ": add a Flatten before");
    }
    return new int[] {outputs};
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return List.of(
        ParameterSpec.weight("weight", new int[] {outputs, input[0]}, input[0], outputs),
        ParameterSpec.vector("bias", outputs, 0));
  }

  @Override
  public boolean fuses(Activation activation) {
    return !activation.readsInput();
  }

  @Override
  public Optional<DenseChain> denseChain(int[] input) {
    return Optional.of(
        new DenseChain(input[0], List.of(new DenseChain.Link(outputs, Activation.IDENTITY))));
  }

  @Override
  public boolean isPiecewiseLinear() {
    return true;
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring, following);
  }

  private static final class Bound implements BoundLayer {
    private final Wiring io;
    private final Activation activation;
    private Tensor outputBar;

    Bound(Wiring io, Activation activation) {
      this.io = io;
      this.activation = activation;
    }

    @Override
    public void forward(Tensor[] theta) {
      io.engine().linearAlgebra().gemm(Transpose.NO, Transpose.YES, 1, io.x(), theta[0], 0, io.y());
      io.engine().pointwise().biasActivation(activation, theta[1], io.y());
    }

    @Override
    public void backward(
        Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
      LinearAlgebra algebra = io.engine().linearAlgebra();
      Tensor yBar = io.yBar();
      if (outputBar != null) {
        io.engine().memory().copy(yBar, outputBar);
      }
      io.engine()
          .pointwise()
          .activationBackward(
              activation, io.y(), yBar, thetaBar == null ? null : thetaBar[1], accumulation);
      if (norms != null) {
        io.engine().reduction().addDenseGradientNorms(io.x(), yBar, norms);
      }
      if (io.xBar() != null) {
        algebra.gemm(Transpose.NO, Transpose.NO, 1, yBar, theta[0], 0, io.xBar());
      }
      if (thetaBar != null) {
        double beta = accumulation == Accumulation.ADD ? 1 : 0;
        algebra.gemm(Transpose.YES, Transpose.NO, 1, yBar, io.x(), beta, thetaBar[0]);
      }
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      if (!activation.isPiecewiseLinear() && outputBar == null) {
        outputBar = wiring.buffers().arena().reserve(io.dtype(), io.y().shape());
      }
      return new LinearizedDense(io, activation, outputBar, wiring);
    }

    @Override
    public SampleGradients sampleGradients(Arena arena) {
      return new DenseSampleGradients(io.x(), io.yBar());
    }
  }
}
