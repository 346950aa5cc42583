package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * Branches beside each other over fixed memory.
 *
 * <p>The first branch with a layer writes x̄ itself; the others have one of their own, which is
 * added to it.
 */
final class BoundConcatenation implements BoundLayer {
  /**
   * A branch.
   *
   * @param layer null for the input itself
   * @param from the first of its channels in y
   * @param width its channels C_i
   * @param value its output within y
   * @param bar the cotangent of its output within ȳ, or x̄ itself; null where nobody needs it
   * @param xBar what it sends back, where that is not x̄ itself
   */
  private record Part(
      BoundLayer layer,
      int from,
      int width,
      ChannelColumns value,
      ChannelColumns bar,
      Tensor xBar) {}

  private final Wiring io;
  private final int channels;
  private final List<Part> parts = new ArrayList<>();
  private final ParameterCuts cuts;

  BoundConcatenation(Concatenation whole, Wiring io) {
    this.io = io;
    int[] input = io.inputShape();
    int[] output = whole.outputShape(input);
    this.channels = output[output.length - 1];
    int[] counts = new int[whole.branches().size()];
    int from = 0;
    int statistics = 0;
    boolean first = true;
    for (int i = 0; i < counts.length; i++) {
      Concatenation.Branch branch = whole.branches().get(i);
      int[] shape = branch.outputShape(input);
      int width = shape[shape.length - 1];
      if (branch.layer() == null) {
        ChannelColumns value = ChannelColumns.of(io.y(), channels, io.x(), width, from);
        ChannelColumns bar = ChannelColumns.of(io.yBar(), channels, io.xBar(), width, from);
        parts.add(new Part(null, from, width, value, bar, null));
      } else {
        int size = Network.product(shape);
        Tensor y = reserve(size);
        Tensor yBar = io.yBar() == null ? null : reserve(size);
        Tensor xBar = io.xBar() == null || first ? io.xBar() : reserve(io.x().dim(2));
        int own = BatchStatistics.size(branch.runningStatistics(input));
        BatchStatistics ofBranch = io.statistics().part(statistics, own);
        Wiring wiring =
            new Wiring(
                io.arena(), input, io.x(), y, xBar, yBar, io.cotangents(), ofBranch, io.draws());
        parts.add(
            new Part(
                branch.layer().bind(wiring, Activation.IDENTITY),
                from,
                width,
                ChannelColumns.of(io.y(), channels, y, width, from),
                ChannelColumns.of(io.yBar(), channels, yBar, width, from),
                first ? null : xBar));
        statistics += own;
        first = false;
      }
      counts[i] = branch.parameters(input).size();
      from += width;
    }
    this.cuts = new ParameterCuts(counts);
  }

  private Tensor reserve(int size) {
    return io.arena().reserve(io.dtype(), io.replicas(), io.samples(), size);
  }

  @Override
  public void forward(Tensor[] theta) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).layer() != null) {
        parts.get(i).layer().forward(cuts.of(i, theta));
      }
      parts.get(i).value().join();
    }
  }

  @Override
  public void backward(Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.layer() != null) {
        part.bar().take(Accumulation.OVERWRITE);
        part.layer().backward(cuts.of(i, theta), cuts.of(i, thetaBar), accumulation, norms);
        if (part.xBar() != null) {
          io.engine().linearAlgebra().axpby(1, part.xBar(), 1, io.xBar());
        }
      }
    }
    addInputs();
  }

  /** x̄ of the branches that are the input itself. */
  private void addInputs() {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.layer() == null && part.bar() != null) {
        part.bar().take(Accumulation.ADD);
      }
    }
  }

  @Override
  public LinearizedLayer linearize(TangentWiring wiring) {
    List<LinearizedConcatenation.Branch> branches = new ArrayList<>();
    for (Part part : parts) {
      branches.add(
          new LinearizedConcatenation.Branch(
              part.layer(), part.from(), part.width(), part.xBar() == null));
    }
    return new LinearizedConcatenation(io, channels, branches, cuts, wiring);
  }

  @Override
  public SampleGradients sampleGradients(Arena arena) {
    return new SampleGradientSums(
        parts.stream()
            .filter(part -> part.layer() != null)
            .map(part -> part.layer().sampleGradients(arena))
            .toList());
  }
}
