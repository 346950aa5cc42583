package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes counted at a checkpoint, beside the columns of the run that ended there. */
class ClassQuantitiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRAIN =
      "train --dataset digits:train=200,test=90 --model mlp:10 --loss ce --lr 0.1 --batch 20"
          + " --epochs 2 --precision float64 --no-progress --replicas %d --out %s"
          + " --probe confusion --probe accuracy-top:3 --probe loss";
  private static final String QUANTITIES =
      "confusion,test-confusion,accuracy-top:3,test-accuracy-top:3,accuracy,test-accuracy";

  @TempDir Path folder;

  private JsonNode probed(int replicas, Path run) throws IOException {
    CapturedRun trained = CapturedRun.of(TRAIN.formatted(replicas, run).split(" "));
    assertThat(trained.code()).as(trained.err()).isZero();
    return JSON.readTree(
        CapturedRun.of("probe", run.toString(), "--json", "--quantities", QUANTITIES).out());
  }

  @Test
  void theyAreThoseOfTheLastLine() throws IOException {
    Path run = folder.resolve("run");
    JsonNode probed = probed(1, run);
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    JsonNode last = JSON.readTree(lines.getLast());
    for (String samples : List.of("train_", "test_")) {
      String prefix = samples.equals("train_") ? "" : samples;
      JsonNode matrix = probed.path(prefix + "confusion");
      assertThat(matrix.path("classes").asInt()).isEqualTo(10);
      double right = 0;
      for (int i = 0; i < 100; i++) {
        double count = matrix.path("value").path(i).asDouble();
        assertThat(count)
            .isEqualTo(last.path(samples + "confusion_" + i / 10 + "_" + i % 10).asDouble());
        right += i / 10 == i % 10 ? count : 0;
      }
      int size = samples.equals("train_") ? 200 : 90;
      assertThat(probed.path(prefix + "accuracy").path("value").asDouble()).isEqualTo(right / size);
      for (String part : List.of("value", "standard_error")) {
        assertThat(probed.path(prefix + "accuracy_top").path(part).asDouble())
            .isEqualTo(
                last.path(samples + "top3_accuracy" + (part.equals("value") ? "" : "_" + part))
                    .asDouble());
      }
      for (int t = 0; t < 10; t++) {
        assertThat(matrix.path("class_accuracy").path(t).asDouble())
            .isEqualTo(last.path(samples + "class_accuracy_" + t).asDouble());
      }
    }
  }

  @Test
  void replicasHaveMatricesOfTheirOwn() throws IOException {
    JsonNode matrices = probed(2, folder.resolve("run")).path("test_confusion").path("values");
    assertThat(matrices.size()).isEqualTo(2);
    assertThat(matrices.path(0)).isNotEqualTo(matrices.path(1));
    for (JsonNode matrix : matrices) {
      double all = 0;
      for (JsonNode count : matrix) {
        all += count.asDouble();
      }
      assertThat(all).isEqualTo(90);
    }
  }

  @Test
  void aTestSetThatIsNotThereIsNamedWithWhatAskedForIt() {
    Path run = folder.resolve("run");
    CapturedRun.of(
        ("train --dataset digits:train=200,test=0 --epochs 0 --no-progress --out " + run)
            .split(" "));
    CapturedRun refused =
        CapturedRun.of("probe", run.toString(), "--quantities", "loss,test-confusion");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("there are no test samples: leave out test-confusion");
  }
}
