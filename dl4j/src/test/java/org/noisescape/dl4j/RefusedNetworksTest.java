package org.noisescape.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;

/** What has no counterpart is refused in one line with the layer; nothing is taken for another. */
class RefusedNetworksTest {
  private static MultiLayerNetwork pictured(Layer layer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Dl4jCases.builder(DataType.FLOAT)
                .list()
                .layer(layer)
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(Dl4jCases.softmax(3))
                .setInputType(InputType.convolutionalFlat(9, 9, 2))
                .build());
    network.init();
    return network;
  }

  private static MultiLayerNetwork flat(Layer layer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Dl4jCases.builder(DataType.FLOAT)
                .list()
                .layer(layer)
                .layer(Dl4jCases.softmax(3))
                .setInputType(InputType.feedForward(5))
                .build());
    network.init();
    return network;
  }

  private static ConvolutionLayer.Builder convolution(int... kernel) {
    return new ConvolutionLayer.Builder(kernel).nOut(4).name("one");
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(4).name("one");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            pictured(convolution(3, 2).build()),
            "layer 'one' (ConvolutionLayer): kernel size [3, 2] is not read: only the same in both"),
        Arguments.of(pictured(convolution(3, 3).stride(1, 2).build()), "stride [1, 2] is not read"),
        Arguments.of(
            pictured(convolution(3, 3).dilation(2, 2).build()),
            "dilations are not read: use dilation 1"),
        Arguments.of(
            pictured(convolution(2, 2).convolutionMode(ConvolutionMode.Same).build()),
            "Same pads 1 rows and 1 columns, and only the same on all sides is read: use Truncate"),
        Arguments.of(
            pictured(
                new SubsamplingLayer.Builder(PoolingType.PNORM)
                    .pnorm(2)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build()),
            "pools of type MAX and AVG are read"),
        Arguments.of(
            pictured(
                new SubsamplingLayer.Builder(PoolingType.AVG)
                    .kernelSize(3, 3)
                    .stride(2, 2)
                    .build()),
            "an AVG pool needs padding 0 and a stride as large as its kernel here"),
        Arguments.of(
            pictured(new BatchNormalization.Builder().lockGammaBeta(true).build()),
            "gamma and beta are locked"),
        Arguments.of(
            pictured(new LocalResponseNormalization.Builder().name("lrn").build()),
            "layer 'lrn' (LocalResponseNormalization): this layer is not read; read are Dense,"),
        Arguments.of(flat(dense().hasBias(false).build()), "it has no bias, and dense layers here"),
        Arguments.of(
            flat(dense().hasLayerNorm(true).build()), "its layer normalisation is not read"),
        Arguments.of(
            flat(dense().activation(new ActivationGELU(true)).build()),
            "neither is the gelu there is here, use SWISH"),
        Arguments.of(
            flat(dense().activation(new ActivationLReLU(0.2)).build()),
            "layer 'one' (activation leakyrelu(a=0.2)): there is no such activation here: use"),
        Arguments.of(
            flat(dense().activation(new ActivationReLU6()).build()), "there is no such activation"),
        Arguments.of(
            flat(dense().dropOut(new GaussianDropout(0.5)).build()),
            "layer 'one' (GaussianDropout): only Dropout with one probability is read"),
        Arguments.of(
            flat(dense().weightNoise(new DropConnect(0.5)).build()),
            "noise on weights is not read: build it without weightNoise"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void theLineNamesLayerAndRemedy(MultiLayerNetwork network, String line) {
    assertThatThrownBy(() -> Dl4jNetwork.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anotherOrderOfImagesIsRefused() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Dl4jCases.builder(DataType.FLOAT)
                .list()
                .layer(convolution(3, 3).dataFormat(CNN2DFormat.NHWC).build())
                .layer(Dl4jCases.softmax(3))
                .setInputType(InputType.convolutional(9, 9, 2, CNN2DFormat.NHWC))
                .build());
    network.init();
    assertThatThrownBy(() -> Dl4jNetwork.of(network))
        .hasMessageContaining("images in the order NHWC are not read: use NCHW");
  }

  @Test
  void aSoftmaxUnderAnotherLossIsRefused() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Dl4jCases.builder(DataType.FLOAT)
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.SOFTMAX)
                        .nOut(3)
                        .build())
                .setInputType(InputType.feedForward(5))
                .build());
    network.init();
    assertThatThrownBy(() -> Dl4jNetwork.of(network))
        .hasMessageContaining("layer 'layer0' (OutputLayer): a softmax under the loss LossMSE()");
  }

  @Test
  void othersThanSumsAndMergesAreRefused() {
    ComputationGraph graph =
        new ComputationGraph(
            Dl4jCases.builder(DataType.FLOAT)
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.feedForward(5))
                .addLayer("a", dense().build(), "x")
                .addLayer("b", dense().build(), "x")
                .addVertex("times", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b")
                .addLayer("out", Dl4jCases.softmax(3), "times")
                .setOutputs("out")
                .build());
    graph.init();
    assertThatThrownBy(() -> Dl4jNetwork.of(graph))
        .hasMessageContaining(
            "layer 'times' (ElementWiseVertex): this vertex is not read; read are");
  }

  @Test
  void picturesOfUnknownSizeAskForIt() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Dl4jCases.builder(DataType.FLOAT)
                .list()
                .layer(convolution(3, 3).build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(Dl4jCases.softmax(3))
                .setInputType(InputType.convolutional(9, 9, 2))
                .build());
    network.init();
    Dl4jNetwork read = Dl4jNetwork.of(network);
    assertThatThrownBy(read::network)
        .hasMessageContaining("does not tell the size of its pictures: set the input type");
    assertThat(read.network(2, 9, 9).outputSize()).isEqualTo(3);
  }

  static Stream<IActivation> activations() {
    return Stream.of(
        new ActivationIdentity(),
        new ActivationReLU(),
        new ActivationReLU(null, null, 0.01),
        new ActivationLReLU(),
        new ActivationTanH(),
        new ActivationSigmoid(),
        new ActivationSoftPlus(),
        new ActivationSwish());
  }

  /** So that no other meaning of a word goes unseen, as it would have with DL4J's GELU. */
  @ParameterizedTest
  @MethodSource("activations")
  void activationsHaveTheValuesOfTheirWords(IActivation activation) {
    int points = 97;
    double[] x = new double[points];
    for (int i = 0; i < points; i++) {
      x[i] = (i - 48.3) / 6;
    }
    INDArray values = activation.getActivation(Nd4j.createFromArray(x), false);
    String word = ActivationWords.of("one", activation);
    Network network =
        ModelZoo.build(
            "net: linear, " + (word.isEmpty() ? "identity" : word), new int[] {1, 1, 1}, 1);
    double[] got = HostOutputs.of(network, new double[] {1, 0}, new double[0], DType.FLOAT64, x);
    assertThat(got).containsExactly(values.data().asDouble(), within(1e-12));
  }
}
