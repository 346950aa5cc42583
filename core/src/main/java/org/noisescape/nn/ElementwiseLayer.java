package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Tensor;

/**
 * A layer y = f(x), element by element, with every derivative rule: an activation of one's own,
 * composed of operations that every engine has.
 *
 * <p>With f′ and f″ at the x of the last forward pass: x̄ = f′ ⊙ ȳ, ẏ = f′ ⊙ ẋ, x̄̇ = f′ ⊙ ȳ̇ + f″
 * ⊙ ẋ ⊙ ȳ. Shapes: all tensors (R, N, D). Where f″ vanishes almost everywhere, override {@link
 * #isPiecewiseLinear}. Cost: the three methods and a product each; memory: f′ and the workspaces.
 */
public abstract class ElementwiseLayer implements Layer {
  /** y ← f(x); must neither allocate nor change x. */
  protected abstract void value(Tensor x, Tensor y, Tensor... work);

  /** slope ← f′(x); must neither allocate nor change x. */
  protected abstract void slope(Tensor x, Tensor slope, Tensor... work);

  /** bend ← f″(x); must neither allocate nor change x. Not called of piecewise linear layers. */
  protected abstract void bend(Tensor x, Tensor bend, Tensor... work);

  /** Tensors like x that the three methods are given to work in. */
  protected int workspaces() {
    return 1;
  }

  @Override
  public final int[] outputShape(int[] input) {
    return input.clone();
  }

  @Override
  public final List<ParameterSpec> parameters(int[] input) {
    return List.of();
  }

  @Override
  public final long activationSize(int[] input) {
    return (2 + workspaces()) * Tensor.elements(input);
  }

  @Override
  public final BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(this, wiring);
  }

  private static final class Bound extends BoundParameterFree {
    private final ElementwiseLayer layer;
    private final Tensor slope;
    private final Tensor[] work;

    Bound(ElementwiseLayer layer, Wiring io) {
      super(io);
      this.layer = layer;
      this.slope = io.yBar() == null ? null : like(io.arena());
      this.work = new Tensor[layer.workspaces()];
      for (int i = 0; i < work.length; i++) {
        work[i] = like(io.arena());
      }
    }

    private Tensor like(Arena arena) {
      return arena.reserve(io().dtype(), io().x().shape());
    }

    @Override
    protected void forward() {
      layer.value(io().x(), io().y(), work);
      if (slope != null) {
        layer.slope(io().x(), slope, work);
      }
    }

    @Override
    protected void backward() {
      io().engine().pointwise().multiply(slope, io().yBar(), io().xBar());
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      TangentBlock xDot = TangentBlock.of(wiring.xDot(), wiring.tangents());
      TangentBlock yDot = TangentBlock.of(wiring.yDot(), wiring.tangents());
      TangentBlock xBarDot = TangentBlock.of(wiring.xBarDot(), wiring.tangents());
      TangentBlock yBarDot = TangentBlock.of(wiring.yBarDot(), wiring.tangents());
      boolean bends = !layer.isPiecewiseLinear() && xDot != null && xBarDot != null;
      Tensor bend = bends ? like(wiring.buffers().arena()) : null;
      Tensor term = bends ? like(wiring.buffers().arena()) : null;
      Engine engine = io().engine();
      Pointwise pointwise = engine.pointwise();
      return new ParameterFree() {
        @Override
        protected void push() {
          for (int k = 0; xDot != null && k < wiring.tangents(); k++) {
            pointwise.multiply(slope, xDot.single()[k], yDot.single()[k]);
          }
        }

        @Override
        protected void pull(Order order) {
          for (int k = 0; xBarDot != null && k < wiring.tangents(); k++) {
            pointwise.multiply(slope, yBarDot.single()[k], xBarDot.single()[k]);
          }
          if (order == Order.FIRST || !bends) {
            return;
          }
          layer.bend(io().x(), bend, work);
          pointwise.multiply(bend, io().yBar(), bend);
          for (int k = 0; k < wiring.tangents(); k++) {
            pointwise.multiply(bend, xDot.single()[k], term);
            engine.linearAlgebra().axpby(1, term, 1, xBarDot.single()[k]);
          }
        }
      };
    }
  }
}
