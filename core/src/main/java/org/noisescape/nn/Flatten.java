package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/**
 * Image (H, W, C) to features (C·H·W) in channels-first order, so that the dense layer after it has
 * PyTorch's weights.
 */
public record Flatten() implements Layer {
  @Override
  public int[] outputShape(int[] input) {
    return new int[] {Network.product(input)};
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return List.of();
  }

  @Override
  public boolean isView(int[] input) {
    return input.length == 1 || input[2] == 1 || input[0] * input[1] == 1;
  }

  @Override
  public boolean isPiecewiseLinear() {
    return true;
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring);
  }

  private static final class Bound extends BoundParameterFree {
    private final Tensor x;
    private final Tensor y;
    private final Tensor xBar;
    private final Tensor yBar;

    Bound(Wiring io) {
      super(io);
      int[] input = io.inputShape();
      int channels = input.length == 3 ? input[2] : 1;
      int pixels = io.x().dim(2) / channels;
      int replicas = io.replicas();
      int samples = io.samples();
      this.x = io.x().reshape(replicas, samples, pixels, channels);
      this.y = io.y().reshape(replicas, samples, channels, pixels);
      this.xBar = io.xBar() == null ? null : io.xBar().reshape(x.shape());
      this.yBar = io.yBar() == null ? null : io.yBar().reshape(y.shape());
    }

    @Override
    protected void forward() {
      io().engine().indexing().transposeInner(x, y);
    }

    @Override
    protected void backward() {
      io().engine().indexing().transposeInner(yBar, xBar);
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      Tensor xDot = images(wiring.xDot(), x);
      Tensor yDot = images(wiring.yDot(), y);
      Tensor xBarDot = images(wiring.xBarDot(), x);
      Tensor yBarDot = images(wiring.yBarDot(), y);
      return new ParameterFree() {
        @Override
        protected void push() {
          if (xDot != null) {
            io().engine().indexing().transposeInner(xDot, yDot);
          }
        }

        @Override
        protected void pull(Order order) {
          if (xBarDot != null) {
            io().engine().indexing().transposeInner(yBarDot, xBarDot);
          }
        }
      };
    }

    private static Tensor images(Tensor dot, Tensor like) {
      return dot == null ? null : dot.reshape(dot.dim(0), like.dim(1), like.dim(2), like.dim(3));
    }
  }
}
