package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DenseChain;

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
    int features = 1;
    for (int dim : input) {
      features *= dim;
    }
    return links.isEmpty() ? Optional.empty() : Optional.of(new DenseChain(features, links));
  }

  /** A layer with the activation it takes over. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Stage(Layer layer, Activation activation, int[] input, int[] output) {
    /** Number of its parameter tensors. */
    int parameters() {
      return layer.parameters(input).size();
    }

    /** Features of its output. */
    int size() {
      int product = 1;
      for (int dim : output) {
        product *= dim;
      }
      return product;
    }

    /** Whether the output is the input's memory. */
    boolean isView() {
      return layer.isView(input);
    }
  }

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
}
