package org.noisescape.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.nn.Dense;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.DType;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/** What is exported computes the same in ONNX Runtime, and comes back to the last bit. */
class OnnxExportTest {
  private static final int SAMPLES = 2;

  @TempDir Path folder;

  /** A network on samples of one shape. */
  record Case(String model, int outputs, int... image) {
    Network network() {
      return ModelZoo.build(model, image, outputs);
    }

    @Override
    public String toString() {
      return model.substring(0, Math.min(60, model.length()));
    }
  }

  static Stream<Case> networks() {
    return Stream.of(
        new Case(
            "net: conv 6 5x5 pad=2, sigmoid, avgpool 2, conv 16 5x5, sigmoid, avgpool 2, flatten,"
                + " linear 120, sigmoid, linear 84, sigmoid, linear",
            10,
            1,
            28,
            28),
        new Case("resnet18:16", 10, 3, 32, 32),
        new Case("preact-resnet18:8:norm=group:activation=silu", 10, 3, 16, 16),
        new Case("vgg16:16", 10, 3, 32, 32),
        new Case("densenet:4", 10, 3, 32, 32),
        new Case("mlp:30,20:activation=gelu:norm=layer:dropout=0.1", 4, 12, 1, 1),
        new Case("mlp:30:activation=gelu-tanh:norm=batch", 4, 3, 2, 2),
        new Case("mori-cnn", 10, 1, 8, 8),
        new Case(
            "net: stem: conv 4 3x3 stride=2 pad=1 bias=no, layernorm eps=1e-3, leaky-relu, maxpool 3"
                + " stride=2 pad=1, residual(conv 6 3 pad=1, softplus, identity | conv 6 1),"
                + " concat(conv 1 1 | input | a.b: conv 2 1), residual shortcut=down(tanh, conv 4 1,"
                + " batchnorm eps=0.01 momentum=0.3 | conv 4 1), concat(groupnorm 2), avgpool, flatten,"
                + " head: linear",
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

  private static Map<String, StoredTensor> byName(List<StoredTensor> tensors) {
    Map<String, StoredTensor> map = new LinkedHashMap<>();
    tensors.forEach(tensor -> map.put(tensor.name(), tensor));
    return map;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAreThoseOfOnnxRuntimeAndParametersComeBackToTheLastBit(Case given) throws Exception {
    Network network = given.network();
    List<StoredTensor> tensors = tensors(network, ElementType.F32);
    Path file = folder.resolve("model.onnx");
    new OnnxFormat().write(file, network, tensors);
    int parameters = network.parameters().size();
    double[] theta = joined(tensors.subList(0, parameters));
    double[] running = joined(tensors.subList(parameters, tensors.size()));
    double[] x = random(SAMPLES * network.inputSize(), 99, 1, 0);
    double[] ours;
    try (OnnxPass pass = new OnnxPass(network, theta, running, SAMPLES, DType.FLOAT32)) {
      ours = pass.outputs(x);
    }
    int[] image = given.image();
    double[] theirs =
        network.takesImages()
            ? OnnxRuntime.outputs(file, x, SAMPLES, image[0], image[1], image[2])
            : OnnxRuntime.outputs(file, x, SAMPLES, network.inputSize());
    double scale = Arrays.stream(theirs).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < ours.length; i++) {
      assertThat(Math.abs(ours[i] - theirs[i])).isLessThanOrEqualTo(1e-5 * scale);
    }

    Map<String, StoredTensor> back = byName(OnnxNetwork.read(file).description().tensors());
    assertThat(back.keySet()).isEqualTo(byName(tensors).keySet());
    for (StoredTensor tensor : tensors) {
      StoredTensor again = back.get(tensor.name());
      assertThat(again.shape()).as(tensor.name()).isEqualTo(tensor.shape());
      assertThat(again.bytes()).as(tensor.name()).isEqualTo(tensor.bytes());
    }
    assertThat(Checkpoint.read(file, network).state().theta()).isEqualTo(theta);
    try (OnnxPass pass = OnnxPass.of(file, image, given.outputs(), SAMPLES, DType.FLOAT32)) {
      assertThat(pass.outputs(x)).isEqualTo(ours);
    }
  }

  @Test
  void doublesAreRounded() throws Exception {
    Network network = ModelZoo.build("linear", new int[] {3, 1, 1}, 2);
    Path file = folder.resolve("model.onnx");
    List<StoredTensor> tensors = tensors(network, ElementType.F64);
    new OnnxFormat().write(file, network, tensors);
    List<StoredTensor> back = OnnxNetwork.read(file).description().tensors();
    assertThat(joined(back)).isEqualTo(joined(tensors));
    assertThat(back.getFirst().type()).isEqualTo(ElementType.F32);
  }

  @Test
  void aLayerWithoutAnOperatorIsNamed() {
    Network network =
        new Network("own", Sequential.of(new Dense(2), new example.Softsign()), new int[] {3});
    assertThatThrownBy(
            () ->
                new OnnxFormat()
                    .write(folder.resolve("own.onnx"), network, tensors(network, ElementType.F32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer Softsign has no operator of ONNX: export to safetensors instead");
    assertThat(folder).isEmptyDirectory();
  }
}
