package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.datasets.DataLocation;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainingResult;
import org.noisescape.runs.TrainingSession;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.train.TrainingEvent.Outcome;

/** Runs that end by a measured quantity and keep their best checkpoint, from the command line. */
class WatchedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRAIN =
      "train --dataset digits:train=200,test=100 --model mlp:20 --loss ce --optimizer adam --lr 0.03"
          + " --batch 20 --no-progress --out ";

  @TempDir Path folder;

  private static CapturedRun run(String line) {
    return CapturedRun.of(line.split(" "));
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    List<JsonNode> rows = new java.util.ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  @Test
  void aRunEndsWithItsPatienceAndTellsStepAndTime() throws IOException {
    Path run = folder.resolve("run");
    CapturedRun trained =
        run(TRAIN + run + " --epochs 40 --stop-when test_loss:patience=2 --keep-best test_loss");
    assertThat(trained.code()).as(trained.err()).isZero();

    // the same rule, by hand, from what was measured
    List<JsonNode> rows = metrics(run);
    int best = 0;
    for (int i = 1; i < rows.size(); i++) {
      boolean better =
          rows.get(i).path("test_loss").asDouble() < rows.get(best).path("test_loss").asDouble();
      best = better ? i : best;
    }
    assertThat(rows).hasSizeLessThan(40).hasSize(best + 3);
    JsonNode result = JSON.readTree(run.resolve("result.json").toFile());
    JsonNode rule = result.path("stop_when").path(0);
    assertThat(result.path("outcome").asText()).isEqualTo("COMPLETED");
    assertThat(rule.path("rule").asText()).isEqualTo("test_loss:patience=2,min");
    assertThat(rule.path("met").asBoolean()).isTrue();
    assertThat(rule.path("step").asLong()).isEqualTo(10L * (best + 2));
    double seconds = 0;
    for (JsonNode row : rows) {
      seconds += 10 * row.path("step_time_s").asDouble();
    }
    assertThat(rule.path("seconds_in_steps").asDouble()).isEqualTo(seconds);
    assertThat(result.path("best").path("step").asLong()).isEqualTo(10L * best);
    assertThat(trained.out())
        .contains("stop when       test_loss: 2 measurements without a better one at step ")
        .contains(", checkpoints/best");

    JsonNode sidecar = JSON.readTree(run.resolve("checkpoints/best.json").toFile());
    assertThat(sidecar.path("best").path("metric").asText()).isEqualTo("test_loss");
    assertThat(sidecar.path("step").asLong()).isEqualTo(10L * best);
    JsonNode probed =
        JSON.readTree(run("probe " + run + " --of best --quantities test-loss --json").out());
    double measured = rows.get(best).path("test_loss").asDouble();
    assertThat(sidecar.path("best").path("value").asDouble()).isEqualTo(measured);
    // one chunk of samples may be parted otherwise
    assertThat(probed.path("test_loss").path("value").asDouble())
        .isCloseTo(measured, org.assertj.core.api.Assertions.withinPercentage(1e-5));
  }

  @Test
  void stoppedAndResumedItEndsAlikeWithTheSameBest() throws IOException {
    TrainConfiguration configuration =
        TrainConfiguration.defaults()
            .with(
                Map.of(
                    "dataset",
                    "digits:train=200,test=100",
                    "model",
                    "mlp:20",
                    "loss",
                    "ce",
                    "learning_rate",
                    2.0,
                    "batch",
                    20,
                    "epochs",
                    30,
                    "replicas",
                    2,
                    "stop_when",
                    List.of("test_loss:patience=3"),
                    "keep_best",
                    "test_accuracy"));
    DataLocation data = DataLocation.of(Optional.empty(), Map.of());
    Path whole = folder.resolve("whole");
    TrainingResult ended = TrainingSession.start(configuration, whole, Surroundings.quiet(data));
    assertThat(ended.step()).isLessThan(ended.steps()).isPositive();

    Path parts = folder.resolve("parts");
    int[] asked = {0};
    int[] most = {4};
    Surroundings interrupted =
        new Surroundings(
            data,
            List.of(),
            org.noisescape.runs.ProgressListener.SILENT,
            line -> {},
            () -> ++asked[0] > most[0]);
    TrainingResult last = TrainingSession.start(configuration, parts, interrupted);
    int sittings = 1;
    while (last.outcome() == Outcome.STOPPED) {
      asked[0] = 0;
      most[0] += 4;
      last = TrainingSession.resume(parts, Map.of(), interrupted);
      sittings++;
    }
    assertThat(sittings).isGreaterThan(2);
    assertThat(last.step()).isEqualTo(ended.step());
    for (String kept : List.of("last", "best")) {
      assertThat(parts.resolve("checkpoints/" + kept + ".safetensors"))
          .hasSameBinaryContentAs(whole.resolve("checkpoints/" + kept + ".safetensors"));
    }
    TrainingResult again = TrainingSession.resume(parts, Map.of(), Surroundings.quiet(data));
    assertThat(again.step()).isEqualTo(ended.step());
    assertThat(again.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aValueThatIsNotReachedIsSaid() {
    CapturedRun trained =
        run(TRAIN + folder.resolve("run") + " --epochs 1 --stop-when test_accuracy:reaches=0.999");
    assertThat(trained.code()).isZero();
    assertThat(trained.out()).contains("test_accuracy did not reach 0.999, best ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --tensorboard"})
  void whatIsNeverMeasuredLeavesNoFolder(String events) {
    Path run = folder.resolve("run");
    CapturedRun refused = run(TRAIN + run + " --keep-best test_los:min" + events);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(refused.err())
        .contains("'test_los' is watched and never measured")
        .contains("train_loss, train_accuracy, test_loss, test_accuracy");
    assertThat(run).doesNotExist();
  }

  @Test
  void withoutATestSetThereIsNoPatienceOfItsLoss() {
    Path run = folder.resolve("run");
    CapturedRun refused =
        run(
            "train --dataset digits:train=200,test=0 --no-progress --stop-when test_loss:patience=2"
                + " --out "
                + run);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("has no test samples, so test_loss is never measured: hold samples out");
    assertThat(run).doesNotExist();
    assertThat(run(TRAIN + run + " --keep-best validation_loss").err())
        .contains("no samples are held out, so validation_loss is never measured: hold some out");
    assertThat(run).doesNotExist();
  }

  @Test
  void samplesHeldOutAreWatchedAndCounted() throws IOException {
    Path run = folder.resolve("run");
    CapturedRun trained =
        run(
            TRAIN
                + run
                + " --epochs 2 --validation 0.2 --probe loss --probe confusion --keep-best"
                + " validation_accuracy --stop-when validation_loss:patience=9");
    assertThat(trained.code()).as(trained.err()).isZero();
    JsonNode last = metrics(run).getLast();
    double all = 0;
    for (int i = 0; i < 100; i++) {
      all += last.path("validation_confusion_" + i / 10 + "_" + i % 10).asDouble();
    }
    assertThat(all).isEqualTo(40);
    assertThat(last.path("validation_accuracy_standard_error").isNumber()).isTrue();
    JsonNode probed =
        JSON.readTree(run("probe " + run + " --quantities validation-confusion --json").out());
    assertThat(probed.path("validation_confusion").path("value").path(0).asDouble())
        .isEqualTo(last.path("validation_confusion_0_0").asDouble());
  }

  @Test
  void theBestOfARunWithoutOneIsOneLine() {
    Path run = folder.resolve("run");
    assertThat(run(TRAIN + run + " --epochs 1").code()).isZero();
    assertThat(run("probe " + run + " --of best").err())
        .contains("holds no checkpoints/best.safetensors: train with --keep-best test_loss");
    assertThat(run("probe " + run + "/checkpoints/last.safetensors --of best").err())
        .contains("--of best goes with the folder of a run");
  }
}
