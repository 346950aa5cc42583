package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * Layers one after another; parameters are named by the layer's position, as in PyTorch's
 * nn.Sequential.
 *
 * @param layers the layers, at least one
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("Sequential: needs at least one layer");
    }
  }

  /** The layers in order. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public int[] outputShape(int[] input) {
    int[] shape = input;
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    List<ParameterSpec> parameters = new ArrayList<>();
    int[] shape = input;
    for (int i = 0; i < layers.size(); i++) {
      for (ParameterSpec parameter : layers.get(i).parameters(shape)) {
        parameters.add(parameter.prefixed(i + "."));
      }
      shape = layers.get(i).outputShape(shape);
    }
    return parameters;
  }

  @Override
  public long activationSize(int[] input) {
    long size = 0;
    for (Stage stage : stages(input)) {
      if (!stage.layer().isView(stage.input())) {
        size += stage.layer().activationSize(stage.input());
      }
    }
    return size;
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring, stages(wiring.inputShape()));
  }

  /** A layer with the activation it takes over. */
  private record Stage(Layer layer, Activation activation, int[] input, int[] output) {}

  private List<Stage> stages(int[] input) {
    List<Stage> stages = new ArrayList<>();
    int[] shape = input;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      int[] output = layer.outputShape(shape);
      Activation activation = Activation.IDENTITY;
      if (layer.fusesActivation()
          && i + 1 < layers.size()
          && layers.get(i + 1) instanceof Activate next) {
        activation = next.activation();
        i++;
      }
      stages.add(new Stage(layer, activation, shape, output));
      shape = output;
    }
    return stages;
  }

  private static final class Bound implements BoundLayer {
    private final List<BoundLayer> bound = new ArrayList<>();
    private final int[] firstParameter;
    private final int[] parameterCount;
    private Tensor[][] thetaViews = {};
    private Tensor[][] thetaBarViews = {};
    private Tensor[] theta;
    private Tensor[] thetaBar;

    Bound(Wiring io, List<Stage> stages) {
      this.firstParameter = new int[stages.size()];
      this.parameterCount = new int[stages.size()];
      Bars bars = new Bars(io, stages);
      Tensor x = io.x();
      Tensor xBar = io.xBar();
      int parameters = 0;
      boolean learnedBefore = false;
      int views = 0;
      for (int i = 0; i < stages.size(); i++) {
        Stage stage = stages.get(i);
        boolean last = i == stages.size() - 1;
        boolean view = stage.layer().isView(stage.input()) && !last;
        int size = product(stage.output());
        Tensor y = last ? io.y() : output(io, x, view, size);
        int count = stage.layer().parameters(stage.input()).size();
        learnedBefore |= count > 0;
        Tensor yBar;
        if (io.yBar() == null || (!learnedBefore && io.xBar() == null)) {
          yBar = null;
        } else if (last) {
          yBar = io.yBar();
        } else if (view) {
          yBar = xBar == null ? null : xBar.reshape(y.shape());
        } else {
          yBar = bars.next(size);
        }
        if (view) {
          views++;
        } else {
          int index = i - views;
          firstParameter[index] = parameters;
          parameterCount[index] = count;
          bound.add(
              stage
                  .layer()
                  .bind(
                      new Wiring(io.arena(), stage.input(), x, y, xBar, yBar), stage.activation()));
        }
        parameters += count;
        x = y;
        xBar = yBar;
      }
    }

    private static Tensor output(Wiring io, Tensor x, boolean view, int size) {
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
      for (int i = 0; i < bound.size(); i++) {
        bound.get(i).forward(thetaViews[i]);
      }
    }

    @Override
    public void backward(
        Tensor[] parameters, Tensor[] gradient, Accumulation accumulation, Tensor norms) {
      if (theta != parameters) {
        theta = parameters;
        thetaViews = split(parameters);
      }
      if (thetaBar != gradient) {
        thetaBar = gradient;
        thetaBarViews = split(gradient);
      }
      for (int i = bound.size() - 1; i >= 0; i--) {
        bound.get(i).backward(thetaViews[i], thetaBarViews[i], accumulation, norms);
      }
    }

    private Tensor[][] split(Tensor[] parameters) {
      Tensor[][] views = new Tensor[bound.size()][];
      for (int i = 0; i < views.length; i++) {
        views[i] = new Tensor[parameterCount[i]];
        System.arraycopy(parameters, firstParameter[i], views[i], 0, parameterCount[i]);
      }
      return views;
    }
  }

  /** Two buffers that the cotangents of successive layers take in turn. */
  private static final class Bars {
    private final Arena arena;
    private final Wiring io;
    private final Tensor[] buffers = new Tensor[2];
    private final int largest;
    private int turn;

    Bars(Wiring io, List<Stage> stages) {
      this.io = io;
      this.arena = io.arena();
      int size = 0;
      for (int i = 0; i < stages.size() - 1; i++) {
        size = Math.max(size, product(stages.get(i).output()));
      }
      this.largest = size;
    }

    Tensor next(int size) {
      int slot = turn++ % 2;
      if (buffers[slot] == null) {
        buffers[slot] = arena.reserve(io.dtype(), 1, io.replicas() * io.samples() * largest);
      }
      int elements = io.replicas() * io.samples() * size;
      return buffers[slot].slice(0, elements).reshape(io.replicas(), io.samples(), size);
    }
  }

  private static int product(int[] shape) {
    int product = 1;
    for (int dim : shape) {
      product *= dim;
    }
    return product;
  }
}
