package org.noisescape.experiments.wei.valley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.Dataset;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.experiments.wei.LossFloor;
import org.noisescape.linop.StoppedException;
import org.noisescape.nn.ModelZoo;
import org.noisescape.train.Checkpoint;

class MinimalValleyTest {
  private static final int SAMPLES = 60;
  private static final int HIDDEN = 12;
  private static final DataLocation EMBEDDED = DataLocation.of(Optional.empty(), Map.of());
  private static final Map<String, String> TINY =
      Map.of(
          "panels", "fig1a",
          "dataset", "digits:train=60,test=0,size=4",
          "subset", "60",
          "model", "mlp:12",
          "batch", "6",
          "epochs", "12",
          "fig1a-after", "2",
          "line-factor", "1",
          "vectors", "4");

  @TempDir Path folder;

  @Test
  void thePathIsAChainOfMinimaHalvedWhereItIsNotConnected() throws IOException {
    Path run = folder.resolve("run");

    // so strict that some segments are not connected however short they are
    ExperimentOutcome outcome = run(run, with(TINY, "line-factor", "0.99"));

    List<String> points = Files.readAllLines(run.resolve("tables/points.csv"));
    List<String> segments = Files.readAllLines(run.resolve("tables/segments.csv"));
    double threshold = measured(outcome, "fig1a threshold, L - L*");
    double floor = LossFloor.of(0.1, 10);
    assertThat(points.size()).isEqualTo(segments.size() + 1);
    for (int i = 1; i < points.size(); i++) {
      String[] point = points.get(i).split(",", -1);
      assertThat(point[3]).isEqualTo("REACHED");
      assertThat(Double.parseDouble(point[6])).isLessThan(threshold + 1e-12);
    }
    long end = 0;
    boolean halved = false;
    for (int i = 1; i < segments.size(); i++) {
      String[] segment = segments.get(i).split(",", -1);
      long from = Long.parseLong(segment[1]);
      long to = Long.parseLong(segment[2]);
      assertThat(from).isEqualTo(end);
      end = to;
      double[] losses = Stream.of(segment[8].split(" ")).mapToDouble(Double::parseDouble).toArray();
      assertThat(losses).hasSize(10);
      boolean below = true;
      for (double loss : losses) {
        below &= loss < floor + 0.99 * threshold;
      }
      assertThat(Boolean.parseBoolean(segment[5])).isEqualTo(below);
      assertThat(below || to - from == 1).isTrue();
      halved |= to - from < 10;
    }
    assertThat(end).isEqualTo(12L * SAMPLES / 6);
    assertThat(halved).isTrue();
    assertThat(measured(outcome, "fig1a distance of SGD from its repetition")).isZero();
  }

  /** L of the kept state in scalar loops, from its file. */
  @Test
  void theLossesAreThoseOfTheKeptState() throws IOException {
    Path run = folder.resolve("run");
    run(run, TINY);
    Dataset data = Catalogue.load(TINY.get("dataset"), EMBEDDED).train();
    String[] last = Files.readAllLines(run.resolve("tables/points.csv")).getLast().split(",", -1);
    Path file = run.resolve("fig1a/path/state-000000120.safetensors");
    double[] theta =
        Checkpoint.read(file, ModelZoo.build("mlp:12", data.imageShape(), 10)).state().theta();

    double loss = 0;
    for (int n = 0; n < SAMPLES; n++) {
      loss += sampleLoss(theta, data, n) / SAMPLES;
    }

    // float32 products of 16 and 12 terms, losses of order one
    assertThat(Double.parseDouble(last[5])).isCloseTo(loss, within(1e-6));
  }

