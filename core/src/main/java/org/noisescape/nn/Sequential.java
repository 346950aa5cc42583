package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DenseChain;

/**
 * Layers one after another; parameters are named by the layer's position, as in PyTorch's
 * nn.Sequential, or by names of one's own.
 *
 * @param children the layers in order, at least one
 */
public record Sequential(List<Child> children) implements Layer {
  /** Copies the list. */
  public Sequential {
    children = List.copyOf(children);
    if (children.isEmpty()) {
      throw new IllegalArgumentException("Sequential: needs at least one layer");
    }
  }

  /**
   * A layer and what its parameters are called.
   *
   * @param name prefix of its parameters, or empty for none
   * @param layer the layer
   */
  public record Child(String name, Layer layer) {
    /** The layer's specifications under its name. */
    List<ParameterSpec> prefixed(List<ParameterSpec> specifications) {
      return name.isEmpty()
          ? specifications
          : specifications.stream().map(one -> one.prefixed(name + ".")).toList();
    }
  }

  /** The layers in order, named by their positions. */
  public static Sequential of(Layer... layers) {
    return of(List.of(layers));
  }

  /** The layers in order, named by their positions. */
  public static Sequential of(List<? extends Layer> layers) {
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      children.add(new Child(Integer.toString(i), layers.get(i)));
    }
    return new Sequential(children);
  }

  @Override
  public int[] outputShape(int[] input) {
    int[] shape = input;
    for (Child child : children) {
      shape = child.layer().outputShape(shape);
    }
    return shape;
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    List<ParameterSpec> parameters = new ArrayList<>();
    int[] shape = input;
    for (Child child : children) {
      parameters.addAll(child.prefixed(child.layer().parameters(shape)));
      shape = child.layer().outputShape(shape);
    }
    return parameters;
  }

  @Override
  public List<ParameterSpec> runningStatistics(int[] input) {
    List<ParameterSpec> statistics = new ArrayList<>();
    int[] shape = input;
    for (Child child : children) {
      statistics.addAll(child.prefixed(child.layer().runningStatistics(shape)));
      shape = child.layer().outputShape(shape);
    }
    return statistics;
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
  public boolean readsOutput() {
    return children.getLast().layer().readsOutput();
  }

  @Override
  public boolean isPiecewiseLinear() {
    return children.stream().allMatch(child -> child.layer().isPiecewiseLinear());
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new BoundSequential(wiring, stages(wiring.inputShape()));
  }

  @Override
  public Optional<DenseChain> denseChain(int[] input) {
    List<DenseChain.Link> links = new ArrayList<>();
    for (Stage stage : stages(input)) {
      Optional<DenseChain> chain = stage.layer().denseChain(stage.input());
      if (chain.isEmpty() && !stage.isView()) {
        return Optional.empty();
      }
      chain.ifPresent(
          dense ->
              dense
                  .layers()
                  .forEach(
                      link -> links.add(new DenseChain.Link(link.outputs(), stage.activation()))));
    }
    return links.isEmpty()
        ? Optional.empty()
        : Optional.of(new DenseChain(Network.product(input), links));
  }

  /** A layer with the activation it takes over. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Stage(Layer layer, Activation activation, int[] input, int[] output) {
    /** Number of its parameter tensors. */
    int parameters() {
      return layer.parameters(input).size();
    }

    /** Number of its running statistics. */
    int statistics() {
      return BatchStatistics.size(layer.runningStatistics(input));
    }

    /** Features of its output. */
    int size() {
      return Network.product(output);
    }

    /** Whether the output is the input's memory. */
    boolean isView() {
      return layer.isView(input);
    }
  }

  private List<Stage> stages(int[] input) {
    List<Stage> stages = new ArrayList<>();
    int[] shape = input;
    for (int i = 0; i < children.size(); i++) {
      Layer layer = children.get(i).layer();
      int[] output = layer.outputShape(shape);
      Activation activation = Activation.IDENTITY;
      if (i + 1 < children.size()
          && children.get(i + 1).layer() instanceof Activate next
          && layer.fuses(next.activation())) {
        activation = next.activation();
        i++;
      }
      stages.add(new Stage(layer, activation, shape, output));
      shape = output;
    }
    return stages;
  }
}
