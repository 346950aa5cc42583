package org.noisescape.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;

/** Networks that DL4J trained on digits give here what they give there. */
class Dl4jNetworkTest {
  static Stream<Arguments> trained() {
    return Stream.of(DataType.DOUBLE, DataType.FLOAT)
        .flatMap(
            type -> Dl4jCases.all(type).map(one -> Arguments.of(one.get(0), type, one.get(1))));
  }

  static void train(Model model, int samples, int batch, boolean flat) {
    SampleIterator digits = Dl4jData.iterator(DigitsData.first(samples), batch);
    SampleIterator fed = flat ? digits.flat() : digits;
    if (model instanceof MultiLayerNetwork chain) {
      chain.fit(fed);
    } else {
      ((ComputationGraph) model).fit(fed);
    }
  }

  /** Before a softmax at the end, which is left to the loss here. */
  static INDArray outputs(Model model, INDArray x) {
    return model instanceof MultiLayerNetwork chain
        ? chain.output(x)
        : ((ComputationGraph) model).outputSingle(x);
  }

  static double[] softmax(double[] logits, int width) {
    double[] shares = new double[logits.length];
    for (int row = 0; row < logits.length; row += width) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < width; k++) {
        most = Math.max(most, logits[row + k]);
      }
      double sum = 0;
      for (int k = 0; k < width; k++) {
        sum += Math.exp(logits[row + k] - most);
      }
      for (int k = 0; k < width; k++) {
        shares[row + k] = Math.exp(logits[row + k] - most) / sum;
      }
    }
    return shares;
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("trained")
  void outputsAreThoseOfDl4j(String name, DataType type, Model model) {
    train(model, 60, 20, !name.equals("strided"));
    DataSet some = Dl4jData.iterator(DigitsData.first(7), 7).next();
    INDArray x =
        name.equals("strided") ? some.getFeatures() : some.getFeatures().reshape('c', 7, 784);
    double[] expected = outputs(model, x).castTo(DataType.DOUBLE).dup('c').data().asDouble();

    Dl4jNetwork read = Dl4jNetwork.of(model);
    Network network = read.network(1, 28, 28);
    DType dtype = type == DataType.DOUBLE ? DType.FLOAT64 : DType.FLOAT32;
    double[] got =
        HostOutputs.of(
            network,
            read.parameters(network),
            read.runningStatistics(network),
            dtype,
            x.castTo(DataType.DOUBLE).dup('c').data().asDouble());

    double[] shown = name.equals("dense") ? got : softmax(got, 10);
    double tolerance = type == DataType.DOUBLE ? 1e-9 : 1e-5;
    assertThat(shown).containsExactly(expected, within(tolerance));
  }

  @Test
  void theNetworkIsWrittenOut() {
    assertThat(Dl4jNetwork.of(Dl4jCases.dense(DataType.FLOAT)).specification())
        .isEqualTo(
            "net: input 784, layer0: linear 12, relu, dropout 0.2, named: linear 11, tanh,"
                + " layer2: linear 10, sigmoid, layer3: linear 9, leaky-relu, layer4: batchnorm,"
                + " layer5: linear 8, softplus, dropout 0.3, layer7: linear 9, silu,"
                + " layer8: linear 10");
    assertThat(Dl4jNetwork.of(Dl4jCases.graph(DataType.FLOAT)).specification())
        .isEqualTo(
            "net: input 1x28x28, stem: conv 4 3x3 pad=1, tanh, maxpool 4,"
                + " residual(main: conv 6 3x3 pad=1, tanh, norm: batchnorm | around: conv 6 1x1, tanh),"
                + " relu, residual(inner: conv 6 3x3 pad=1, tanh),"
                + " concat(left: conv 2 1x1, tanh | input | right: conv 3 3x3 pad=1, tanh),"
                + " avgpool, flatten, out: linear 10");
  }
}
