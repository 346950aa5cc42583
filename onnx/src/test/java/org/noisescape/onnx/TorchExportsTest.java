package org.noisescape.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;
import org.noisescape.train.StoredTensor;

/**
 * Files that PyTorch's exporter wrote, and some that say the same in other operators: outputs and
 * gradients are those of PyTorch and of ONNX Runtime.
 */
class TorchExportsTest {
  private static final Path FOLDER = Path.of("src/test/resources/torch");
  private static final int SAMPLES = 3;

  /** A file with what PyTorch computes of its network. */
  record Golden(JsonNode json) {
    Path file() {
      return FOLDER.resolve(json.path("file").asText());
    }

    int[] shape() {
      return IntStream.range(0, json.path("shape").size())
          .map(i -> json.path("shape").get(i).asInt())
          .toArray();
    }

    int[] image() {
      return Arrays.copyOf(shape().length == 1 ? new int[] {shape()[0], 1, 1} : shape(), 3);
    }

    double[] numbers(String key) {
      return IntStream.range(0, json.path(key).size())
          .mapToDouble(i -> json.path(key).get(i).asDouble())
          .toArray();
    }

    int classes() {
      return json.path("outputs").size() / SAMPLES;
    }

    double[] x() {
      int size = Arrays.stream(shape()).reduce(SAMPLES, (a, b) -> a * b);
      return IntStream.range(0, size).mapToDouble(i -> Math.sin(0.7 * i)).toArray();
    }

    OnnxPass pass(DType dtype) {
      return OnnxPass.of(file(), image(), classes(), SAMPLES, dtype);
    }

    @Override
    public String toString() {
      return json.path("file").asText();
    }
  }

  static List<Golden> all() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(FOLDER.resolve("goldens.json").toFile());
    assertThat(cases.size()).isGreaterThan(14);
    return IntStream.range(0, cases.size()).mapToObj(i -> new Golden(cases.get(i))).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputsAndGradientsAreThoseOfPyTorch(Golden golden) {
    try (OnnxPass pass = golden.pass(DType.FLOAT64)) {
      close("outputs", pass.outputs(golden.x()), golden.numbers("outputs"), 1e-6);
      int[] labels = IntStream.range(0, SAMPLES).map(n -> (3 * n + 1) % golden.classes()).toArray();
      double[] measured = pass.measured(golden.x(), labels);
      double[] wanted =
          Stream.of(
                  new double[] {
                    golden.json.path("loss").asDouble(),
                    golden.json.path("gradient_norm_squared").asDouble()
                  },
                  golden.numbers("sample_norms_squared"))
              .flatMapToDouble(Arrays::stream)
              .toArray();
      for (int i = 0; i < wanted.length; i++) {
        close("loss and squared norms, number " + i, measured, wanted, i, 2e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputsAreThoseOfOnnxRuntime(Golden golden) throws Exception {
    int[] shape = golden.shape();
    boolean last = golden.toString().startsWith("keras");
    double[] x = last ? channelsLast(golden.x(), shape) : golden.x();
    long[] axes =
        last
            ? new long[] {SAMPLES, shape[1], shape[2], shape[0]}
            : Stream.of(new int[] {SAMPLES}, shape)
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
    // traced with two samples and no axis that may change
    int fed = golden.json.path("opset").asInt() == 14 ? 2 : SAMPLES;
    axes[0] = fed;
    double[] theirs =
        OnnxRuntime.outputs(golden.file(), Arrays.copyOf(x, x.length / SAMPLES * fed), axes);
    try (OnnxPass pass = golden.pass(DType.FLOAT32)) {
      double[] ours = Arrays.copyOf(pass.outputs(golden.x()), fed * golden.classes());
      List<String> notes = OnnxNetwork.read(golden.file()).notes();
      close("outputs", ended(notes, ours, golden.classes()), theirs, 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void tensorsHaveTheNamesAndShapesOfTheNetwork(Golden golden) {
    Description description = OnnxNetwork.read(golden.file()).description();
    Network network =
        ModelZoo.build("net: " + description.text(), golden.image(), golden.classes());
    List<String> wanted =
        Stream.concat(network.parameters().stream(), network.runningStatistics().stream())
            .map(one -> one.name() + Arrays.toString(one.shape()))
            .toList();
    assertThat(description.tensors().stream().map(TorchExportsTest::text).toList())
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(ModelZoo.resolve("onnx:" + golden.file())).isEqualTo("net: " + description.text());
  }

  @ParameterizedTest
  @CsvSource({
    "features-kept-13, 'input 9, linear 7, batchnorm eps=0.001 momentum=0.2, sigmoid, linear 3'",
    "mlp-training-13, 'input 1x6x6, flatten, linear 10, gelu, layernorm, linear 8, silu, dropout 0.2, linear 4'",
    "keras-13, 'input 2x8x6, model.conv2d: conv 3 3x3, relu, maxpool 2, flatten, model.dense: linear 6, tanh,"
        + " model.dense_1: linear 4'",
    "group-11, 'input 3x8x8, conv 6 3x3 bias=no, groupnorm 3, leaky-relu, conv 4 1x1, softplus, avgpool,"
        + " flatten, linear 5'",
  })
  void layersKeepTheirNumbersAndNames(String name, String text) {
    assertThat(OnnxNetwork.read(FOLDER.resolve(name + ".onnx")).description().text())
        .isEqualTo(text);
  }

  private static String text(StoredTensor tensor) {
    return tensor.name() + Arrays.toString(tensor.shape());
  }

  /** What a softmax, or its logarithm, at the end of a file makes of outputs here. */
  private static double[] ended(List<String> notes, double[] outputs, int classes) {
    if (notes.isEmpty()) {
      return outputs;
    }
    boolean logarithm = notes.getFirst().contains("LogSoftmax");
    double[] result = outputs.clone();
    for (int i = 0; i < outputs.length; i += classes) {
      double sum = Arrays.stream(outputs, i, i + classes).map(Math::exp).sum();
      for (int k = i; k < i + classes; k++) {
        result[k] = logarithm ? outputs[k] - Math.log(sum) : Math.exp(outputs[k]) / sum;
      }
    }
    return result;
  }

  private static double[] channelsLast(double[] x, int... shape) {
    int pixels = shape[1] * shape[2];
    double[] moved = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int within = i % (pixels * shape[0]);
      moved[i - within + within % pixels * shape[0] + within / pixels] = x[i];
    }
    return moved;
  }

  private static void close(String what, double[] ours, double[] theirs, double tolerance) {
    assertThat(ours).as(what).hasSameSizeAs(theirs);
    double scale = Arrays.stream(theirs).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < ours.length; i++) {
      assertThat(Math.abs(ours[i] - theirs[i]))
          .as("%s, number %d: %s and %s", what, i, ours[i], theirs[i])
          .isLessThanOrEqualTo(tolerance * scale);
    }
  }

  private static void close(
      String what, double[] ours, double[] theirs, int index, double tolerance) {
    assertThat(Math.abs(ours[index] - theirs[index]))
        .as("%s: %s and %s", what, ours[index], theirs[index])
        .isLessThanOrEqualTo(tolerance * Math.abs(theirs[index]));
  }
}
