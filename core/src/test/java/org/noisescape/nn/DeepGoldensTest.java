package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.TorchGoldens;
import org.noisescape.testing.Vectors;

/**
 * The deep architectures against PyTorch: names and shapes of parameters and running statistics,
 * logits and gradients in both modes, running statistics after a training pass.
 */
@Tag(TestedEngines.TAG)
class DeepGoldensTest {
  private static final int[] IMAGE = {3, 32, 32};
  private static final int CLASSES = 10;

  /** A golden on an engine. */
  record Golden(EngineUnderTest on, JsonNode json) {
    String model() {
      return json.path("model").asText();
    }

    int samples() {
      return json.path("samples").asInt();
    }

    Network network() {
      return ModelZoo.build(model(), IMAGE, CLASSES);
    }

    double[] numbers(String key) {
      return TorchGoldens.numbers(json.path(key));
    }

    @Override
    public String toString() {
      return on + ", " + model();
    }
  }

  /** Small versions on every engine. */
  static Stream<Golden> small() {
    List<JsonNode> small =
        TorchGoldens.cases("deep").stream()
            .filter(json -> json.path("model").asText().contains(":"))
            .toList();
    return EngineUnderTest.all()
        .flatMap(engine -> small.stream().map(json -> new Golden(engine, json)));
  }

  /** The published sizes, on the fast engine. */
  static Stream<Golden> published() {
    return TorchGoldens.cases("deep").stream()
        .filter(json -> !json.path("model").asText().contains(":"))
        .map(json -> new Golden(EngineUnderTest.HOST, json));
  }

  @ParameterizedTest
  @MethodSource("published")
  void parametersAndStatisticsHaveTheNamesAndShapesOfPyTorch(Golden golden) {
    assertThat(shapes(golden.network().parameters())).isEqualTo(shapes(golden.json, "parameters"));
    assertThat(shapes(golden.network().runningStatistics()))
        .isEqualTo(shapes(golden.json, "statistics"));
  }

