package org.noisescape.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Flatten;
import org.noisescape.nn.Layer;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/** A network here as one of DL4J. */
public final class Dl4jExport {
  private static final String FED = "input";

  private Dl4jExport() {}

  /**
   * A chain of layers as a MultiLayerNetwork, one with branches as a ComputationGraph, with DL4J's
   * plain SGD as its updater. Images are read as (N, C, H, W), or as rows of features.
   *
   * <p>The last layer gives the softmax of the outputs under cross-entropy, else the outputs.
   * DL4J's MSE is 2/K of the loss {@code mse} here.
   *
   * @param tensors parameters in their order within θ, then running statistics, in the shapes of
   *     PyTorch's state dictionaries
   * @param loss what DL4J is to train with
   * @throws IllegalArgumentException in one line where a layer or the loss has no counterpart
   */
  public static Model model(Network network, List<StoredTensor> tensors, Loss loss) {
    int count = network.parameters().size();
    ExportedLayers layers =
        new ExportedLayers(
            tensors.subList(0, count).iterator(),
            tensors.subList(count, tensors.size()).iterator());
    int[] input = network.inputShape();
    boolean images = input.length == 3 && !beginsFlat(network.layer());
    ExportedLayers.Value fed =
        new ExportedLayers.Value(
            FED,
            images ? new FeedForwardToCnnPreProcessor(input[0], input[1], input[2]) : null,
            input);
    ExportedLayers.Value last = layers.add(network.layer(), "", fed);
    end(layers, last, loss, network.outputSize());
    boolean exact = tensors.stream().allMatch(tensor -> tensor.type() == ElementType.F32);
    NeuralNetConfiguration.Builder conf =
        new NeuralNetConfiguration.Builder()
            .dataType(exact ? DataType.FLOAT : DataType.DOUBLE)
            .updater(new Sgd());
    List<ExportedLayer> all = layers.all();
    boolean chain = all.stream().allMatch(ExportedLayer::isLayer);
    return chain ? chain(conf, all) : graph(conf, all);
  }

  /** Whether rows of features are all that the network needs. */
  private static boolean beginsFlat(Layer layer) {
    return layer instanceof Flatten
        || (layer instanceof Sequential chain && beginsFlat(chain.children().getFirst().layer()));
  }

  private static void end(
      ExportedLayers layers, ExportedLayers.Value last, Loss loss, int outputs) {
    boolean entropy = loss instanceof CrossEntropy;
    if (!entropy && !loss.isHalfSquaredError()) {
      throw new IllegalArgumentException(
          "loss %s has no counterpart in DL4J, mse and ce have".formatted(loss.name()));
    }
    LossFunction function = entropy ? LossFunction.MCXENT : LossFunction.MSE;
    Activation activation = entropy ? Activation.SOFTMAX : Activation.IDENTITY;
    List<ExportedLayer> all = layers.all();
    boolean dense =
        !all.isEmpty()
            && last.before() == null
            && all.getLast().layer() instanceof DenseLayer one
            && one.getActivationFn() instanceof ActivationIdentity;
    if (!dense) {
      layers.layer(
          "",
          new LossLayer.Builder(function).activation(activation).build(),
          Map.of(),
          last,
          outputs);
      return;
    }
    ExportedLayer output = all.removeLast();
    OutputLayer conf =
        new OutputLayer.Builder(function)
            .nIn(((DenseLayer) output.layer()).getNIn())
            .nOut(outputs)
            .activation(activation)
            .build();
    conf.setLayerName(output.name());
    all.add(output.with(conf));
  }

  private static Model chain(NeuralNetConfiguration.Builder conf, List<ExportedLayer> all) {
    ListBuilder list = conf.list();
    for (int i = 0; i < all.size(); i++) {
      list.layer(i, all.get(i).layer());
      if (all.get(i).before() != null) {
        list.inputPreProcessor(i, all.get(i).before());
      }
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    for (int i = 0; i < all.size(); i++) {
      String prefix = i + "_";
      all.get(i).tensors().forEach((key, tensor) -> fill(network, prefix, key, tensor));
    }
    return network;
  }

  private static Model graph(NeuralNetConfiguration.Builder conf, List<ExportedLayer> all) {
    GraphBuilder builder = conf.graphBuilder().addInputs(FED);
    List<ExportedLayer> written = new ArrayList<>(all);
    for (ExportedLayer one : written) {
      String[] from = one.from().toArray(String[]::new);
      if (one.vertex() != null) {
        builder.addVertex(one.name(), one.vertex(), from);
      } else if (one.before() == null) {
        builder.addLayer(one.name(), one.layer(), from);
      } else {
        builder.addLayer(one.name(), one.layer(), one.before(), from);
      }
    }
    ComputationGraph graph = new ComputationGraph(builder.setOutputs(all.getLast().name()).build());
    graph.init();
    for (ExportedLayer one : written) {
      one.tensors().forEach((key, tensor) -> fill(graph, one.name() + "_", key, tensor));
    }
    return graph;
  }

  private static void fill(Model model, String prefix, String key, StoredTensor tensor) {
    boolean transposed = key.equals(ExportedLayer.TRANSPOSED);
    String name = prefix + (transposed ? "W" : key);
    INDArray values = Nd4j.create(tensor.toDoubles(), tensor.shape(), DataType.DOUBLE);
    INDArray target = model.getParam(name);
    INDArray placed = transposed ? values.transpose() : values.reshape('c', target.shape());
    target.assign(placed.castTo(target.dataType()));
  }
}
