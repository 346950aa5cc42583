package org.noisescape.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;

/** The numbers of the listener are those that DL4J's own gradients give. */
class NoiseListenerTest {
  /** What DL4J trains with, and with what at the end. */
  enum End {
    CROSS_ENTROPY(LossFunction.MCXENT, Activation.SOFTMAX),
    LIKELIHOOD(LossFunction.NEGATIVELOGLIKELIHOOD, Activation.SOFTMAX),
    MEAN_SQUARE(LossFunction.MSE, Activation.IDENTITY),
    SQUARES(LossFunction.L2, Activation.TANH);

    private final LossFunction loss;
    private final Activation activation;

    End(LossFunction loss, Activation activation) {
      this.loss = loss;
      this.activation = activation;
    }

    OutputLayer layer(int outputs) {
      return new OutputLayer.Builder(loss).activation(activation).nOut(outputs).build();
    }
  }

  private static MultiLayerNetwork small(End end) {
    MultiLayerConfiguration conf =
        Dl4jCases.builder(DataType.DOUBLE)
            .list()
            .layer(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build())
            .layer(end.layer(3))
            .setInputType(InputType.feedForward(5))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init();
    return network;
  }

  private static MultiLayerNetwork pictured() {
    MultiLayerConfiguration conf =
        Dl4jCases.builder(DataType.DOUBLE)
            .list()
            .layer(
                new ConvolutionLayer.Builder(5, 5)
                    .nOut(3)
                    .stride(3, 3)
                    .activation(Activation.RELU)
                    .build())
            .layer(Dl4jCases.softmax(10))
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init();
    return network;
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void lossNoiseAndEigenvaluesAreThoseOfDl4jsGradients(End end) {
    MultiLayerNetwork network = small(end);
    SampleSource samples = ArraySamples.normal(4, 20, new int[] {5, 1, 1}, 3);
    DataSet all = Dl4jData.iterator(samples, 20).next();
    try (NoiseListener listener = new NoiseListener(samples, ListenerSettings.every(1))) {
      NoiseReading reading = listener.measure(network, 7, 2);

      double[] expected = Dl4jGradients.noiseAndNorm(network, Dl4jData.iterator(samples, 1));
      assertThat(reading.noiseStrength()).isCloseTo(expected[0], within(1e-9 * expected[0]));
      assertThat(reading.gradientNorm()).isCloseTo(expected[1], within(1e-9 * expected[1]));
      // DL4J's score has half the sum of squares of weights in it
      double score = network.score(all) - network.calcRegularizationScore(true);
      assertThat(reading.loss()).isCloseTo(score, within(1e-9 * score));
      assertThat(reading.iteration()).isEqualTo(7);
      assertThat(reading.epoch()).isEqualTo(2);
      double[] top = top(network, all);
      for (int i = 0; i < 3; i++) {
        assertThat(reading.eigenvalues()[i]).isCloseTo(top[i], within(1e-5 * Math.abs(top[0])));
        assertThat(reading.residuals()[i]).isBetween(0.0, 1e-4 * top[0]);
      }
      assertThat(reading.converged()).isTrue();
    }
  }

  /** Eigenvalues of the differences of DL4J's gradients, descending. */
  private static double[] top(MultiLayerNetwork network, DataSet all) {
    int size = (int) network.numParams();
    double[][] hessian = new double[size][];
    double step = 1e-5;
    for (int i = 0; i < size; i++) {
      double at = network.params().getDouble(i);
      network.params().putScalar(i, at + step);
      double[] above = Dl4jGradients.of(network, all);
      network.params().putScalar(i, at - step);
      double[] below = Dl4jGradients.of(network, all);
      network.params().putScalar(i, at);
      hessian[i] = new double[size];
      for (int j = 0; j < size; j++) {
        hessian[i][j] = (above[j] - below[j]) / (2 * step);
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        hessian[i][j] = (hessian[i][j] + hessian[j][i]) / 2;
        hessian[j][i] = hessian[i][j];
      }
    }
    return new EigenDecompositionSymmetric(new Array2DRowRealMatrix(hessian)).getEigenvalues();
  }

  @Test
  void itMeasuresEverySecondIterationOfDl4jsOwnFitOnDigits() {
    SampleSource digits = DigitsData.first(20);
    MultiLayerNetwork network = pictured();
    List<NoiseReading> told = new ArrayList<>();
    List<double[]> parameters = new ArrayList<>();
    ListenerSettings settings = ListenerSettings.every(2).withEigenvalues(1).in(DType.FLOAT64);
    try (NoiseListener listener =
        new NoiseListener(
            digits,
            settings,
            reading -> {
              told.add(reading);
              parameters.add(network.params().dup().data().asDouble());
            })) {
      network.setListeners(listener);
      network.fit(Dl4jData.iterator(digits, 5).shuffled(3).flat(), 1);
      assertThat(listener.readings()).isEqualTo(told);
    }
    assertThat(told.stream().map(NoiseReading::iteration)).containsExactly(0, 2);
    for (int i = 0; i < told.size(); i++) {
      double[] then = parameters.get(i);
      network.setParams(Nd4j.create(then, new long[] {1, then.length}, DataType.DOUBLE));
      double[] expected = Dl4jGradients.noiseAndNorm(network, Dl4jData.iterator(digits, 1).flat());
      NoiseReading reading = told.get(i);
      assertThat(reading.noiseStrength()).isCloseTo(expected[0], within(1e-9 * expected[0]));
      assertThat(reading.gradientNorm()).isCloseTo(expected[1], within(1e-9 * expected[1]));
      assertThat(reading.line()).contains("iteration " + reading.iteration() + ": loss ");
    }
    assertThat(Arrays.stream(told.getLast().eigenvalues()).sum()).isPositive();
  }

  @Test
  void trainingIsTheSameWithAndWithoutIt() {
    SampleSource digits = DigitsData.first(20);
    MultiLayerNetwork alone = pictured();
    MultiLayerNetwork watched = pictured();
    try (NoiseListener listener = new NoiseListener(digits, ListenerSettings.every(1))) {
      watched.setListeners(listener);
      watched.fit(Dl4jData.iterator(digits, 10).flat());
    }
    alone.fit(Dl4jData.iterator(digits, 10).flat());
    assertThat(watched.params()).isEqualTo(alone.params());
  }

  @Test
  void aLossWithoutCounterpartIsOneLine() {
    MultiLayerConfiguration conf =
        Dl4jCases.builder(DataType.FLOAT)
            .list()
            .layer(
                new OutputLayer.Builder(LossFunction.XENT)
                    .activation(Activation.SIGMOID)
                    .nOut(3)
                    .build())
            .setInputType(InputType.feedForward(5))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init();
    SampleSource samples = ArraySamples.normal(4, 20, new int[] {5, 1, 1}, 3);
    try (NoiseListener listener = new NoiseListener(samples, ListenerSettings.every(1))) {
      assertThatThrownBy(() -> listener.measure(network, 0, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("DL4J's loss LossBinaryXENT")
          .hasMessageContaining("train with MCXENT after a SOFTMAX");
    }
    assertThatThrownBy(() -> ListenerSettings.every(0))
        .hasMessage("every must be >= 1 iteration, got 0");
  }
}
