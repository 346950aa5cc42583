package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * The channels of a branch, then those of its input: y = [f(x), x].
 *
 * <p>Shapes: x (R, N, H·W·C), f(x) (R, N, H·W·C′), y (R, N, H·W·(C′ + C)), or plain features.
 * Source: Huang, Liu, van der Maaten and Weinberger (2017), in the order of the common CIFAR
 * implementations.
 *
 * @param branch f, which keeps height and width
 */
public record Concatenation(Layer branch) implements Layer {
  @Override
  public int[] outputShape(int[] input) {
    int[] shape = branch.outputShape(input).clone();
    boolean fits = shape.length == input.length;
    for (int axis = 0; fits && axis < shape.length - 1; axis++) {
      fits = shape[axis] == input[axis];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "Concatenation: the branch must keep height and width, got %s of %s"
              .formatted(Tensor.describe(shape), Tensor.describe(input)));
    }
    shape[shape.length - 1] =
        Sizes.sum("channels", "choose fewer", shape[shape.length - 1], input[input.length - 1]);
    return shape;
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return branch.parameters(input);
  }

  @Override
  public List<ParameterSpec> runningStatistics(int[] input) {
    return branch.runningStatistics(input);
  }

  @Override
  public long activationSize(int[] input) {
    return branch.activationSize(input) + Layer.super.activationSize(input);
  }

  @Override
  public boolean isPiecewiseLinear() {
    return branch.isPiecewiseLinear();
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(branch, wiring);
  }

  /** Rows of channels: (R, N·H·W, C). */
  private static Tensor rows(Tensor tensor, int channels) {
    return tensor == null
        ? null
        : tensor.reshape(tensor.dim(0), Math.toIntExact(tensor.rowSize() / channels), channels);
  }

  /** Views (R, N·H·W, channels) of y = [a, b] and of its parts; null where there is no tensor. */
  private record Rows(Tensor joined, Tensor first, Tensor second) {
    static Rows of(Tensor joined, Tensor a, Tensor b, int first, int second) {
      return new Rows(rows(joined, first + second), rows(a, first), rows(b, second));
    }

    /** y ← [a, b]. */
    void join() {
      copy(first, 0, joined, 0, first.dim(2), Accumulation.OVERWRITE);
      copy(second, 0, joined, first.dim(2), second.dim(2), Accumulation.OVERWRITE);
    }

    /** y ← [a, 0]. */
    void joinZeros() {
      joined.engine().memory().fill(joined, 0);
      copy(first, 0, joined, 0, first.dim(2), Accumulation.OVERWRITE);
    }

    /** a ← the first channels of y. */
    void partFirst() {
      copy(joined, 0, first, 0, first.dim(2), Accumulation.OVERWRITE);
    }

    /** b ← b + the last channels of y. */
    void addSecond() {
      if (second != null) {
        copy(joined, first.dim(2), second, 0, second.dim(2), Accumulation.ADD);
      }
    }

    private static void copy(
        Tensor source, int from, Tensor target, int to, int count, Accumulation accumulation) {
      source.engine().indexing().copyColumns(source, from, target, to, count, accumulation);
    }
  }

  private static final class Bound implements BoundLayer {
    private final Wiring io;
    private final BoundLayer branch;
    private final Tensor y;
    private final Rows values;
    private final Rows bars;
    private final int first;
    private final int second;

    Bound(Layer layer, Wiring io) {
      this.io = io;
      int[] input = io.inputShape();
      int[] output = layer.outputShape(input);
      this.first = output[output.length - 1];
      this.second = input[input.length - 1];
      int size = io.x().dim(2) / second * first;
      this.y = io.arena().reserve(io.dtype(), io.replicas(), io.samples(), size);
      Tensor yBar = io.yBar() == null ? null : io.arena().reserve(io.dtype(), y.shape());
      this.values = Rows.of(io.y(), y, io.x(), first, second);
      this.bars = Rows.of(io.yBar(), yBar, io.xBar(), first, second);
      this.branch =
          layer.bind(
              new Wiring(
                  io.arena(),
                  input,
                  io.x(),
                  y,
                  io.xBar(),
                  yBar,
                  io.cotangents(),
                  io.statistics(),
                  io.draws()),
              Activation.IDENTITY);
    }

    @Override
    public void forward(Tensor[] theta) {
      branch.forward(theta);
      values.join();
    }

    @Override
    public void backward(
        Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
      bars.partFirst();
      branch.backward(theta, thetaBar, accumulation, norms);
      bars.addSecond();
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      return new Linearized(this, wiring);
    }

    @Override
    public SampleGradients sampleGradients(Arena arena) {
      return branch.sampleGradients(arena);
    }
  }

  private static final class Linearized implements LinearizedLayer {
    private final LinearizedLayer branch;
    private final Rows dots;
    private final Rows barDots;

    Linearized(Bound bound, TangentWiring wiring) {
      Tensor branchDot = branchLike(bound, wiring, wiring.yDot());
      Tensor branchBarDot = branchLike(bound, wiring, wiring.yBarDot());
      this.dots = Rows.of(wiring.yDot(), branchDot, wiring.xDot(), bound.first, bound.second);
      this.barDots =
          Rows.of(wiring.yBarDot(), branchBarDot, wiring.xBarDot(), bound.first, bound.second);
      this.branch =
          bound.branch.linearize(
              new TangentWiring(
                  wiring.buffers(),
                  wiring.tangents(),
                  wiring.xDot(),
                  branchDot,
                  wiring.xBarDot(),
                  branchBarDot));
    }

    private static Tensor branchLike(Bound bound, TangentWiring wiring, Tensor dots) {
      return dots == null
          ? null
          : wiring.buffers().reserve(bound.io.dtype(), dots.dim(0), bound.y.dim(1), bound.y.dim(2));
    }

    @Override
    public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
      if (dots.joined() == null) {
        return;
      }
      branch.tangent(theta, thetaDot);
      if (dots.second() == null) {
        dots.joinZeros();
      } else {
        dots.join();
      }
    }

    @Override
    public void backwardTangent(
        Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
      barDots.partFirst();
      branch.backwardTangent(theta, thetaDot, thetaBarDot, accumulation);
      barDots.addSecond();
    }

    @Override
    public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
      barDots.partFirst();
      branch.pullback(theta, thetaBarDot, accumulation);
      barDots.addSecond();
    }
  }
}
