package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * A layer y = f(W, x) that is linear in its parameters W and linear in its input x, with every
 * derivative rule: a layer with parameters of one's own, from f and its two adjoints.
 *
 * <p>Tangents: ẏ = f(W, ẋ) + f(Ẇ, x). Norms of per-sample gradients come from the gradients
 * themselves, some samples at a time, in memory for about {@value #SCRATCH} numbers; products of
 * per-sample gradients want them all, N times the size of W. A nonlinearity is a layer of its own
 * behind it, {@link ElementwiseLayer}.
 *
 * <p>Shapes: W (R, …) as {@link #weight} says, x (R, N, D), y (R, N, D′). The three methods must
 * take any R and N, for per-sample gradients are asked for with samples in the place of replicas.
 * They must neither allocate nor change what they read.
 */
public abstract class BilinearLayer implements Layer {
  private static final int SCRATCH = 1 << 18;

  /** W: its name, shape and start. */
  protected abstract ParameterSpec weight(int[] input);

  /** y ← f(W, x) (or its sum with what y held). */
  protected abstract void apply(Tensor weights, Tensor x, Tensor y, Accumulation accumulation);

  /** x̄ ← (∂f/∂x)ᵀ ȳ (or its sum with what x̄ held). */
  protected abstract void toInput(
      Tensor weights, Tensor yBar, Tensor xBar, Accumulation accumulation);

  /** W̄ ← (∂f/∂W)ᵀ ȳ, summed over the samples (or its sum with what W̄ held). */
  protected abstract void toWeights(
      Tensor x, Tensor yBar, Tensor weightsBar, Accumulation accumulation);

  @Override
  public final List<ParameterSpec> parameters(int[] input) {
    return List.of(weight(input));
  }

  @Override
  public final boolean isPiecewiseLinear() {
    return true;
  }

  @Override
  public final BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(this, wiring);
  }

  private static final class Bound implements BoundLayer {
    private final BilinearLayer layer;
    private final Wiring io;
    private final int[] shape;

    /** Per-sample gradients of a few samples (samples, 1, size), and their squared norms. */
    private final Tensor rows;

    private final Tensor dots;
    private final Tensor ones;

    Bound(BilinearLayer layer, Wiring io) {
      this.layer = layer;
      this.io = io;
      ParameterSpec spec = layer.weight(io.inputShape());
      this.shape = spec.shape();
      int samples = io.replicas() * io.samples();
      int several = Math.clamp(SCRATCH / Math.max(1, spec.size()), 1, samples);
      Arena arena = io.arena();
      boolean differentiates = io.yBar() != null;
      this.rows = differentiates ? arena.reserve(io.dtype(), several, 1, spec.size()) : null;
      this.dots = differentiates ? arena.reserve(DType.FLOAT64, several, 1) : null;
      this.ones = differentiates ? arena.reserve(DType.FLOAT64, several, 1) : null;
      if (differentiates) {
        arena.onCommit(() -> arena.engine().memory().fill(ones, 1));
      }
    }

    @Override
    public void forward(Tensor[] theta) {
      layer.apply(theta[0], io.x(), io.y(), Accumulation.OVERWRITE);
    }

    @Override
    public void backward(
        Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
      if (norms != null) {
        addNorms(norms.reshape(samples(), 1));
      }
      if (io.xBar() != null) {
        layer.toInput(theta[0], io.yBar(), io.xBar(), Accumulation.OVERWRITE);
      }
      if (thetaBar != null) {
        layer.toWeights(io.x(), io.yBar(), thetaBar[0], accumulation);
      }
    }

    private void addNorms(Tensor norms) {
      Tensor x = each(io.x());
      Tensor yBar = each(io.yBar());
      for (int from = 0; from < samples(); from += rows.dim(0)) {
        int count = Math.min(rows.dim(0), samples() - from);
        Tensor gradients = rows.rows(0, count);
        layer.toWeights(
            x.rows(from, count),
            yBar.rows(from, count),
            matrices(gradients),
            Accumulation.OVERWRITE);
        io.engine().reduction().sampleDots(gradients, gradients, dots.rows(0, count));
        io.engine()
            .linearAlgebra()
            .addProducts(0, dots.rows(0, count), ones.rows(0, count), norms.rows(from, count));
      }
    }

    private int samples() {
      return io.replicas() * io.samples();
    }

    /** Samples in the place of replicas. */
    private Tensor each(Tensor x) {
      return x.reshape(samples(), 1, x.dim(2));
    }

    private Tensor matrices(Tensor gradients) {
      int[] all = new int[shape.length + 1];
      all[0] = gradients.dim(0);
      System.arraycopy(shape, 0, all, 1, shape.length);
      return gradients.reshape(all);
    }

    @Override
    public SampleGradients sampleGradients(Arena arena) {
      int size = (int) rows.rowSize();
      Tensor all = arena.reserve(io.dtype(), io.replicas(), io.samples(), size);
      Tensor matrices = matrices(all.reshape(samples(), size));
      Tensor x = each(io.x());
      Tensor yBar = each(io.yBar());
      return new SampleGradientRows(
          () -> layer.toWeights(x, yBar, matrices, Accumulation.OVERWRITE), all);
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      return new Linearized(layer, io, wiring);
    }
  }

  private static final class Linearized implements LinearizedLayer {
    private final BilinearLayer layer;
    private final Wiring io;
    private final int count;
    private final TangentBlock xDot;
    private final TangentBlock yDot;
    private final TangentBlock xBarDot;
    private final TangentBlock yBarDot;

    Linearized(BilinearLayer layer, Wiring io, TangentWiring wiring) {
      this.layer = layer;
      this.io = io;
      this.count = wiring.tangents();
      this.xDot = TangentBlock.of(wiring.xDot(), count);
      this.yDot = TangentBlock.of(wiring.yDot(), count);
      this.xBarDot = TangentBlock.of(wiring.xBarDot(), count);
      this.yBarDot = TangentBlock.of(wiring.yBarDot(), count);
    }

    @Override
    public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
      if (xDot != null) {
        layer.apply(theta[0], xDot.merged(), yDot.merged(), Accumulation.OVERWRITE);
      }
      Accumulation second = xDot == null ? Accumulation.OVERWRITE : Accumulation.ADD;
      for (int k = 0; k < count; k++) {
        layer.apply(thetaDot[k][0], io.x(), yDot.single()[k], second);
      }
    }

    @Override
    public void backwardTangent(
        Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
      pullback(theta, thetaBarDot, accumulation);
      for (int k = 0; k < count; k++) {
        if (xDot != null) {
          layer.toWeights(xDot.single()[k], io.yBar(), thetaBarDot[k][0], Accumulation.ADD);
        }
        if (xBarDot != null) {
          layer.toInput(thetaDot[k][0], io.yBar(), xBarDot.single()[k], Accumulation.ADD);
        }
      }
    }

    @Override
    public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
      if (xBarDot != null) {
        layer.toInput(theta[0], yBarDot.merged(), xBarDot.merged(), Accumulation.OVERWRITE);
      }
      for (int k = 0; k < count; k++) {
        layer.toWeights(io.x(), yBarDot.single()[k], thetaBarDot[k][0], accumulation);
      }
    }
  }
}
