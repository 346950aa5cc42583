package org.noisescape.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.DType;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/** Networks here are written as files that DL4J restores, and come back to the last bit. */
class Dl4jExportTest {
  private static final int SAMPLES = 3;

  @TempDir Path folder;

  /** A network on samples of one shape. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Case(String model, ElementType type, Loss loss, int outputs, int... image) {
    Network network() {
      return ModelZoo.build(model, image, outputs);
    }

    @Override
    public String toString() {
      return model.substring(0, Math.min(60, model.length()));
    }
  }

  static Stream<Case> networks() {
    Loss entropy = new CrossEntropy(0);
    return Stream.of(
        new Case("mlp:7,6:activation=tanh", ElementType.F64, new MeanSquare(), 3, 12, 1, 1),
        new Case(
            "mlp:7:activation=silu:norm=batch:dropout=0.1", ElementType.F32, entropy, 4, 3, 2, 2),
        new Case(
            "net: conv 6 5x5 pad=2, sigmoid, avgpool 2, conv 16 5x5, sigmoid, avgpool 2, flatten,"
                + " hidden: linear 12, leaky-relu, linear",
            ElementType.F64,
            entropy,
            10,
            1,
            20,
            18),
        new Case("resnet18:2", ElementType.F64, entropy, 10, 3, 16, 16),
        new Case("densenet:2", ElementType.F32, entropy, 10, 3, 16, 16),
        new Case(
            "net: stem: conv 4 3x3 stride=2 pad=1 bias=no, batchnorm eps=0.01 momentum=0.3, maxpool 3"
                + " stride=2 pad=1, residual(conv 6 3 pad=1, softplus, identity | conv 6 1),"
                + " concat(conv 1 1 | input | a.b: conv 2 1), avgpool, flatten, dropout 0.25,"
                + " head: linear 3, tanh",
            ElementType.F64,
            new MeanSquare(),
            3,
            2,
            13,
            11));
  }

  private static double[] random(int count, long seed, double scale, double around) {
    return new SplittableRandom(seed)
        .doubles(count)
        .map(u -> (float) (around + scale * (2 * u - 1)))
        .toArray();
  }

  /** Parameters and statistics that no two layers share. */
  private static List<StoredTensor> tensors(Network network, ElementType type) {
    List<StoredTensor> tensors = new ArrayList<>();
    for (ParameterSpec parameter : network.parameters()) {
      double scale = parameter.isWeight() ? Math.sqrt(6.0 / parameter.fanIn()) : 0.3;
      tensors.add(tensor(parameter, type, scale, parameter.start(), tensors.size()));
    }
    for (ParameterSpec statistic : network.runningStatistics()) {
      tensors.add(tensor(statistic, type, 0.4, statistic.start(), tensors.size()));
    }
    return tensors;
  }

  private static StoredTensor tensor(
      ParameterSpec of, ElementType type, double scale, double around, int seed) {
    long[] shape = Arrays.stream(of.shape()).asLongStream().toArray();
    return StoredTensor.of(of.name(), type, shape, random(of.size(), seed, scale, around));
  }

