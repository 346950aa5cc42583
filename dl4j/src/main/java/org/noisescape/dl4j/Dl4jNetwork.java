package org.noisescape.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.dl4j.FoundLayer.Weight;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.objective.DerivedSamples;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.DType;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/**
 * A network of DL4J as one here. Parameters are copied each time they are asked for, so that they
 * are those of the moment.
 *
 * <p>Read are Dense, Convolution, Subsampling, BatchNormalization, Activation, Dropout,
 * GlobalPooling, Output and Loss layers, and in graphs sums and merges of branches that begin and
 * end together. A softmax at the end is left to the loss. Updaters, L1, L2 and weight decay are no
 * part of a network.
 */
public final class Dl4jNetwork {
  private final Model model;
  private final Dl4jReading.Found found;
  private final NetworkWords words;

  private Dl4jNetwork(Model model, Dl4jReading.Found found) {
    this.model = model;
    this.found = found;
    this.words = NetworkWords.of(found);
  }

  /**
   * A network of DL4J.
   *
   * @param model a MultiLayerNetwork or ComputationGraph after {@code init()}
   * @throws IllegalArgumentException in one line that names the layer which has no counterpart here
   */
  public static Dl4jNetwork of(Model model) {
    if (model instanceof MultiLayerNetwork chain) {
      MultiLayerConfiguration conf = chain.getLayerWiseConfigurations();
      return new Dl4jNetwork(model, Dl4jReading.of(conf));
    }
    if (model instanceof ComputationGraph graph) {
      List<String> order = new ArrayList<>();
      for (int index : graph.topologicalSortOrder()) {
        order.add(graph.getVertices()[index].getVertexName());
      }
      return new Dl4jNetwork(model, Dl4jReading.of(graph.getConfiguration(), order));
    }
    throw new IllegalArgumentException(
        "%s is no MultiLayerNetwork and no ComputationGraph: no other networks of DL4J are read"
            .formatted(model == null ? "null" : model.getClass().getSimpleName()));
  }

  /**
   * The network as users of the command line write it: {@code net: linear 100, relu, linear 10}.
   */
  public String specification() {
    return "net: " + words.text();
  }

  /** The loss at its end; null where there is none. */
  public Dl4jLoss loss() {
    return found.loss();
  }

  /** What was left out, a line each. */
  public List<String> notes() {
    return found.notes();
  }

  /**
   * The network, for samples of the size that DL4J's configuration tells.
   *
   * @throws IllegalArgumentException where it does not tell it: use {@link #network(int...)}
   */
  public Network network() {
    if (!found.input().isKnown()) {
      throw new IllegalArgumentException(
          "DL4J's configuration does not tell the size of its pictures: set the input type"
              + " InputType.convolutionalFlat(h, w, c), or name the size");
    }
    return network(found.input().image());
  }

  /**
   * The network, for samples of a size.
   *
   * @param image (channels, height, width); features have height = width = 1
   */
  public Network network(int... image) {
    SampleForm output = found.output().form().flattened();
    if (!output.isKnown()) {
      throw new IllegalArgumentException(
          "DL4J's configuration does not tell the number of its outputs: end it with an OutputLayer");
    }
    return ModelZoo.build(specification(), image, Math.toIntExact(output.channels()));
  }

  /**
   * The same samples in the shape that the network is fed: rows of features as images, channels
   * first, where DL4J makes images of them.
   */
  SampleSource suited(SampleSource samples) {
    SampleForm input = found.input();
    int[] image = samples.imageShape();
    boolean rows = image[1] * image[2] == 1 && !input.isFlat() && input.isKnown();
    return rows && input.channels() * input.height() * input.width() == image[0]
        ? new Pictured(samples, input.image())
        : samples;
  }

  /** Features seen as images. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Pictured(SampleSource all, int[] imageShape) implements DerivedSamples {
    @Override
    public float[] black() {
      return new float[imageShape[0]];
    }
  }

  /** The element type of its parameters. */
  DType dtype() {
    return array(words.tensors().getFirst().weight()).dataType() == DataType.DOUBLE
        ? DType.FLOAT64
        : DType.FLOAT32;
  }

  /** θ at this moment, in the order of {@link Network#parameters}. */
  public double[] parameters(Network network) {
    return vector(network.parameters());
  }

  /** Running statistics of batch normalisations at this moment. */
  public double[] runningStatistics(Network network) {
    return vector(network.runningStatistics());
  }

  private double[] vector(List<ParameterSpec> wanted) {
    Map<String, Weight> placed = new HashMap<>();
    words.tensors().forEach(each -> placed.put(each.name(), each.weight()));
    double[] all = new double[wanted.stream().mapToInt(ParameterSpec::size).sum()];
    int offset = 0;
    for (ParameterSpec one : wanted) {
      double[] values = values(placed.get(one.name()));
      System.arraycopy(values, 0, all, offset, values.length);
      offset += values.length;
    }
    return all;
  }

  /** Parameters and running statistics at this moment, under the names they have here. */
  public List<StoredTensor> tensors() {
    List<StoredTensor> tensors = new ArrayList<>();
    for (NetworkWords.Placed each : words.tensors()) {
      Weight weight = each.weight();
      boolean exact =
          array(weight).dataType() == DataType.FLOAT
              && weight.held() != FoundLayer.Held.LOG_DEVIATION;
      ElementType type = exact ? ElementType.F32 : ElementType.F64;
      tensors.add(StoredTensor.of(each.name(), type, weight.shape(), values(weight)));
    }
    return tensors;
  }

  private INDArray array(Weight weight) {
    INDArray array =
        model instanceof MultiLayerNetwork chain
            ? chain.getParam(weight.key())
            : ((ComputationGraph) model).getParam(weight.key());
    if (array == null) {
      throw new IllegalArgumentException(
          "DL4J's network has no parameter %s: call init() first".formatted(weight.key()));
    }
    return array;
  }

  @SuppressWarnings("try") // the scope is left, not used
  private double[] values(Weight weight) {
    double[] values;
    // DL4J calls listeners where what is made may be taken back soon
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray array = array(weight);
      INDArray ordered = weight.held() == FoundLayer.Held.TRANSPOSED ? array.transpose() : array;
      values = ordered.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
    long expected = 1;
    for (long length : weight.shape()) {
      expected *= length;
    }
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "DL4J's parameter %s has %d elements, expected %d"
              .formatted(weight.key(), values.length, expected));
    }
    if (weight.held() == FoundLayer.Held.LOG_DEVIATION) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.pow(10, 2 * values[i]);
      }
    }
    return values;
  }
}