  private static double sampleLoss(double[] theta, Dataset data, int n) {
    int inputs = data.featureLength();
    float[] x = new float[inputs];
    data.features().copyRows(n, 1, x, 0);
    double[] hidden = new double[HIDDEN];
    for (int h = 0; h < HIDDEN; h++) {
      double sum = theta[HIDDEN * inputs + h];
      for (int i = 0; i < inputs; i++) {
        sum += theta[h * inputs + i] * x[i];
      }
      hidden[h] = Math.max(0, sum);
    }
    int second = HIDDEN * (inputs + 1);
    double[] output = new double[10];
    double partition = 0;
    for (int k = 0; k < 10; k++) {
      output[k] = theta[second + 10 * HIDDEN + k];
      for (int h = 0; h < HIDDEN; h++) {
        output[k] += theta[second + k * HIDDEN + h] * hidden[h];
      }
      partition += Math.exp(output[k]);
    }
    double loss = 0;
    for (int k = 0; k < 10; k++) {
      double target = 0.01 + (data.labels()[n] == k ? 0.9 : 0);
      loss -= target * (output[k] - Math.log(partition));
    }
    return loss;
  }

  @Test
  void interruptedPathsGoOnToTheSameEnd() throws IOException {
    ExperimentOutcome whole = run(folder.resolve("whole"), TINY);
    Path run = folder.resolve("run");
    int[] asked = {0};
    int sittings = 0;
    ExperimentOutcome outcome = null;
    while (outcome == null) {
      sittings++;
      int from = asked[0];
      try {
        // a projection of this problem has hundreds of iterations, each of which asks twice
        outcome = run(run, TINY, () -> ++asked[0] > from + 400);
      } catch (StoppedException stopped) {
        // between two projections, or within a pass over the data
        assertThat(stopped.where().orElse("fig1a: stopped at")).startsWith("fig1a: stopped at");
        assertThat(sittings).isLessThan(100);
      }
    }

    assertThat(sittings).isGreaterThan(2);
    assertThat(outcome).isEqualTo(whole);
    for (String table : List.of("points", "segments", "traces")) {
      assertThat(run.resolve("tables/" + table + ".csv"))
          .hasSameTextualContentAs(folder.resolve("whole/tables/" + table + ".csv"));
    }
    try (Stream<Path> left = Files.list(run.resolve("fig1a/path"))) {
      assertThat(left.filter(file -> file.toString().contains("segment-"))).isEmpty();
    }
  }

  @Test
  void withRandomisedLabelsThePathBeginsAtAMinimumOfTheTrainingSet() throws IOException {
    Path run = folder.resolve("run");
    Map<String, String> settings =
        with(
            with(with(TINY, "panels", "fig4b"), "dataset", "digits:train=60,test=30,size=4"),
            "fig4b-shuffled",
            "20");

    ExperimentOutcome outcome = run(run, with(settings, "first-epochs", "30"));

    for (String figure : List.of("path", "segments", "trace")) {
      assertThat(run.resolve("figures/fig4b-" + figure + ".png")).isNotEmptyFile();
    }
    assertThat(run.resolve("fig4b/minimum/state-000000000.safetensors")).exists();
    assertThat(run.resolve("fig4b/first/manifest.json"))
        .content()
        .contains("shuffled-from=40,shuffle-seed=1", "shuffled-labels");
    assertThat(run.resolve("fig4b/sgd/manifest.json"))
        .content()
        .contains("\"subset\" : 40")
        .doesNotContain("shuffled-from");
    assertThat(run.resolve("manifest.json"))
        .content()
        .contains("fig4b/first/train/shuffled-labels");
    // the minimum is where SGD and the path begin
    String minimum = Files.readString(run.resolve("fig4b/minimum/state-000000000.json"));
    String[] begin = Files.readAllLines(run.resolve("tables/points.csv")).get(1).split(",", -1);
    assertThat(begin[1]).isEqualTo("0");
    if (begin[4].equals("0")) {
      assertThat(minimum).contains(begin[5]);
    }
    assertThat(measured(outcome, "fig4b test loss at the end")).isPositive();
    assertThat(measured(outcome, "fig4b distance of SGD from its repetition")).isZero();
  }