  private static double[] joined(List<StoredTensor> tensors) {
    return tensors.stream().flatMapToDouble(one -> Arrays.stream(one.toDoubles())).toArray();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void modelSerializerRestoresWhatGivesTheSameAndItComesBack(Case one) throws IOException {
    Network network = one.network();
    List<StoredTensor> tensors = tensors(network, one.type());
    int count = network.parameters().size();
    double[] parameters = joined(tensors.subList(0, count));
    double[] running = joined(tensors.subList(count, tensors.size()));
    Path file = folder.resolve("model.zip");
    new Dl4jFormat().write(file, network, one.loss(), tensors);

    Model restored = restored(file);
    double[] x = random(SAMPLES * network.inputSize(), 99, 1, 0);
    boolean exact = one.type() == ElementType.F64;
    INDArray rows =
        Nd4j.createFromArray(x)
            .reshape('c', SAMPLES, network.inputSize())
            .castTo(exact ? DataType.DOUBLE : DataType.FLOAT);
    double[] expected =
        HostOutputs.of(network, parameters, running, exact ? DType.FLOAT64 : DType.FLOAT32, x);
    boolean entropy = one.loss() instanceof CrossEntropy;
    double[] shown = entropy ? Dl4jNetworkTest.softmax(expected, one.outputs()) : expected;
    for (INDArray fed : fed(one, rows)) {
      INDArray got = Dl4jNetworkTest.outputs(restored, fed).castTo(DataType.DOUBLE);
      assertThat(got.dup('c').data().asDouble())
          .containsExactly(shown, within(exact ? 1e-9 : 1e-5));
    }

    Dl4jNetwork back = Dl4jModel.read(file);
    Network again = back.network(one.image());
    assertThat(back.parameters(again)).containsExactly(parameters);
    assertThat(back.runningStatistics(again)).containsExactly(running);
    assertThat(HostOutputs.of(again, parameters, running, DType.FLOAT64, x))
        .containsExactly(HostOutputs.of(network, parameters, running, DType.FLOAT64, x));
  }

  /** As rows of features, and as images where there are any. */
  private static List<INDArray> fed(Case one, INDArray rows) {
    int[] image = one.image();
    return one.network().takesImages()
        ? List.of(rows, rows.reshape('c', SAMPLES, image[0], image[1], image[2]))
        : List.of(rows);
  }

  /** By DL4J's own reader. */
  private static Model restored(Path file) throws IOException {
    try {
      return ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    } catch (RuntimeException e) {
      return ModelSerializer.restoreComputationGraph(file.toFile(), true);
    }
  }

  @Test
  void chainsAreMultiLayerNetworksAndLayersKeepTheirNames() {
    Network chain = ModelZoo.build("net: linear 3, relu, head: linear", new int[] {4, 1, 1}, 2);
    Model model = Dl4jExport.model(chain, tensors(chain, ElementType.F32), new CrossEntropy(0));
    assertThat(model).isInstanceOf(MultiLayerNetwork.class);
    assertThat(Dl4jNetwork.of(model).specification())
        .isEqualTo("net: input 4, layer0: linear 3, relu, head: linear 2");
    Network branched = ModelZoo.build("net: residual(linear 4), linear", new int[] {4, 1, 1}, 2);
    assertThat(Dl4jExport.model(branched, tensors(branched, ElementType.F32), new MeanSquare()))
        .isInstanceOf(ComputationGraph.class);
  }

  @Test
  void settingsOfTrainingAreDl4js() {
    Network network =
        ModelZoo.build(
            "net: linear 3, batchnorm eps=0.01 momentum=0.3, dropout 0.25, linear",
            new int[] {4, 1, 1},
            2);
    Model model = Dl4jExport.model(network, tensors(network, ElementType.F32), new CrossEntropy(0));
    MultiLayerConfiguration conf = ((MultiLayerNetwork) model).getLayerWiseConfigurations();
    BatchNormalization norm = (BatchNormalization) conf.getConf(1).getLayer();
    assertThat(norm.getDecay()).isCloseTo(0.7, within(1e-12));
    assertThat(norm.getEps()).isEqualTo(0.01);
    assertThat(((Dropout) conf.getConf(2).getLayer().getIDropout()).getP()).isEqualTo(0.75);
    assertThat(Dl4jNetwork.of(model).specification())
        .isEqualTo(
            "net: input 4, layer0: linear 3, layer1: batchnorm eps=0.01 momentum=0.3, dropout 0.25,"
                + " layer3: linear 2");
  }

  @Test
  void whatDl4jDoesNotHaveIsOneLine() {
    Network normal = ModelZoo.build("net: linear 3, layernorm, linear", new int[] {4, 1, 1}, 2);
    assertThatThrownBy(
            () -> Dl4jExport.model(normal, tensors(normal, ElementType.F32), new MeanSquare()))
        .hasMessage(
            "layer LayerNorm has no counterpart in DL4J: export to safetensors or onnx instead");
    Network gelu = ModelZoo.build("net: linear 3, gelu-tanh, linear", new int[] {4, 1, 1}, 2);
    assertThatThrownBy(
            () -> Dl4jExport.model(gelu, tensors(gelu, ElementType.F32), new MeanSquare()))
        .hasMessageContaining("DL4J has no such gelu");
  }
}
