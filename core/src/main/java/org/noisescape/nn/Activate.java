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
    return !activation.readsInput();
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

    /** What the derivative is a function of. */
    private final Tensor at;

    Bound(Wiring io, Activation activation) {
      super(io);
      this.activation = activation;
      this.at = activation.readsInput() ? io.x() : io.y();
    }

    @Override
    protected void forward() {
      io().engine().pointwise().activate(activation, io().x(), io().y());
    }

    @Override
    protected void backward() {
      scaled(io().yBar(), io().xBar());
    }

    private void scaled(Tensor from, Tensor to) {
      io().engine().memory().copy(from, to);
      io().engine()
          .pointwise()
          .activationBackward(activation, at, to, null, Accumulation.OVERWRITE);
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      TangentBlock xDot = TangentBlock.of(wiring.xDot(), wiring.tangents());
      TangentBlock yDot = TangentBlock.of(wiring.yDot(), wiring.tangents());
      TangentBlock xBarDot = TangentBlock.of(wiring.xBarDot(), wiring.tangents());
      TangentBlock yBarDot = TangentBlock.of(wiring.yBarDot(), wiring.tangents());
      TangentBlock atDot = activation.readsInput() ? xDot : yDot;
      return new ParameterFree() {
        @Override
        protected void push() {
          for (int k = 0; xDot != null && k < wiring.tangents(); k++) {
            Tensor dot = yDot.single()[k];
            io().engine().memory().copy(xDot.single()[k], dot);
            io().engine().tangents().activation(activation, at, null, dot);
          }
        }

        @Override
        protected void pull(Order order) {
          boolean bends = order == Order.SECOND && !activation.isPiecewiseLinear();
          for (int k = 0; xBarDot != null && k < wiring.tangents(); k++) {
            Tensor from = yBarDot.single()[k];
            Tensor to = xBarDot.single()[k];
            if (bends && atDot != null) {
              bent(atDot.single()[k], from, to);
            } else {
              scaled(from, to);
            }
          }
        }
      };
    }

    private void bent(Tensor atDot, Tensor from, Tensor to) {
      io().engine().memory().copy(from, to);
      io().engine()
          .tangents()
          .activationBackward(activation, at, atDot, io().yBar(), to, null, Accumulation.OVERWRITE);
    }
  }
}
