package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.nn.Sequential.Stage;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/** Bound layers one after another. */
final class BoundSequential implements BoundLayer {
  /**
   * A stage with its memory.
   *
   * @param bound the rules, or null where the output is the input's memory
   * @param firstParameter position of its first parameter tensor
   * @param needsBar whether its output's cotangent is needed
   * @param dependsOnTheta whether its output depends on parameters of this or earlier stages
   */
  record Link(
      Stage stage, BoundLayer bound, int firstParameter, boolean needsBar, boolean dependsOnTheta) {

    /** The parameters of this stage out of all. */
    Tensor[] pick(Tensor[] parameters) {
      Tensor[] own = new Tensor[stage.parameters()];
      System.arraycopy(parameters, firstParameter, own, 0, own.length);
      return own;
    }
  }

  private final Wiring io;
  private final List<Link> chain = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private Tensor[][] thetaViews = {};
  private Tensor[][] thetaBarViews = {};
  private Tensor[] theta;
  private Tensor[] thetaBar;

  BoundSequential(Wiring io, List<Stage> stages) {
    this.io = io;
    Bars bars = new Bars(io, stages);
    Tensor x = io.x();
    Tensor xBar = io.xBar();
    int parameters = 0;
    int statistics = 0;
    boolean learned = false;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      boolean last = i == stages.size() - 1;
      boolean same = io.draws() == null && stage.layer().draws();
      boolean view = (same || stage.isView()) && !last;
      Tensor y = last ? io.y() : output(x, view, stage.size());
      learned |= stage.parameters() > 0;
      boolean needsBar = io.yBar() != null && (learned || io.xBar() != null);
      Tensor yBar = null;
      if (needsBar) {
        yBar = last ? io.yBar() : view ? xBar.reshape(y.shape()) : bars.next(stage.size());
      }
      BoundLayer bound = null;
      if (!view) {
        Wiring wiring =
            new Wiring(
                io.arena(),
                stage.input(),
                x,
                y,
                xBar,
                yBar,
                io.cotangents(),
                io.statistics().part(statistics, stage.statistics()),
                io.draws());
        bound = stage.layer().bind(wiring, stage.activation());
      }
      Link link = new Link(stage, bound, parameters, needsBar, learned);
      chain.add(link);
      if (bound != null) {
        links.add(link);
      }
      parameters += stage.parameters();
      statistics += stage.statistics();
      x = y;
      xBar = yBar;
    }
  }

  private Tensor output(Tensor x, boolean view, int size) {
    return view
        ? x.reshape(io.replicas(), io.samples(), size)
        : io.arena().reserve(io.dtype(), io.replicas(), io.samples(), size);
  }

  @Override
  public void forward(Tensor[] parameters) {
    if (theta != parameters) {
      theta = parameters;
      thetaViews = split(parameters);
    }
    for (int i = 0; i < links.size(); i++) {
      links.get(i).bound().forward(thetaViews[i]);
    }
  }

  @Override
  public void backward(
      Tensor[] parameters, Tensor[] gradient, Accumulation accumulation, Tensor norms) {
    if (theta != parameters) {
      theta = parameters;
      thetaViews = split(parameters);
    }
    if (thetaBar != gradient || thetaBarViews.length == 0) {
      thetaBar = gradient;
      thetaBarViews = gradient == null ? new Tensor[links.size()][] : split(gradient);
    }
    for (int i = links.size() - 1; i >= 0; i--) {
      links.get(i).bound().backward(thetaViews[i], thetaBarViews[i], accumulation, norms);
    }
  }

  @Override
  public LinearizedLayer linearize(TangentWiring wiring) {
    return new LinearizedSequential(io, chain, wiring);
  }

  @Override
  public SampleGradients sampleGradients(Arena arena) {
    List<SampleGradients> all = new ArrayList<>();
    links.forEach(link -> all.add(link.bound().sampleGradients(arena)));
    return new SampleGradientSums(all);
  }

  private Tensor[][] split(Tensor[] parameters) {
    return links.stream().map(link -> link.pick(parameters)).toArray(Tensor[][]::new);
  }

  /** Cotangents between layers: two buffers in turn, or one for each. */
  private static final class Bars {
    private final Wiring io;
    private final Tensor[] buffers = new Tensor[2];
    private final int largest;
    private int turn;

    Bars(Wiring io, List<Stage> stages) {
      this.io = io;
      int size = 0;
      for (int i = 0; i < stages.size() - 1; i++) {
        size = Math.max(size, stages.get(i).size());
      }
      this.largest = size;
    }

    Tensor next(int size) {
      if (io.cotangents() == Wiring.Cotangents.KEPT) {
        return io.arena().reserve(io.dtype(), io.replicas(), io.samples(), size);
      }
      int slot = turn++ % 2;
      if (buffers[slot] == null) {
        buffers[slot] = io.arena().reserve(io.dtype(), io.replicas(), io.samples(), largest);
      }
      return buffers[slot].prefix(io.replicas(), io.samples(), size);
    }
  }
}
