package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/**
 * Element-wise non-linearity as a layer of its own; the layer before takes it over where it can.
 *
 * @param activation the function
 */
public record Activate(Activation activation) implements Layer {
  @Override
  public int[] outputShape(int[] input) {
    return input.clone();
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return List.of();
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring, activation);
  }

  private static final class Bound implements BoundLayer {
    private final Wiring io;
    private final Activation activation;

    Bound(Wiring io, Activation activation) {
      this.io = io;
      this.activation = activation;
    }

    @Override
    public void forward(Tensor[] theta) {
      io.engine().pointwise().activate(activation, io.x(), io.y());
    }

    @Override
    public void backward(
        Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
      if (io.xBar() != null) {
        io.engine()
            .pointwise()
            .activationBackward(activation, io.y(), io.yBar(), null, Accumulation.OVERWRITE);
        io.engine().memory().copy(io.yBar(), io.xBar());
      }
    }
  }
}
