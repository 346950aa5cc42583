package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.registry.Named;
import org.noisescape.tensor.Activation;

/** Architectures by name, their parameters, and what they refuse. */
class ModelZooTest {
  private static final int[] MNIST = {1, 28, 28};
  private static final int[] CIFAR = {3, 32, 32};

  @Test
  void anMlpHasTheParametersOfPyTorchsSequential() {
    Network network = ModelZoo.build("mlp:7,5", MNIST, 3);
    assertThat(described(network))
        .containsExactly(
            "0.weight [7, 784]",
            "0.bias [7]",
            "2.weight [5, 7]",
            "2.bias [5]",
            "4.weight [3, 5]",
            "4.bias [3]");
    assertThat(network.parameterCount()).isEqualTo(784 * 7 + 7 + 7 * 5 + 5 + 5 * 3 + 3);
    assertThat(network.takesImages()).isFalse();
  }

  @Test
  void theCnnOfMoriHasNineConvolutionsInThreeStacks() {
    Network network = ModelZoo.build("mori-cnn", CIFAR, 10);
    assertThat(described(network))
        .containsExactly(
            "0.weight [64, 3, 3, 3]",
            "0.bias [64]",
            "2.weight [64, 64, 3, 3]",
            "2.bias [64]",
            "4.weight [64, 64, 3, 3]",
            "4.bias [64]",
            "7.weight [128, 64, 3, 3]",
            "7.bias [128]",
            "9.weight [128, 128, 3, 3]",
            "9.bias [128]",
            "11.weight [128, 128, 3, 3]",
            "11.bias [128]",
            "14.weight [256, 128, 3, 3]",
            "14.bias [256]",
            "16.weight [256, 256, 3, 3]",
            "16.bias [256]",
            "18.weight [256, 256, 3, 3]",
            "18.bias [256]",
            "22.weight [10, 4096]",
            "22.bias [10]");
    assertThat(network.inputShape()).containsExactly(32, 32, 3);
  }

  @Test
  void theCnnOfMengHasTwoConvolutionsAndTwoDenseLayers() {
    assertThat(described(ModelZoo.build("meng-cnn", MNIST, 10)))
        .containsExactly(
            "0.weight [10, 1, 5, 5]",
            "0.bias [10]",
            "3.weight [10, 10, 5, 5]",
            "3.bias [10]",
            "7.weight [50, 160]",
            "7.bias [50]",
            "9.weight [10, 50]",
            "9.bias [10]");
  }

  @Test
  void theCnnOfWeiHasThreeConvolutionsAndALinearHead() {
    Network network = ModelZoo.build("wei-cnn", CIFAR, 10);
    assertThat(described(network))
        .containsExactly(
            "0.weight [15, 3, 3, 3]",
            "0.bias [15]",
            "3.weight [20, 15, 3, 3]",
            "3.bias [20]",
            "6.weight [10, 20, 3, 3]",
            "6.bias [10]",
            "10.weight [10, 160]",
            "10.bias [10]");
    assertThat(network.parameterCount()).isEqualTo(420 + 2720 + 1810 + 1610);
  }

  @Test
  void theCnnOfMengTakenLiterallyHasTheSameParametersUnderOtherNumbers() {
    assertThat(described(ModelZoo.build("meng-cnn:literal", MNIST, 10)))
        .containsExactly(
            "0.weight [10, 1, 5, 5]",
            "0.bias [10]",
            "2.weight [10, 10, 5, 5]",
            "2.bias [10]",
            "5.weight [50, 160]",
            "5.bias [50]",
            "7.weight [10, 50]",
            "7.bias [10]");
  }

  @Test
  void anMlpHasNormActivationAndDropoutAfterEachHiddenLayer() {
    Network network = ModelZoo.build("mlp:8,6:norm=layer:activation=gelu:dropout=0.5", MNIST, 3);
    assertThat(network.layer())
        .isEqualTo(
            Sequential.of(
                new Dense(8),
                GroupNorm.of(1),
                new Activate(Activation.GELU),
                new Dropout(0.5),
                new Dense(6),
                GroupNorm.of(1),
                new Activate(Activation.GELU),
                new Dropout(0.5),
                new Dense(3)));
    assertThat(ModelZoo.build("mlp:8", MNIST, 3).layer())
        .isEqualTo(ModelZoo.build("mlp:8:activation=relu:dropout=0", MNIST, 3).layer());
  }

