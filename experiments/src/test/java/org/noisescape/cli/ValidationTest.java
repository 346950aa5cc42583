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

/** Samples held out of the training data, in a run and at its checkpoint. */
class ValidationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static CapturedRun run(String line) {
    return CapturedRun.of(line.split(" "));
  }

  private Path train(String name, String options) {
    Path run = folder.resolve(name);
    String line =
        "train --dataset digits:train=300,test=50 --batch 20 --model mlp:9 --loss ce --lr 0.3"
            + " --no-progress --epochs 2 --out "
            + run
            + " "
            + options;
    CapturedRun trained = run(line);
    assertThat(trained.code()).as(trained.err()).isZero();
    return run;
  }

  private static JsonNode last(Path run) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    return JSON.readTree(lines.getLast());
  }

  @Test
  void aProbeMeasuresWhatTheRunHeldOut() throws IOException {
    Path run = train("held", "--validation 0.2 --normalize standardize");
    JsonNode manifest = JSON.readTree(run.resolve("manifest.json").toFile());
    assertThat(manifest.path("train_samples").asInt()).isEqualTo(240);
    assertThat(manifest.path("validation_samples").asInt()).isEqualTo(60);
    assertThat(manifest.path("configuration").path("validation").asText()).isEqualTo("0.2");
    JsonNode metrics = last(run);
    assertThat(metrics.path("step").asInt()).as("12 steps an epoch").isEqualTo(24);
    CapturedRun probed =
        run(
            "probe "
                + run
                + " --quantities loss,test-loss,validation-loss,validation-accuracy --json");
    JsonNode found = JSON.readTree(probed.out());
    for (String name : List.of("test_loss", "validation_loss", "validation_accuracy")) {
      assertThat(found.path(name).path("value").asDouble())
          .as(name)
          .isEqualTo(metrics.path(name).asDouble());
    }
    assertThat(found.path("loss").path("value").asDouble())
        .isEqualTo(metrics.path("train_loss").asDouble());
    assertThat(metrics.path("validation_loss")).isNotEqualTo(metrics.path("test_loss"));
  }

  @Test
  void withoutItNothingIsMeasuredThere() throws IOException {
    Path run = train("all", "");
    assertThat(last(run).has("validation_loss")).isFalse();
    CapturedRun refused = run("probe " + run + " --quantities validation-loss");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.errors()).hasSize(1);
    assertThat(refused.err()).contains("no samples were held out: leave out validation-loss");
  }

  @Test
  void anotherChoiceIsNoResumption() {
    Path run = train("held", "--validation 0.2");
    CapturedRun refused = run("train --resume " + run + " --validation 0.1");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("validation");
    assertThat(run("train --resume " + run + " --validation 0.2").code()).isZero();
  }
}
