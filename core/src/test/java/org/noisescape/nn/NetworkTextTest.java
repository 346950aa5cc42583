package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.nn.Sequential.Child;
import org.noisescape.tensor.Activation;

/** Networks that are written out, and what is said of those that are wrong. */
class NetworkTextTest {
  private static final int[] IMAGE = {3, 12, 10};

  @TempDir Path folder;

  @Test
  void layersAreTheOnesThatAreWritten() {
    Network network =
        build(
            "net: conv 8 3x3 stride=2 pad=1 bias=no, batchnorm eps=1e-3 momentum=0.2, relu, tanh,"
                + " sigmoid, maxpool 2, maxpool 2x2 stride=1, maxpool 3 stride=2 pad=1, avgpool, flatten, linear 5, linear");
    assertThat(network.layer())
        .isEqualTo(
            Sequential.of(
                new Conv2d(8, 3, 2, 1, Conv2d.Bias.NONE),
                new BatchNorm(1e-3, 0.2),
                new Activate(Activation.RELU),
                new Activate(Activation.TANH),
                new Activate(Activation.SIGMOID),
                new MaxPool2d(2, 2),
                new MaxPool2d(2, 1),
                new MaxPool2d(3, 2, 1),
                AveragePool2d.global(),
                new Flatten(),
                new Dense(5),
                new Dense(4)));
    assertThat(network.inputShape()).containsExactly(12, 10, 3);
  }

  @Test
  void namesBranchesAndRepetitionsMakeTheNamesOfParameters() {
    Network network =
        build(
            "net: stem: conv 4 3 pad=1, 2*(conv 4 3 pad=1, relu), residual(conv 6 3 pad=1, relu |"
                + " conv 6 1), residual shortcut=down(relu, conv 2 3 pad=1 | conv 2 1),"
                + " concat(conv 3 1), residual(tanh), concat(conv 1 1 | input | conv 2 1), avgpool 2, flatten, head: linear");
    assertThat(network.parameters())
        .extracting(ParameterSpec::name)
        .filteredOn(name -> name.endsWith("weight"))
        .containsExactly(
            "stem.weight",
            "1.weight",
            "3.weight",
            "5.0.weight",
            "5.shortcut.0.weight",
            "6.1.weight",
            "6.down.0.weight",
            "7.0.weight",
            "9.0.0.weight",
            "9.2.0.weight",
            "head.weight");
    assertThat(network.outputSize()).isEqualTo(4);
  }

  @Test
  void namesMayHaveDotsAndDigitsAsThoseOfPyTorch() {
    Network network =
        build("net: features.0: conv 2 3, l1.0: residual(conv2: conv 2 1), flatten, 7: linear");
    assertThat(network.parameters())
        .extracting(ParameterSpec::name)
        .contains("features.0.weight", "l1.0.conv2.bias", "7.weight");
  }

  @Test
  void whatBeginsWithADenseLayerTakesPicturesAsFeatures() {
    assertThat(build("net: linear 7, relu, linear").inputShape()).containsExactly(360);
    assertThat(build("net: first: linear 7, linear").inputShape()).containsExactly(360);
    assertThat(build("net:flatten, linear").inputShape()).containsExactly(12, 10, 3);
    assertThat(build("net: input 360, tanh, linear").inputShape()).containsExactly(360);
    assertThat(build("net: input 3x12x10, tanh, flatten, linear").layer())
        .isEqualTo(build("net: tanh, flatten, linear").layer());
    Network features = ModelZoo.build("net: tanh, linear", new int[] {5, 1, 1}, 4);
    assertThat(features.inputShape()).containsExactly(5);
    assertThat(build("net: linear 7, relu, linear").denseChain()).isPresent();
  }

  @Test
  void itIsTheNetworkOfTheSameNameInTheZoo() {
    String text =
        "net: 3*(conv 64 3x3 pad=1, relu), maxpool 2, 3*(conv 128 3x3 pad=1, relu), maxpool 2,"
            + " 3*(conv 256 3x3 pad=1, relu), maxpool 2, flatten, linear";
    assertThat(build(text).layer()).isEqualTo(ModelZoo.build("mori-cnn", IMAGE, 4).layer());
  }

