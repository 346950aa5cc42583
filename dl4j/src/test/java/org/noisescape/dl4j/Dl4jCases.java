package org.noisescape.dl4j;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks as users of DL4J write them, for digits of 28x28. */
final class Dl4jCases {
  private Dl4jCases() {}

  static NeuralNetConfiguration.Builder builder(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(12)
        .dataType(type)
        .weightInit(WeightInit.RELU)
        .updater(new Sgd(0.05))
        .l2(1e-4);
  }

  static OutputLayer softmax(int outputs) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .nOut(outputs)
        .build();
  }

  /** Dense layers with dropout, every activation that has a counterpart. */
  static MultiLayerNetwork dense(DataType type) {
    MultiLayerConfiguration conf =
        builder(type)
            .list()
            .layer(new DenseLayer.Builder().nOut(12).activation(Activation.RELU).build())
            .layer(
                new DenseLayer.Builder()
                    .nOut(11)
                    .activation(Activation.TANH)
                    .dropOut(0.8)
                    .name("named")
                    .build())
            .layer(new DenseLayer.Builder().nOut(10).activation(Activation.SIGMOID).build())
            .layer(new DenseLayer.Builder().nOut(9).activation(Activation.LEAKYRELU).build())
            .layer(new BatchNormalization.Builder().build())
            .layer(new DenseLayer.Builder().nOut(8).activation(Activation.SOFTPLUS).build())
            .layer(new DropoutLayer.Builder(0.7).build())
            .layer(new DenseLayer.Builder().nOut(9).activation(Activation.SWISH).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .nOut(10)
                    .build())
            .setInputType(InputType.feedForward(784))
            .build();
    return started(new MultiLayerNetwork(conf));
  }

  /** LeNet with Same, batch normalisation by log of the deviation, max and average pools. */
  static MultiLayerNetwork convolutional(DataType type) {
    MultiLayerConfiguration conf =
        builder(type)
            .convolutionMode(ConvolutionMode.Same)
            .list()
            .layer(
                new ConvolutionLayer.Builder(5, 5)
                    .nOut(4)
                    .stride(1, 1)
                    .activation(Activation.RELU)
                    .build())
            .layer(new BatchNormalization.Builder().decay(0.8).eps(1e-3).build())
            .layer(
                new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build())
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(6).stride(1, 1).hasBias(false).build())
            .layer(new ActivationLayer(Activation.TANH))
            .layer(
                new SubsamplingLayer.Builder(PoolingType.AVG).kernelSize(2, 2).stride(2, 2).build())
            .layer(new DenseLayer.Builder().nOut(14).activation(Activation.RELU).build())
            .layer(softmax(10))
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    return started(new MultiLayerNetwork(conf));
  }

  /** Truncate with strides and paddings, global pool, a loss layer. */
  static MultiLayerNetwork strided(DataType type) {
    MultiLayerConfiguration conf =
        builder(type)
            .convolutionMode(ConvolutionMode.Truncate)
            .list()
            .layer(
                new ConvolutionLayer.Builder(3, 3)
                    .nIn(1)
                    .nOut(5)
                    .stride(2, 2)
                    .padding(1, 1)
                    .activation(Activation.LEAKYRELU)
                    .build())
            .layer(
                new SubsamplingLayer.Builder(PoolingType.MAX)
                    .kernelSize(3, 3)
                    .stride(2, 2)
                    .padding(1, 1)
                    .build())
            .layer(
                new ConvolutionLayer.Builder(4, 4).nOut(10).activation(Activation.IDENTITY).build())
            .layer(new BatchNormalization.Builder().useLogStd(false).build())
            .layer(new GlobalPoolingLayer(PoolingType.AVG))
            .layer(
                new LossLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutional(28, 28, 1))
            .build();
    return started(new MultiLayerNetwork(conf));
  }

  /** A residual block with a projection, one without, and a merge of three branches. */
  static ComputationGraph graph(DataType type) {
    ComputationGraphConfiguration conf =
        builder(type)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("pixels")
            .setInputTypes(InputType.convolutionalFlat(28, 28, 1))
            .addLayer("stem", convolution(4, 3, 1), "pixels")
            .addLayer(
                "pool",
                new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(4, 4).stride(4, 4).build(),
                "stem")
            .addLayer("main", convolution(6, 3, 1), "pool")
            .addLayer("norm", new BatchNormalization(), "main")
            .addLayer("around", convolution(6, 1, 1), "pool")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "norm", "around")
            .addLayer("rectified", new ActivationLayer(Activation.RELU), "sum")
            .addLayer("inner", convolution(6, 3, 1), "rectified")
            .addVertex(
                "second", new ElementWiseVertex(ElementWiseVertex.Op.Add), "rectified", "inner")
            .addLayer("left", convolution(2, 1, 1), "second")
            .addLayer("right", convolution(3, 3, 1), "second")
            .addVertex("merged", new MergeVertex(), "left", "second", "right")
            .addLayer("global", new GlobalPoolingLayer(PoolingType.AVG), "merged")
            .addLayer("out", softmax(10), "global")
            .setOutputs("out")
            .build();
    ComputationGraph graph = new ComputationGraph(conf);
    graph.init();
    return graph;
  }

  private static ConvolutionLayer convolution(int channels, int side, int stride) {
    return new ConvolutionLayer.Builder(side, side)
        .nOut(channels)
        .stride(stride, stride)
        .activation(Activation.TANH)
        .build();
  }

  private static MultiLayerNetwork started(MultiLayerNetwork network) {
    network.init();
    return network;
  }

  /** All of them. */
  static Stream<List<Object>> all(DataType type) {
    return Stream.of(
        List.of("dense", dense(type)),
        List.of("convolutional", convolutional(type)),
        List.of("strided", strided(type)),
        List.of("graph", graph(type)));
  }
}
