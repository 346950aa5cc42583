package org.noisescape.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.noisescape.dl4j.FoundLayer.Kind;

/** Finds the layers of a configuration. */
final class Dl4jReading {
  private final List<String> notes = new ArrayList<>();
  private Dl4jLoss loss;
  private boolean regularized;

  private Dl4jReading() {}

  /**
   * What was found.
   *
   * @param output the last layer
   * @param input how samples are fed
   * @param loss at the end; null where there is none
   * @param notes what was left out, a line each
   */
  record Found(FoundLayer output, SampleForm input, Dl4jLoss loss, List<String> notes) {}

  /**
   * The layers of a chain.
   *
   * @throws IllegalArgumentException in one line with the layer that has no counterpart
   */
  static Found of(MultiLayerConfiguration conf) {
    int count = conf.getConfs().size();
    Dl4jReading reading = new Dl4jReading();
    SampleForm input = InputForms.of(conf);
    FoundLayer last = FoundLayer.input(input);
    for (int i = 0; i < count; i++) {
      Layer layer = conf.getConf(i).getLayer();
      String called = layer.getLayerName() == null ? "layer" + i : layer.getLayerName();
      last = reading.placed(called, conf.getInputPreProcess(i), last);
      last = reading.layer(called, i + "_", layer, last, i == count - 1);
    }
    return reading.found(last, input);
  }

  /**
   * The layers of a graph.
   *
   * @throws IllegalArgumentException in one line with the vertex that has no counterpart
   */
  static Found of(ComputationGraphConfiguration conf, List<String> order) {
    if (conf.getNetworkInputs().size() != 1 || conf.getNetworkOutputs().size() != 1) {
      throw new IllegalArgumentException(
          "it has %d inputs and %d outputs, and networks here have one of each"
              .formatted(conf.getNetworkInputs().size(), conf.getNetworkOutputs().size()));
    }
    Dl4jReading reading = new Dl4jReading();
    String fed = conf.getNetworkInputs().getFirst();
    String output = conf.getNetworkOutputs().getFirst();
    SampleForm input = InputForms.of(conf);
    Map<String, FoundLayer> values = new HashMap<>(Map.of(fed, FoundLayer.input(input)));
    for (String name : order) {
      if (!name.equals(fed)) {
        List<FoundLayer> from = conf.getVertexInputs().get(name).stream().map(values::get).toList();
        values.put(name, reading.vertex(name, conf.getVertices().get(name), from, output));
      }
    }
    return reading.found(values.get(output), input);
  }

  private Found found(FoundLayer output, SampleForm input) {
    if (output.kind() == Kind.INPUT) {
      throw new IllegalArgumentException("it has no layers");
    }
    if (regularized) {
      notes.add("L1, L2 and weight decay are left out: they are no part of the network");
    }
    return new Found(output, input, loss, List.copyOf(notes));
  }

  private FoundLayer vertex(String name, GraphVertex vertex, List<FoundLayer> from, String output) {
    if (vertex instanceof LayerVertex layer && from.size() == 1) {
      FoundLayer placed = placed(name, layer.getPreProcessor(), from.getFirst());
      boolean last = name.equals(output);
      return layer(name, name + "_", layer.getLayerConf().getLayer(), placed, last);
    }
    if (vertex instanceof PreprocessorVertex one) {
      return placed(name, one.getPreProcessor(), from.getFirst());
    }
    if (vertex instanceof ElementWiseVertex sum
        && sum.getOp() == ElementWiseVertex.Op.Add
        && from.size() >= 2) {
      // the sum of several is a sum of the first ones and another
      FoundLayer added = from.getFirst();
      for (FoundLayer other : from.subList(1, from.size())) {
        added = FoundLayer.joining(Kind.SUM, List.of(added, other), name, added.form());
      }
      return added;
    }
    if (vertex instanceof MergeVertex merge && merge.getMergeAxis() == 1) {
      return from.size() == 1 ? from.getFirst() : merged(name, from);
    }
    throw Refusal.of(
        name,
        vertex,
        "this vertex is not read; read are layers, ElementWiseVertex(Add), MergeVertex of channels and"
            + " PreprocessorVertex: build the network of those");
  }

  private static FoundLayer merged(String name, List<FoundLayer> from) {
    SampleForm first = from.getFirst().form();
    long channels = 0;
    for (FoundLayer each : from) {
      SampleForm form = each.form();
      channels = Math.addExact(channels, form.channels());
    }
    SampleForm form = new SampleForm(channels, first.height(), first.width());
    return FoundLayer.joining(Kind.CONCATENATION, from, name, form);
  }

  /** What a layer reads after what DL4J puts before it. */
  private FoundLayer placed(String name, InputPreProcessor before, FoundLayer from) {
    if (before == null) {
      return from;
    }
    if (before instanceof FeedForwardToCnnPreProcessor && from.kind() == Kind.INPUT) {
      // the input itself, as images
      return from;
    }
    if (before instanceof CnnToFeedForwardPreProcessor flat
        && flat.getFormat() == CNN2DFormat.NCHW) {
      return from.form().isFlat() ? from : from.then(name, "flatten", from.form().flattened());
    }
    throw Refusal.of(
        name,
        before,
        "this preprocessor is not read; read are CnnToFeedForward in the order NCHW, and FeedForwardToCnn"
            + " at the input");
  }

  private FoundLayer layer(String name, String prefix, Layer conf, FoundLayer from, boolean last) {
    regularized |=
        conf instanceof BaseLayer base
            && base.getRegularization() != null
            && !base.getRegularization().isEmpty();
    LayerReading reading = new LayerReading(name, prefix);
    if (conf.getClass() == OutputLayer.class) {
      OutputLayer output = (OutputLayer) conf;
      OutputLayer bare = (OutputLayer) output.clone();
      bare.setActivationFn(null);
      FoundLayer dense = reading.dense(bare, output.hasBias(), from);
      return ended(reading, output.getActivationFn(), output.getLossFn(), dense, last, conf, name);
    }
    if (conf.getClass() == LossLayer.class) {
      LossLayer end = (LossLayer) conf;
      return ended(reading, end.getActivationFn(), end.getLossFn(), from, last, conf, name);
    }
    return reading.read(conf, from);
  }

  private FoundLayer ended(
      LayerReading reading,
      IActivation activation,
      ILossFunction function,
      FoundLayer from,
      boolean last,
      Layer conf,
      String name) {
    if (!last) {
      throw Refusal.of(name, conf, "a layer with a loss must be the last one");
    }
    boolean softmax = Dl4jLoss.isSoftmax(activation);
    loss = Dl4jLoss.of(function, softmax, from.form().channels());
    if (!softmax) {
      return reading.activated(activation, from);
    }
    if (!Dl4jLoss.hasSoftmax(function)) {
      throw Refusal.of(
          name,
          conf,
          "a softmax under the loss %s is not read: use MCXENT or another activation"
              .formatted(function));
    }
    notes.add("the softmax at the end is left out: cross-entropy has its own");
    return from;
  }
}
