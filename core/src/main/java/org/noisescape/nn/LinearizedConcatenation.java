package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/** Branches beside each other along K tangents. */
final class LinearizedConcatenation implements LinearizedLayer {
  /**
   * A branch.
   *
   * @param layer null for the input itself
   * @param from the first of its channels in y
   * @param width its channels C_i
   * @param writes whether it writes x̄̇ itself
   */
  record Branch(BoundLayer layer, int from, int width, boolean writes) {}

  /**
   * A branch over tangents.
   *
   * @param layer null for the input itself
   * @param dot within ẏ; null where it does not move
   * @param barDot within ȳ̇; null where nobody needs it
   * @param xBarDot what it sends back, where that is not x̄̇ itself
   */
  private record Part(
      LinearizedLayer layer, ChannelColumns dot, ChannelColumns barDot, Tensor xBarDot) {}

  private final Wiring io;
  private final TangentWiring wiring;
  private final ParameterCuts cuts;
  private final List<Part> parts = new ArrayList<>();
  private final boolean rests;

  LinearizedConcatenation(
      Wiring io, int channels, List<Branch> branches, ParameterCuts cuts, TangentWiring wiring) {
    this.io = io;
    this.wiring = wiring;
    this.cuts = cuts;
    int pixels = io.y().dim(2) / channels;
    boolean still = false;
    for (int i = 0; i < branches.size(); i++) {
      Branch branch = branches.get(i);
      LinearizedLayer layer = null;
      Tensor dot = wiring.xDot();
      Tensor barDot = wiring.xBarDot();
      Tensor xBarDot = null;
      if (branch.layer() != null) {
        int size = pixels * branch.width();
        boolean moves = wiring.xDot() != null || !cuts.isEmpty(i);
        dot = moves ? like(wiring.yDot(), size) : null;
        barDot = like(wiring.yBarDot(), size);
        xBarDot = branch.writes() ? null : like(wiring.xBarDot(), io.x().dim(2));
        layer =
            branch
                .layer()
                .linearize(
                    new TangentWiring(
                        wiring.buffers(),
                        wiring.tangents(),
                        wiring.xDot(),
                        dot,
                        branch.writes() ? wiring.xBarDot() : xBarDot,
                        barDot));
      }
      still |= dot == null;
      parts.add(
          new Part(
              layer,
              ChannelColumns.of(wiring.yDot(), channels, dot, branch.width(), branch.from()),
              ChannelColumns.of(wiring.yBarDot(), channels, barDot, branch.width(), branch.from()),
              xBarDot));
    }
    this.rests = still;
  }

  private Tensor like(Tensor dots, int size) {
    return dots == null
        ? null
        : wiring.buffers().reserve(io.dtype(), dots.dim(0), dots.dim(1), size);
  }

  @Override
  public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
    if (wiring.yDot() == null) {
      return;
    }
    if (rests) {
      io.engine().memory().fill(wiring.yDot(), 0);
    }
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.dot() != null) {
        if (part.layer() != null) {
          part.layer().tangent(cuts.of(i, theta), cuts.of(i, thetaDot));
        }
        part.dot().join();
      }
    }
  }

  @Override
  public void backwardTangent(
      Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
    for (int i = 0; i < parts.size(); i++) {
      if (begins(parts.get(i))) {
        parts
            .get(i)
            .layer()
            .backwardTangent(
                cuts.of(i, theta), cuts.of(i, thetaDot), cuts.of(i, thetaBarDot), accumulation);
        add(parts.get(i));
      }
    }
    addInputs();
  }

  @Override
  public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    for (int i = 0; i < parts.size(); i++) {
      if (begins(parts.get(i))) {
        parts.get(i).layer().pullback(cuts.of(i, theta), cuts.of(i, thetaBarDot), accumulation);
        add(parts.get(i));
      }
    }
    addInputs();
  }

  private static boolean begins(Part part) {
    if (part.layer() != null) {
      part.barDot().take(Accumulation.OVERWRITE);
    }
    return part.layer() != null;
  }

  private void add(Part part) {
    if (part.xBarDot() != null) {
      io.engine().linearAlgebra().axpby(1, part.xBarDot(), 1, wiring.xBarDot());
    }
  }

  private void addInputs() {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).layer() == null && parts.get(i).barDot() != null) {
        parts.get(i).barDot().take(Accumulation.ADD);
      }
    }
  }
}