  @Test
  void groupNormTakesThePlaceAndTheNamesOfBatchNorm() {
    for (String name : List.of("resnet18:4", "preact-resnet18:4", "vgg16:4", "densenet:2")) {
      Network batch = ModelZoo.build(name, CIFAR, 10);
      Network group = ModelZoo.build(name + ":norm=group:activation=silu", CIFAR, 10);
      assertThat(described(group)).isEqualTo(described(batch));
      assertThat(batch.runningStatistics()).isNotEmpty();
      assertThat(group.runningStatistics()).isEmpty();
      assertThat(group.layer().toString()).doesNotContain("RELU").contains("SILU");
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 32", "512, 32", "16, 8", "24, 12", "2, 1", "1, 1", "48, 24", "66, 22"})
  void groupsAreAtMost32OfTwoChannelsOrMore(int channels, int groups) {
    assertThat(GroupNorm.atMost(32).groupsOf(channels)).isEqualTo(groups);
  }

  @Test
  void shapesFollowPyTorchsFormulas() {
    int[] image = {9, 7, 2};
    assertThat(new Conv2d(4, 3, 2, 1).outputShape(image)).containsExactly(5, 4, 4);
    assertThat(new Conv2d(4, 5, 1, 0).outputShape(image)).containsExactly(5, 3, 4);
    assertThat(new MaxPool2d(2, 2).outputShape(image)).containsExactly(4, 3, 2);
    assertThat(new MaxPool2d(3, 1).outputShape(image)).containsExactly(7, 5, 2);
    assertThat(new MaxPool2d(3, 2, 1).outputShape(image)).containsExactly(5, 4, 2);
    assertThat(new Flatten().outputShape(image)).containsExactly(126);
    assertThat(new Activate(Activation.RELU).outputShape(image)).isEqualTo(image);
  }

  @Test
  void everyNameBuildsByItsUsage() {
    for (Named model : ModelZoo.all()) {
      Network network = ModelZoo.build(model.usage(), new int[] {3, 32, 32}, 10);
      assertThat(network.name()).isEqualTo(model.usage());
      assertThat(network.inputSize()).isEqualTo(3072);
      assertThat(network.outputSize()).isEqualTo(10);
      assertThat(model.description()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resnet|unknown model 'resnet': use one of linear, mlp, mori-cnn, meng-cnn",
        "mlp|model 'mlp': widths must be whole numbers >= 1, got ''",
        "mlp:10,0|model 'mlp:10,0': widths must be whole numbers >= 1, got '0'",
        "mlp:10,x|model 'mlp:10,x': widths must be whole numbers >= 1, got 'x'",
        "mlp:99999999999|widths must be whole numbers >= 1, got '99999999999'",
        "linear:3|model 'linear:3' takes no arguments",
        "mori-cnn:3|model 'mori-cnn:3' takes no arguments",
        "meng-cnn:3|model 'meng-cnn:3' takes no arguments",
        "mlp:9:activation=rrelu|unknown activation 'rrelu': use one of relu, tanh, sigmoid",
        "mlp:9:dropout=1|model 'mlp:9:dropout=1': dropout must be a number from 0 on and below 1, got '1'",
        "mlp:9:dropout=x|dropout must be a number from 0 on and below 1, got 'x'",
        "mlp:9:norm=weight|unknown norm 'weight': use batch, group or layer",
        "mlp:9:norm=layer:norm=layer|norm is given twice",
        "mlp:9:gelu|unknown option 'gelu': use one of activation=, norm=, groups=, dropout=",
        "mlp:9:norm=group:groups=2|GroupNorm: 2 groups do not divide 9 channels: choose a divisor",
        "mlp:9:norm=group:groups=0|groups must be a whole number >= 1, got '0'",
        "mlp:9:groups=2|groups belong to norm=group",
      })
  void aWrongNameIsOneClearLine(String specification, String message) {
    assertThatThrownBy(() -> ModelZoo.build(specification, MNIST, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void aConvolutionalNetworkNeedsImagesThatAreLargeEnough() {
    assertThatThrownBy(() -> ModelZoo.build("mori-cnn", new int[] {20, 1, 1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs images of at least 8x8, got (20, 1, 1)");
    assertThatThrownBy(() -> ModelZoo.build("meng-cnn", new int[] {1, 16, 15}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs images of at least 16x16, got (1, 16, 15)");
  }

  @Test
  void layersThatDoNotFitAreOneClearLine() {
    assertThatThrownBy(() -> new Network("n", new Dense(3), new int[] {4, 4, 1}))
        .hasMessage("Dense: input must be flat (D), got (4, 4, 1): add a Flatten before");
    assertThatThrownBy(() -> new Network("n", new Conv2d(3, 3, 1, 1), new int[] {16}))
        .hasMessage("Conv2d: input must be an image (H, W, C), got (16)");
    assertThatThrownBy(() -> new Network("n", new MaxPool2d(2, 2), new int[] {16}))
        .hasMessage("MaxPool2d: input must be an image (H, W, C), got (16)");
    assertThatThrownBy(() -> new Network("n", new Conv2d(3, 5, 1, 0), new int[] {4, 8, 1}))
        .hasMessage("a 5x5 kernel does not fit an input of 4x8 with padding 0");
    assertThatThrownBy(() -> new Dense(0)).hasMessage("Dense: outputs must be >= 1, got 0");
    assertThatThrownBy(Sequential::of).hasMessage("Sequential: needs at least one layer");
  }

  @Test
  void nestedLayersAreNamedByTheirPath() {
    Network network =
        new Network(
            "n",
            Sequential.of(new Activate(Activation.TANH), Sequential.of(new Dense(2), new Dense(3))),
            new int[] {4});
    assertThat(described(network))
        .containsExactly("1.0.weight [2, 4]", "1.0.bias [2]", "1.1.weight [3, 2]", "1.1.bias [3]");
  }

  private static List<String> described(Network network) {
    return network.parameters().stream()
        .map(parameter -> parameter.name() + " " + Arrays.toString(parameter.shape()))
        .toList();
  }
}
