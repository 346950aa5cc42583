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
  public boolean readsOutput() {
    return true;
  }

  @Override
  public boolean isPiecewiseLinear() {
    return activation.isPiecewiseLinear();
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring, activation);
  }

  private static final class Bound extends BoundParameterFree {
    private final Activation activation;
    private Tensor outputBar;

    Bound(Wiring io, Activation activation) {
      super(io);
      this.activation = activation;
    }

    @Override
    protected void forward() {
      io().engine().pointwise().activate(activation, io().x(), io().y());
    }

    @Override
    protected void backward() {
      if (outputBar != null) {
        io().engine().memory().copy(io().yBar(), outputBar);
      }
      io().engine()
          .pointwise()
          .activationBackward(activation, io().y(), io().yBar(), null, Accumulation.OVERWRITE);
      io().engine().memory().copy(io().yBar(), io().xBar());
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      if (!activation.isPiecewiseLinear() && outputBar == null && io().yBar() != null) {
        outputBar = wiring.buffers().arena().reserve(io().dtype(), io().y().shape());
      }
      TangentBlock xDot = TangentBlock.of(wiring.xDot(), wiring.tangents());
      TangentBlock yDot = TangentBlock.of(wiring.yDot(), wiring.tangents());
      TangentBlock yBarDot = TangentBlock.of(wiring.yBarDot(), wiring.tangents());
      return new ParameterFree() {
        @Override
        protected void push() {
          if (xDot == null) {
            return;
          }
          io().engine().memory().copy(xDot.all(), yDot.all());
          for (Tensor dot : yDot.single()) {
            io().engine().tangents().activation(activation, io().y(), null, dot);
          }
        }

        @Override
        protected void pull(Order order) {
          if (wiring.xBarDot() == null) {
            return;
          }
          for (int k = 0; k < wiring.tangents(); k++) {
            Tensor bar = yBarDot.single()[k];
            if (order == Order.FIRST || outputBar == null) {
              io().engine()
                  .pointwise()
                  .activationBackward(activation, io().y(), bar, null, Accumulation.OVERWRITE);
            } else {
              io().engine()
                  .tangents()
                  .activationBackward(
                      activation,
                      io().y(),
                      yDot.single()[k],
                      outputBar,
                      bar,
                      null,
                      Accumulation.OVERWRITE);
            }
          }
          io().engine().memory().copy(wiring.yBarDot(), wiring.xBarDot());
        }
      };
    }
  }
}
