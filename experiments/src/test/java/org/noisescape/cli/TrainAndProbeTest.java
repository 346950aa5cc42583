package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainAndProbeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, float32", "1, float64", "2, float32"})
  void probeOfTheLastCheckpointRepeatsTheLastMeasurement(int replicas, String precision)
      throws IOException {
    Path run = folder.resolve("a run");
    CapturedRun trained = train(run, replicas, precision);
    assertThat(trained.code()).isZero();
    assertThat(trained.out()).endsWith("noisescape report '" + run + "'\n");
    CapturedRun probe =
        CapturedRun.of(
            "probe",
            run.resolve("checkpoints/last.safetensors").toString(),
            "--quantities",
            "loss,gradient-norm,noise-strength,test-accuracy",
            "--json",
            "--quiet");
    assertThat(probe.err()).isEmpty();
    assertThat(probe.code()).isZero();
    JsonNode json = JSON.readTree(probe.out());

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("loss", "gradient_norm", "noise_strength", "test_accuracy");
    List<JsonNode> last = lastLines(run, replicas);
    for (int r = 0; r < replicas; r++) {
      JsonNode line = last.get(r);
      double loss = line.path("train_loss").asDouble();
      assertThat(value(json, "loss", "value", r)).isEqualTo(loss);
      assertThat(value(json, "loss", "standard_error", r))
          .isEqualTo(line.path("train_loss_standard_error").asDouble());
      assertThat(value(json, "noise_strength", "value", r))
          .isEqualTo(line.path("noise_strength").asDouble());
      assertThat(value(json, "noise_strength", "standard_error", r)).isPositive();
      assertThat(Math.pow(value(json, "gradient_norm", "value", r), 2))
          .isCloseTo(
              line.path("gradient_norm_squared").asDouble(),
              within(4 * Math.ulp(line.path("gradient_norm_squared").asDouble())));
      assertThat(value(json, "test_accuracy", "value", r))
          .isEqualTo(line.path("test_accuracy").asDouble());
    }
    assertThat(json.path("noise_strength").path("converged").asBoolean()).isTrue();
    assertThat(json.path("gradient_norm").has("standard_error")).isFalse();
  }

  @Test
  void metricsHaveTheFieldsOfTheManual() throws IOException {
    Path run = folder.resolve("run");
    train(run, 1, "float32");
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));

    assertThat(lines).hasSize(3);
    assertThat(JSON.readTree(lines.getFirst()).path("step").asLong()).isZero();
    assertThat(JSON.readTree(lines.getLast()).fieldNames())
        .toIterable()
        .containsExactly(
            "step",
            "epoch",
            "replica",
            "seed",
            "wall_time_s",
            "train_loss",
            "train_loss_standard_error",
            "train_accuracy",
            "train_accuracy_standard_error",
            "noise_strength",
            "noise_strength_standard_error",
            "gradient_norm_squared",
            "gradient_noise_scale",
            "gradient_noise_scale_standard_error",
            "test_loss",
            "test_loss_standard_error",
            "test_accuracy",
            "test_accuracy_standard_error",
            "step_time_s",
            "learning_rate");
    List<String> csv = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(csv).hasSize(4);
    assertThat(csv.getFirst()).startsWith("step,epoch,replica,seed,wall_time_s,train_loss,");
  }

  @Test
  void theManifestTellsWhatItTakesToRepeatTheRun() throws IOException {
    Path run = folder.resolve("run");
    train(run, 1, "float64");
    JsonNode manifest = JSON.readTree(run.resolve("manifest.json").toFile());

    assertThat(manifest.path("configuration").path("target").asText()).isEqualTo("one-hot");
    assertThat(manifest.path("configuration").path("learning_rate").asDouble()).isEqualTo(0.05);
    assertThat(manifest.path("command_line").get(0).asText()).isEqualTo("noisescape");
    assertThat(manifest.path("command_line").get(1).asText()).isEqualTo("train");
    assertThat(manifest.path("data").size()).isEqualTo(2);
    manifest
        .path("data")
        .forEach(digest -> assertThat(digest.asText()).matches("sha256:[0-9a-f]{64}"));
    assertThat(manifest.path("engine").path("name").asText()).isNotEmpty().isNotEqualTo("auto");
    assertThat(manifest.path("seed").asLong()).isEqualTo(7);
    assertThat(manifest.path("java").path("version").asText()).isNotEmpty();
    assertThat(manifest.path("noisescape").asText()).isNotEmpty().doesNotContain("$");
  }

  @Test
  void aDivergingRunFailsAndNamesTheLastGoodCheckpoint() throws IOException {
    Path run = folder.resolve("run");
    CapturedRun diverged =
        CapturedRun.of(
            "train",
            "--dataset",
            "digits:train=200,test=20",
            "--model",
            "mlp:30",
            "--batch",
            "20",
            "--lr",
            "50",
            "--checkpoint-every",
            "1",
            "--out",
            run.toString());

    assertThat(diverged.code()).isEqualTo(1);
    assertThat(diverged.errors()).last().asString().startsWith("error: ");
    assertThat(diverged.err()).contains("diverged").contains("last good checkpoint: step");
    JsonNode result = JSON.readTree(run.resolve("result.json").toFile());
    assertThat(result.path("outcome").asText()).isEqualTo("DIVERGED");
    CapturedRun probe = CapturedRun.of("probe", run.toString(), "--json");
    assertThat(probe.code()).isZero();
    assertThat(JSON.readTree(probe.out()).path("loss").path("value").isNumber()).isTrue();
  }

  @Test
  void aDamagedCheckpointIsOneLine() throws IOException {
    Path run = folder.resolve("run");
    train(run, 1, "float32");
    Path file = run.resolve("checkpoints/last.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    for (List<String> line :
        List.of(List.of("probe", file.toString()), List.of("train", "--resume", run.toString()))) {
      CapturedRun refused = CapturedRun.of(line.toArray(String[]::new));
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.errors()).hasSize(1);
      assertThat(refused.err()).contains(file + ": truncated");
    }
  }

  private CapturedRun train(Path out, int replicas, String precision) {
    return CapturedRun.of(
        "train",
        "--dataset",
        "digits:train=130,test=40",
        "--model",
        "mlp:11",
        "--batch",
        "13",
        "--lr",
        "0.05",
        "--epochs",
        "2",
        "--seed",
        "7",
        "--replicas",
        Integer.toString(replicas),
        "--precision",
        precision,
        "--probe",
        "noise",
        "--out",
        out.toString());
  }

  private static List<JsonNode> lastLines(Path run, int replicas) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    List<JsonNode> last = new ArrayList<>();
    for (String line : lines.subList(lines.size() - replicas, lines.size())) {
      last.add(JSON.readTree(line));
    }
    return last;
  }

  private static double value(JsonNode json, String quantity, String key, int replica) {
    JsonNode node = json.path(quantity);
    JsonNode many = key.equals("value") ? node.path("values") : node.path(key);
    return many.isArray() ? many.get(replica).asDouble() : node.path(key).asDouble();
  }
}