  @Test
  void aThresholdThatIsOutOfReachIsCountedNotAnError() {
    Map<String, String> settings = with(with(TINY, "threshold", "1e-9"), "most", "20");
    ExperimentOutcome outcome = run(folder.resolve("run"), settings);

    assertThat(measured(outcome, "fig1a projections that missed the threshold")).isEqualTo(13);
    assertThat(measured(outcome, "fig1a projected states")).isEqualTo(13);
    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    refused("threshold", "0", "threshold=0: must be a number > 0");
    refused("fig1a-shuffled", "60", "must leave training samples of the 60");
    refused("batch", "61", "larger than the 60");
    refused("smoothing", "1", "in [0, 1)");
    refused("panels", "fig2", "one or more of fig1a");
    refused("fig1a-epoch", "3", "did you mean 'fig1a-epochs'?");
  }

  /** Batches of 6 normalise the training set of 60; of 7, the largest that divides it, again 6. */
  @Test
  void batchNormalisationTakesFixedBatchesAndThePathDependsOnThetaAlone() throws IOException {
    Map<String, String> deep = with(with(TINY, "model", "resnet18:1"), "epochs", "4");
    deep.put("dataset", "digits:train=60,test=20,size=8");
    deep.put("batch", "7");

    ExperimentOutcome outcome = run(folder.resolve("run"), deep);

    assertThat(measured(outcome, "fig1a distance of SGD from its repetition")).isZero();
    assertThat(measured(outcome, "fig1a projected states")).isGreaterThanOrEqualTo(5);
    assertThat(measured(outcome, "fig1a threshold, L - L*")).isPositive();
    List<String> points = Files.readAllLines(folder.resolve("run/tables/points.csv"));
    assertThat(points).hasSizeGreaterThanOrEqualTo(6).noneMatch(line -> line.contains("NaN"));
  }

  @Test
  void paperPresetHasTheSizesOfTheText() {
    Map<String, String> paper = new MinimalValley().defaults(Preset.PAPER);
    assertThat(paper)
        .containsEntry("momentum", "0.9")
        .containsEntry("points", "10")
        .containsEntry("vectors", "10")
        .containsEntry("fig1a-model", "preact-resnet18")
        .containsEntry("fig1b-model", "vgg16")
        .containsEntry("fig4a-dataset", "cifar-100")
        .containsEntry("fig4a-model", "densenet")
        .containsEntry("fig4a-batch", "512")
        .containsEntry("fig4b-dataset", "mnist")
        .containsEntry("fig4b-model", "convnet")
        .containsEntry("fig4b-shuffled", "20000")
        .containsEntry("fig4c-shuffled", "10000");
    for (String panel : List.of("fig1a", "fig1b")) {
      assertThat(paper)
          .containsEntry(panel + "-dataset", "cifar-10")
          .containsEntry(panel + "-lr", "0.1")
          .containsEntry(panel + "-batch", "500")
          .containsEntry(panel + "-epochs", "150");
    }
  }

  private void refused(String key, String value, String message) {
    Path run = folder.resolve("refused");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(run, with(TINY, key, value)))
        .withMessageContaining(message);
    assertThat(run).doesNotExist();
  }

  @Test
  void aStopBeforeTheFirstProjectionIsOneLine() {
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> run(folder.resolve("run"), TINY, () -> true))
        .withMessageContaining("stopped");
  }

  private static ExperimentOutcome run(Path run, Map<String, String> settings) {
    return run(run, settings, () -> false);
  }

  private static ExperimentOutcome run(
      Path run, Map<String, String> settings, BooleanSupplier stop) {
    return ExperimentCatalogue.find("wei/minimal-valley")
        .run(Requests.quick(run, settings).engine("host").stop(stop).build());
  }

  private static double measured(ExperimentOutcome outcome, String name) {
    return outcome.measurements().stream()
        .filter(measurement -> measurement.name().equals(name))
        .mapToDouble(NamedMeasurement::value)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(key, value);
    return changed;
  }
}
