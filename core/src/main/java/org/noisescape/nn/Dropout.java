package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/**
 * Dropout y = m ⊙ x: m is 0 with probability p and 1/(1 − p) otherwise, drawn anew each training
 * step for every place in the batch and unit; in evaluation y = x.
 *
 * <p>{@link Wiring#draws} says which: a pass without random numbers is one of evaluation. The mask
 * is a function of (seed, layer, replica, step, place, unit); a second forward pass of one step has
 * the same. Given the mask the layer is linear, and samples do not depend on each other. Shapes: x,
 * y (R, N, D). Source: Srivastava et al. (2014), with the scaling of PyTorch's Dropout.
 *
 * @param probability p, from 0 on and below 1
 */
public record Dropout(double probability) implements Layer {
  /** Checks p. */
  public Dropout {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Dropout: the probability must lie in [0, 1), got " + probability);
    }
  }

  @Override
  public int[] outputShape(int[] input) {
    return input.clone();
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
  public boolean draws() {
    return true;
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring, probability);
  }

  private static final class Bound extends BoundParameterFree {
    private final double probability;
    private final Tensor keys;
    private final Tensor mask;
    private final Tensor flatMask;

    Bound(Wiring io, double probability) {
      super(io);
      this.probability = probability;
      boolean draws = io.draws() != null;
      this.keys = draws ? io.draws().nextKeys() : null;
      this.mask = draws ? io.arena().reserve(io.dtype(), io.x().shape()) : null;
      this.flatMask = draws ? mask.reshape(io.replicas(), Math.toIntExact(mask.rowSize())) : null;
    }

    @Override
    protected void forward() {
      if (mask != null) {
        io().engine().random().dropoutMask(flatMask, probability, keys, io().draws().step());
      }
      masked(io().x(), io().y());
    }

    @Override
    protected void backward() {
      masked(io().yBar(), io().xBar());
    }

    private void masked(Tensor from, Tensor to) {
      if (mask == null) {
        io().engine().memory().copy(from, to);
      } else {
        io().engine().pointwise().multiply(mask, from, to);
      }
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      return ParameterFree.linear(wiring, this::masked, this::masked);
    }
  }
}
