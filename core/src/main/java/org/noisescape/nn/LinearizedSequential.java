package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.nn.BoundSequential.Link;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/** Tangents through layers one after another. */
final class LinearizedSequential implements LinearizedLayer {
  private final List<Link> links = new ArrayList<>();
  private final List<LinearizedLayer> layers = new ArrayList<>();
  private Tensor[][] thetaViews = {};
  private Tensor[][][] thetaDotViews = {};
  private Tensor[][][] thetaBarDotViews = {};
  private Tensor[] theta;
  private Tensor[][] thetaDot;
  private Tensor[][] thetaBarDot;

  LinearizedSequential(Wiring io, List<Link> chain, TangentWiring wiring) {
    int first =
        Sizes.product(
            "tangents of all replicas", "choose a smaller block", io.replicas(), wiring.tangents());
    Tensor xDot = wiring.xDot();
    Tensor xBarDot = wiring.xBarDot();
    for (int i = 0; i < chain.size(); i++) {
      Link link = chain.get(i);
      boolean last = i == chain.size() - 1;
      boolean view = link.bound() == null;
      int[] shape = {first, io.samples(), link.stage().size()};
      Tensor yDot = null;
      if (link.dependsOnTheta() || wiring.xDot() != null) {
        yDot = dot(io, wiring, wiring.yDot(), xDot, last, view, shape);
      }
      Tensor yBarDot = null;
      if (link.needsBar()) {
        yBarDot = dot(io, wiring, wiring.yBarDot(), xBarDot, last, view, shape);
      }
      if (!view) {
        links.add(link);
        TangentWiring own =
            new TangentWiring(wiring.buffers(), wiring.tangents(), xDot, yDot, xBarDot, yBarDot);
        layers.add(link.bound().linearize(own));
      }
      xDot = yDot;
      xBarDot = yBarDot;
    }
  }

  private static Tensor dot(
      Wiring io,
      TangentWiring wiring,
      Tensor end,
      Tensor before,
      boolean last,
      boolean view,
      int[] shape) {
    if (last) {
      return end;
    }
    return view ? before.reshape(shape) : wiring.buffers().reserve(io.dtype(), shape);
  }

  @Override
  public void tangent(Tensor[] parameters, Tensor[][] tangents) {
    look(parameters);
    if (thetaDot != tangents) {
      thetaDot = tangents;
      thetaDotViews = split(tangents);
    }
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).tangent(thetaViews[i], thetaDotViews[i]);
    }
  }

  @Override
  public void backwardTangent(
      Tensor[] parameters, Tensor[][] tangents, Tensor[][] result, Accumulation accumulation) {
    look(parameters);
    if (thetaDot != tangents) {
      thetaDot = tangents;
      thetaDotViews = split(tangents);
    }
    lookAtResult(result);
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (links.get(i).needsBar()) {
        layers
            .get(i)
            .backwardTangent(thetaViews[i], thetaDotViews[i], thetaBarDotViews[i], accumulation);
      }
    }
  }

  @Override
  public void pullback(Tensor[] parameters, Tensor[][] result, Accumulation accumulation) {
    look(parameters);
    lookAtResult(result);
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (links.get(i).needsBar()) {
        layers.get(i).pullback(thetaViews[i], thetaBarDotViews[i], accumulation);
      }
    }
  }

  private void look(Tensor[] parameters) {
    if (theta != parameters) {
      theta = parameters;
      thetaViews = links.stream().map(link -> link.pick(parameters)).toArray(Tensor[][]::new);
    }
  }

  private void lookAtResult(Tensor[][] result) {
    if (thetaBarDot != result) {
      thetaBarDot = result;
      thetaBarDotViews = split(result);
    }
  }

  /** Element [i][k] holds the parameters of layer i in tangent k. */
  private Tensor[][][] split(Tensor[][] tangents) {
    Tensor[][][] views = new Tensor[links.size()][tangents.length][];
    for (int i = 0; i < views.length; i++) {
      for (int k = 0; k < tangents.length; k++) {
        views[i][k] = links.get(i).pick(tangents[k]);
      }
    }
    return views;
  }
}
