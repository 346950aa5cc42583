package org.noisescape.dl4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.noisescape.nn.Activate;
import org.noisescape.nn.AveragePool2d;
import org.noisescape.nn.BatchNorm;
import org.noisescape.nn.Concatenation;
import org.noisescape.nn.Conv2d;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Dropout;
import org.noisescape.nn.Flatten;
import org.noisescape.nn.Layer;
import org.noisescape.nn.MaxPool2d;
import org.noisescape.nn.Residual;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.Activation;
import org.noisescape.train.StoredTensor;

/** Writes layers as DL4J's, which read images as (N, C, H, W). */
final class ExportedLayers {
  private final Iterator<StoredTensor> parameters;
  private final Iterator<StoredTensor> statistics;
  private final List<ExportedLayer> all = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /**
   * Without any yet.
   *
   * @param parameters of the layers to come, in their order
   * @param statistics running statistics of those
   */
  ExportedLayers(Iterator<StoredTensor> parameters, Iterator<StoredTensor> statistics) {
    this.parameters = parameters;
    this.statistics = statistics;
  }

  /**
   * What a layer leaves.
   *
   * @param from its name
   * @param before what is still to be put before whatever reads it; may be null
   * @param shape (D) or channels-last (H, W, C)
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Value(String from, InputPreProcessor before, int... shape) {}

  /** What has been written, in order. */
  List<ExportedLayer> all() {
    return all;
  }

  /**
   * Adds a layer.
   *
   * @param wanted what it is called where that is free; else, and where it is a number, by its
   *     place
   */
  Value add(Layer layer, String wanted, Value x) {
    int[] shape = layer.outputShape(x.shape());
    if (layer instanceof Sequential chain) {
      return chain(chain, x);
    }
    if (layer instanceof Residual residual) {
      Value main = add(residual.main(), wanted, x);
      Value around =
          residual.shortcut() == null ? x : add(residual.shortcut(), wanted + "_shortcut", x);
      return vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), List.of(main, around), shape);
    }
    if (layer instanceof Concatenation concatenation) {
      List<Value> branches = new ArrayList<>();
      for (Concatenation.Branch branch : concatenation.branches()) {
        branches.add(branch.layer() == null ? x : add(branch.layer(), wanted, x));
      }
      return vertex(new MergeVertex(), branches, shape);
    }
    if (layer instanceof Flatten) {
      int[] in = x.shape();
      return in.length == 1
          ? x
          : new Value(x.from(), new CnnToFeedForwardPreProcessor(in[0], in[1], in[2]), shape);
    }
    if (layer instanceof Activate activate && activate.activation() == Activation.IDENTITY) {
      return x;
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    return layer(wanted, configuration(layer, x.shape(), tensors), tensors, x, shape);
  }

  /** A dense layer or a convolution takes the activation behind it. */
  private Value chain(Sequential chain, Value x) {
    Value value = x;
    List<Sequential.Child> children = chain.children();
    for (int i = 0; i < children.size(); i++) {
      Layer layer = children.get(i).layer();
      value = add(layer, children.get(i).name(), value);
      boolean takes = layer instanceof Dense || layer instanceof Conv2d;
      if (takes
          && i + 1 < children.size()
          && children.get(i + 1).layer() instanceof Activate next) {
        activate(ActivationWords.of(next.activation()));
        i++;
      }
    }
    return value;
  }

  /** Gives the last layer an activation. */
  private void activate(IActivation activation) {
    org.deeplearning4j.nn.conf.layers.Layer last = all.getLast().layer();
    ((org.deeplearning4j.nn.conf.layers.BaseLayer) last).setActivationFn(activation);
  }

  private org.deeplearning4j.nn.conf.layers.Layer configuration(
      Layer layer, int[] in, Map<String, StoredTensor> tensors) {
    int channels = in[in.length - 1];
    if (layer instanceof Dense dense) {
      tensors.put(ExportedLayer.TRANSPOSED, parameters.next());
      tensors.put("b", parameters.next());
      return new DenseLayer.Builder()
          .nIn(channels)
          .nOut(dense.outputs())
          .activation(new ActivationIdentity())
          .build();
    }
    if (layer instanceof Conv2d conv) {
      boolean bias = conv.bias() == Conv2d.Bias.ADDED;
      tensors.put("W", parameters.next());
      if (bias) {
        tensors.put("b", parameters.next());
      }
      return new ConvolutionLayer.Builder(conv.kernel(), conv.kernel())
          .stride(conv.stride(), conv.stride())
          .padding(conv.padding(), conv.padding())
          .convolutionMode(ConvolutionMode.Truncate)
          .nIn(channels)
          .nOut(conv.outputs())
          .hasBias(bias)
          .activation(new ActivationIdentity())
          .build();
    }
    if (layer instanceof BatchNorm norm) {
      tensors.put("gamma", parameters.next());
      tensors.put("beta", parameters.next());
      tensors.put("mean", statistics.next());
      tensors.put("var", statistics.next());
      return new BatchNormalization.Builder()
          .nIn(channels)
          .nOut(channels)
          .eps(norm.epsilon())
          .decay(1 - norm.momentum())
          .useLogStd(false)
          .build();
    }
    if (layer instanceof MaxPool2d pool) {
      return pool(PoolingType.MAX, pool.kernel(), pool.stride(), pool.padding());
    }
    if (layer instanceof AveragePool2d pool) {
      return pool.kernel() == 0
          ? new GlobalPoolingLayer.Builder(PoolingType.AVG).collapseDimensions(false).build()
          : pool(PoolingType.AVG, pool.kernel(), pool.kernel(), 0);
    }
    if (layer instanceof Dropout dropout) {
      return new DropoutLayer.Builder(1 - dropout.probability()).build();
    }
    if (layer instanceof Activate activate) {
      return new ActivationLayer(ActivationWords.of(activate.activation()));
    }
    throw new IllegalArgumentException(
        "layer %s has no counterpart in DL4J: export to safetensors or onnx instead"
            .formatted(layer.getClass().getSimpleName()));
  }

  private static SubsamplingLayer pool(PoolingType type, int kernel, int stride, int padding) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(kernel, kernel)
        .stride(stride, stride)
        .padding(padding, padding)
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  /** Adds a layer of DL4J. */
  Value layer(
      String wanted,
      org.deeplearning4j.nn.conf.layers.Layer configuration,
      Map<String, StoredTensor> tensors,
      Value x,
      int... shape) {
    String name = name(wanted, "layer");
    configuration.setLayerName(name);
    all.add(new ExportedLayer(name, configuration, x.before(), null, List.of(x.from()), tensors));
    return new Value(name, null, shape);
  }

  private Value vertex(GraphVertex vertex, List<Value> values, int... shape) {
    List<String> from = values.stream().map(this::placed).toList();
    String name = name("", "vertex");
    all.add(ExportedLayer.of(name, vertex, from));
    return new Value(name, null, shape);
  }

  /** The name of a value after what is still to be put behind it. */
  private String placed(Value value) {
    if (value.before() == null) {
      return value.from();
    }
    String name = name("", "vertex");
    all.add(ExportedLayer.of(name, new PreprocessorVertex(value.before()), List.of(value.from())));
    return name;
  }

  private String name(String wanted, String kind) {
    String plain = wanted.replace('.', '_');
    boolean free = plain.matches("[A-Za-z_][A-Za-z0-9_]*") && !names.contains(plain);
    String name = free ? plain : kind + all.size();
    while (!names.add(name)) {
      name = name + "_";
    }
    return name;
  }
}