  @Test
  void aFileIsWrittenDownInPlaceOfItsName() throws IOException {
    Path file = folder.resolve("my.net");
    Files.writeString(
        file,
        "# mine\nstem: conv 4 3x3 # first\n\nresidual(\n  relu\n  conv 4 1\n| conv 4 1x1\n)\r\n"
            + "2*(\n relu,\n)\nflatten\nlinear\n");
    String whole =
        "net: stem: conv 4 3x3, residual(relu, conv 4 1 | conv 4 1x1), 2*(relu), flatten, linear";
    assertThat(ModelZoo.resolve("net:" + file)).isEqualTo(whole);
    assertThat(ModelZoo.resolve(whole)).isEqualTo(whole);
    assertThat(ModelZoo.resolve("mlp:3")).isEqualTo("mlp:3");
    Network network = ModelZoo.build("net: " + file, IMAGE, 4);
    assertThat(network.name()).isEqualTo(whole);
    assertThat(network.layer()).isEqualTo(build(whole).layer());
    Files.writeString(file, "conv 4 3x3;\n");
    assertThatThrownBy(() -> ModelZoo.resolve("net:" + file))
        .hasMessage(
            file + ": ';' is no part of a description: write for example conv 32 3x3 pad=1, relu");
    assertThatThrownBy(() -> ModelZoo.resolve("net:" + folder.resolve("none.net")))
        .hasMessageContaining("none.net: no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "convv 3 3; unknown layer 'convv': use one of linear, conv, ",
        "conv; 'conv': it needs channels",
        "conv 8; 'conv 8': it needs the kernel, as 3x3",
        "conv 0 3; channels must be a whole number >= 1, got '0'",
        "conv 8 3x4; the kernel must be as high as wide, got 3x4",
        "conv 8 3 4; 'conv 8 3 4': it takes no '4'",
        "conv 8 3 padding=1; it takes no 'padding=', but bias=, pad=, stride=",
        "conv 8 3 pad=1 pad=1; 'pad' is given twice",
        "conv pad=1 8 3; values without a name come first, got '8'",
        "conv 8 3 bias=maybe; bias must be yes or no, got 'maybe'",
        "relu slope=1; 'relu slope=1': it takes no 'slope='",
        "batchnorm eps=0, flatten, linear; BatchNorm: epsilon must be > 0",
        "batchnorm eps=x; eps must be a finite number, got 'x'",
        "conv 8 3, linear; 'linear' after (10, 8, 8): Dense: input must be flat (D)",
        "conv 8 30x30; 'conv 8 30x30' after (12, 10, 3): ",
        "residual(conv 8 3), flatten, linear; the branches must have the same shape",
        "concat(conv 8 3), flatten, linear; the branches must have one height and width",
        "concat(input), flatten, linear; a branch must have a layer",
        "relu(tanh); 'relu(': only residual( and concat( hold layers",
        "residual(relu; a ')' is missing before the end",
        "residual(relu | relu | relu); a ')' is missing before '|'",
        "residual(); there is no layer before ')'",
        "relu) , flatten, linear; ')' has no '(' before it",
        "relu relu, flatten, linear; 'relu relu': it takes no 'relu'",
        "2*(), flatten; '2*()' repeats nothing",
        "x*(relu); 'x*' repeats nothing: write for example 3*(",
        "0*(relu); '0*' repeats nothing",
        "9999*(relu); it has more than 4096 layers",
        "a: relu, a: relu; 'a:' stands twice",
        "2*(a: relu); 'a:' stands twice; leave names out of what is repeated",
        "a/b: relu; is no name of letters, digits and _ with dots between",
        "a.: relu; is no name of letters, digits and _ with dots between",
        "flatten, 2: linear 7, linear; two parameters are called 2.weight: give their layers other names",
        "maxpool 3 pad=2, flatten, linear; padding must be from 0 to half the window of 3, got 2",
        "input 3x12x11, flatten, linear; its input is 3x12x11, a sample of the data is 3x12x10: take a data",
        "input 361, linear; its input is 361, a sample of the data is 3x12x10",
        "input 12x10, linear; 'input 12x10': write for example input 3x32x32 (channels, height, width)",
        "input, linear; 'input ': write for example",
        "a:, relu; a layer is missing before ','",
        "flatten, linear 7; it has 7 outputs, (7), and the data want 4: end it with 'linear'",
        "relu(; only residual( and concat( hold layers",
      })
  void whatIsWrongIsNamed(String text, String complaint) {
    assertThatThrownBy(() -> build("net:" + text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model 'net:" + text + "': ")
        .hasMessageContaining(complaint);
  }

  @Test
  void depthIsBounded() {
    String deep = "residual(".repeat(40) + "relu" + ")".repeat(40);
    assertThatThrownBy(() -> build("net:" + deep)).hasMessageContaining("more than 32 deep");
    assertThatThrownBy(() -> build("net:" + "1*(".repeat(20_000) + "relu"))
        .hasMessageContaining("more than 32 deep");
    assertThatThrownBy(() -> build("net:" + "9*(".repeat(10) + "relu" + ")".repeat(10)))
        .hasMessageContaining("more than 4096 layers");
  }

  @Test
  void aSummaryHasAllParametersAndTheKnownCosts() {
    for (String model : List.of("resnet18", "preact-resnet18", "densenet", "mori-cnn", "mlp:9")) {
      Network network = ModelZoo.build(model, new int[] {3, 32, 32}, 10);
      List<String> names =
          NetworkSummary.of(network).lines().stream()
              .flatMap(line -> line.parameters().stream())
              .map(ParameterSpec::name)
              .toList();
      assertThat(names)
          .as(model)
          .containsExactlyElementsOf(
              network.parameters().stream().map(ParameterSpec::name).toList());
    }
    // 555.42 M and 313.20 M are what counters of PyTorch find for the CIFAR implementations
    assertThat(summary("resnet18").multiplications()).isEqualTo(555_422_720);
    assertThat(summary("vgg16").multiplications()).isEqualTo(313_201_664);
    assertThat(NetworkSummary.of(ModelZoo.build("mlp:9", IMAGE, 4)).multiplications())
        .isEqualTo(360 * 9 + 9 * 4);
  }

  private static NetworkSummary summary(String model) {
    return NetworkSummary.of(ModelZoo.build(model, new int[] {3, 32, 32}, 10));
  }

  @Test
  void aLayerWithoutAChainAroundItIsSummedUpToo() {
    Network network =
        new Network("one", new Sequential(List.of(new Child("", new Dense(2)))), new int[] {3});
    assertThat(NetworkSummary.of(network).lines()).hasSize(1);
    assertThat(NetworkSummary.of(new Network("bare", new Dense(2), new int[] {3})).lines())
        .hasSize(1);
  }

  private static Network build(String text) {
    return ModelZoo.build(text, IMAGE, 4);
  }
}