  private static Map<String, List<Integer>> shapes(List<ParameterSpec> specifications) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    specifications.forEach(
        one -> shapes.put(one.name(), Arrays.stream(one.shape()).boxed().toList()));
    return shapes;
  }

  private static Map<String, List<Integer>> shapes(JsonNode json, String key) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    json.path(key)
        .properties()
        .forEach(
            entry -> {
              List<Integer> shape = new ArrayList<>();
              entry.getValue().forEach(dim -> shape.add(dim.asInt()));
              shapes.put(entry.getKey(), shape);
            });
    return shapes;
  }

  @ParameterizedTest
  @MethodSource("published")
  void logitsOfThePublishedSizesAreThoseOfPyTorch(Golden golden) {
    try (Pass pass = new Pass(golden, BatchStatistics.Kind.RUNNING, Backward.NO)) {
      pass.check("logits", pass.logits(), golden.numbers("logits"));
    }
  }

  @ParameterizedTest
  @MethodSource("small")
  void logitsAndGradientsInEvaluationModeAreThoseOfPyTorch(Golden golden) {
    try (Pass pass = new Pass(golden, BatchStatistics.Kind.RUNNING, Backward.YES)) {
      pass.check("logits", pass.logits(), golden.numbers("logits"));
      pass.check("gradient norms", pass.gradientNorms(), golden.numbers("gradient_norms"));
    }
  }

  @ParameterizedTest
  @MethodSource("small")
  void logitsGradientsAndStatisticsInTrainingModeAreThoseOfPyTorch(Golden golden) {
    try (Pass pass = new Pass(golden, BatchStatistics.Kind.TRACKED, Backward.YES)) {
      pass.check("logits", pass.logits(), golden.numbers("training_logits"));
      pass.check("running", pass.statisticsSums(), golden.numbers("statistics_sums"));
      pass.check("gradient norms", pass.gradientNorms(), golden.numbers("training_gradient_norms"));
    }
  }

  /** A network with the recipe's numbers on the recipe's samples, in float64. */
  private static final class Pass implements AutoCloseable {
    private final Golden golden;
    private final Network network;
    private final Arena arena;
    private final Memory memory;
    private final BoundNetwork bound;
    private final BatchStatistics statistics;
    private final Tensor theta;
    private final Tensor gradient;
    private final Tensor target;
    private final Tensor scale;
    private final Tensor losses;

    Pass(Golden golden, BatchStatistics.Kind kind, Backward backward) {
      this.golden = golden;
      this.network = golden.network();
      this.arena = golden.on().engine().arena();
      this.memory = golden.on().engine().memory();
      this.theta = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
      this.gradient = backward == Backward.NO ? null : arena.reserve(DType.FLOAT64, theta.shape());
      int count = network.runningStatisticsCount();
      this.statistics =
          count == 0
              ? BatchStatistics.none()
              : new BatchStatistics(kind, arena.reserve(DType.FLOAT64, 1, count));
      int samples = golden.samples();
      this.bound = network.bind(arena, DType.FLOAT64, 1, samples, backward, statistics);
      this.target = arena.reserve(DType.FLOAT64, 1, samples, CLASSES);
      this.scale = arena.reserve(DType.FLOAT64, 1);
      this.losses = arena.reserve(DType.FLOAT64, 1, samples);
      arena.commit();
      memory.write(theta, parameters());
      if (count > 0) {
        memory.write(statistics.running(), running());
      }
      memory.write(bound.input(), channelsLast(TorchGoldens.wave(samples * 3072, 0.25, 1)));
      double[] labels = new double[samples * CLASSES];
      for (int n = 0; n < samples; n++) {
        labels[n * CLASSES + (3 * n + 1) % CLASSES] = 1;
      }
      memory.write(target, labels);
      memory.write(scale, 1.0 / samples);
    }

    private double[] parameters() {
      double[] values = new double[network.parameterCount()];
      int offset = 0;
      int number = 0;
      for (ParameterSpec parameter : network.parameters()) {
        int size = (int) parameter.size();
        double scale = 0.1;
        if (parameter.isWeight()) {
          scale = Math.sqrt(3.0 / parameter.fanIn());
        } else if (parameter.start() == 1) {
          scale = 0.5;
        }
        double[] wave = TorchGoldens.wave(size, 0.5 + number++, scale);
        for (int i = 0; i < size; i++) {
          values[offset + i] = parameter.start() + wave[i];
        }
        offset += size;
      }
      return values;
    }

    private double[] running() {
      double[] values = new double[network.runningStatisticsCount()];
      int offset = 0;
      int number = 0;
      for (ParameterSpec statistic : network.runningStatistics()) {
        int size = (int) statistic.size();
        double[] wave = TorchGoldens.wave(size, 0.5 + number++, 1);
        boolean mean = statistic.name().endsWith("mean");
        for (int i = 0; i < size; i++) {
          values[offset + i] = mean ? 0.1 * wave[i] : Math.exp(0.3 * wave[i]);
        }
        offset += size;
      }
      return values;
    }

    private static double[] channelsLast(double[] images) {
      double[] moved = new double[images.length];
      for (int i = 0; i < images.length; i++) {
        int pixel = i % 1024;
        int channel = i / 1024 % 3;
        moved[i / 3072 * 3072 + pixel * 3 + channel] = (float) images[i];
      }
      return moved;
    }

    double[] logits() {
      bound.layer().forward(network.view(theta));
      return memory.readDoubles(bound.output());
    }

    /** After {@link #logits}. */
    double[] gradientNorms() {
      new CrossEntropy(0)
          .evaluate(
              golden.on().engine(),
              bound.output(),
              target,
              golden.samples(),
              scale,
              losses,
              bound.outputBar());
      bound
          .layer()
          .backward(network.view(theta), network.view(gradient), Accumulation.OVERWRITE, null);
      double[] all = memory.readDoubles(gradient);
      List<Double> norms = new ArrayList<>();
      int offset = 0;
      for (ParameterSpec parameter : network.parameters()) {
        int size = (int) parameter.size();
        norms.add(Vectors.norm(Arrays.copyOfRange(all, offset, offset + size)));
        offset += size;
      }
      return norms.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double[] statisticsSums() {
      double[] values =
          statistics.running() == null ? new double[0] : memory.readDoubles(statistics.running());
      List<Double> sums = new ArrayList<>();
      int offset = 0;
      for (ParameterSpec statistic : network.runningStatistics()) {
        int size = (int) statistic.size();
        sums.add(Arrays.stream(values, offset, offset + size).sum());
        offset += size;
      }
      return sums.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Relative to the largest; in the last stages a batch has twelve values a channel, and dividing
     * by their small deviations costs up to three digits more than a plain network.
     */
    void check(String what, double[] actual, double[] expected) {
      double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
      double bound = 1000 * Rounding.relative(network, DType.FLOAT64) * largest;
      assertThat(actual).as(what).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(actual[i] - expected[i]))
            .as("%s %d of %s: %s, expected %s", what, i, golden, actual[i], expected[i])
            .isLessThanOrEqualTo(bound);
      }
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
