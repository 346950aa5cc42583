package example.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.cli.CapturedRun;
import org.noisescape.files.JsonFile;

/** What the class path adds is named like what is built in. */
class CommandLineTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeThePoints() throws IOException {
    Path points = Files.createDirectories(folder.resolve("points"));
    Files.writeString(points.resolve("points.txt"), TextPoints.TEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "models, softsign-net:4",
    "layers, softsign",
    "losses, weighted-squares:3",
    "optimizers, 'noisy-rmsprop:0.9,1e-3,0.5'",
    "schedules, slow-start:5",
    "augmentations, pixel-noise:0.1",
    "probes, parameter-norm",
    "probes, hessian-mean",
    "quantities, hessian-mean",
    "datasets, text-points",
    "experiments, example/quartic-descent"
  })
  void everyKindIsListedAfterTheBuiltIn(String kind, String usage) {
    List<String> lines = run("list", kind).out().lines().toList();
    assertThat(lines).anyMatch(line -> line.startsWith(usage + " "));
    assertThat(lines.getFirst()).doesNotStartWith(usage);
  }

  @ParameterizedTest
  @CsvSource({
    "--model, softsign-nett:4, softsign-net:4",
    "--loss, weighted-square:3, weighted-squares:3",
    "--optimizer, noisy-rmspropp:1, noisy-rmsprop:1",
    "--schedule, slow-starts:5, slow-start:5",
    "--augment, pixel-noises:1, pixel-noise:1",
    "--probe, parameter-nrom, parameter-norm",
    "--probe, hessian-men, hessian-mean",
    "--dataset, text-point, text-points"
  })
  void aMistypedNameIsOneLineWithTheNearest(String option, String wrong, String right) {
    CapturedRun run = CapturedRun.of("train", option, wrong, "--out", folder.resolve("r") + "");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains("did you mean '" + right + "'?");
  }

  @Test
  void aMistypedExperimentIsOneLineWithTheNearest() {
    CapturedRun run = CapturedRun.of("run", "example/quartic-descend");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("did you mean 'example/quartic-descent'?");
  }

  /** The same run with the loss times 3 has 3 times the loss and the Hessian at θ₀. */
  @Test
  void aRunTrainsAndMeasuresWithWhatWasAdded() throws IOException {
    Path weighted = train("weighted-squares:3", "a");
    List<JsonNode> lines = metrics(weighted);
    JsonNode first = lines.getFirst();
    JsonNode plain = metrics(train("mse", "b")).getFirst();
    for (String column : List.of("train_loss", "hessian_mean")) {
      double expected = 3 * plain.get(column).asDouble();
      assertThat(first.get(column).asDouble())
          .as(column)
          .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }
    assertThat(first.get("parameter_norm").asDouble())
        .isPositive()
        .isEqualTo(plain.get("parameter_norm").asDouble())
        .isNotEqualTo(lines.getLast().get("parameter_norm").asDouble());
    JsonNode configuration =
        JsonFile.MAPPER.readTree(weighted.resolve("manifest.json").toFile()).get("configuration");
    assertThat(configuration.get("model").asText()).isEqualTo("softsign-net:4");
    assertThat(configuration.get("schedule").asText()).isEqualTo("slow-start:2");
    CapturedRun probe =
        run(
            "probe",
            weighted.resolve("checkpoints/last.safetensors") + "",
            "--quantities",
            "hessian-mean",
            "--data-dir",
            folder + "");
    assertThat(probe.out()).contains("hessian-mean");
  }

  /** Without deviation the pictures are those of the flips alone; with some they are not. */
  @Test
  void anAugmentationFollowsTheViews() throws IOException {
    JsonNode flipped = augmented("flip", "a");
    assertThat(augmented("flip+pixel-noise:0", "b")).isEqualTo(flipped);
    assertThat(augmented("flip+pixel-noise:0.1", "c")).isNotEqualTo(flipped);
    CapturedRun run =
        CapturedRun.of("train", "--augment", "pixel-noise:0.1+flip", "--out", folder + "/d");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("pixel-noise:0.1 changes what flip shows: write it behind");
  }

  private JsonNode augmented(String rules, String name) throws IOException {
    String line =
        "train --dataset digits:train=60,test=0 --model mlp:5 --batch 20 --epochs 2 --lr 0.1 --augment "
            + rules
            + " --out "
            + folder.resolve(name);
    run(line.split(" "));
    return metrics(folder.resolve(name)).getLast().get("train_loss");
  }

  @Test
  void aWordForALayerStandsBesideThoseThatAreBuiltIn() {
    CapturedRun run = run("model", "net: linear 3, softsign, linear");
    assertThat(run.out()).contains("1 Softsign").contains("2.weight 10x3");
    assertThat(CapturedRun.of("model", "net: softsign 3, linear").err())
        .contains("'softsign 3': it takes no '3'")
        .hasLineCount(1);
  }

  @Test
  void anActivationTakesItsPlaceInAnArchitecture() {
    CapturedRun run =
        run(
            "train",
            "--dataset",
            "text-points",
            "--data-dir",
            folder + "",
            "--model",
            "mlp:4:activation=softsign",
            "--loss",
            "mse",
            "--batch",
            "2",
            "--epochs",
            "1",
            "--engine",
            "host",
            "--out",
            folder.resolve("s") + "");
    assertThat(run.out()).contains("train           loss ");
    CapturedRun layers =
        run(
            "model",
            "mlp:4:activation=softsign",
            "--dataset",
            "text-points",
            "--data-dir",
            folder + "",
            "--batch",
            "2");
    assertThat(layers.out()).contains("1 Softsign");
  }

  @Test
  void changedDataAreRefused() throws IOException {
    Files.writeString(folder.resolve("points/points.txt"), TextPoints.TEXT.replace("0.5", "0.7"));
    CapturedRun run =
        CapturedRun.of("train", "--dataset", "text-points", "--data-dir", folder + "");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("points.txt: not the file of text-points");
  }

  @Test
  void anExperimentOnALandscapeRuns() throws IOException {
    Path out = folder.resolve("descent");
    CapturedRun run = run("run", "example/quartic-descent", "--set", "steps=2", "--out", out + "");
    assertThat(run.out()).contains("AGREES");
    JsonNode outcome = JsonFile.MAPPER.readTree(out.resolve("outcome.json").toFile());
    assertThat(outcome.get("measurements").get(0).get("value").asDouble()).isEqualTo(0.4375);
  }

  private Path train(String loss, String name) {
    Path out = folder.resolve(name);
    run(
        "train",
        "--dataset",
        "text-points",
        "--data-dir",
        folder + "",
        "--model",
        "softsign-net:4",
        "--loss",
        loss,
        "--optimizer",
        "noisy-rmsprop:0.9,1e-3,0.5",
        "--schedule",
        "slow-start:2",
        "--probe",
        "loss",
        "--probe",
        "hessian-mean",
        "--probe",
        "parameter-norm",
        "--batch",
        "2",
        "--epochs",
        "2",
        "--lr",
        "0.01",
        "--precision",
        "float64",
        "--engine",
        "host",
        "--threads",
        "1",
        "--out",
        out + "");
    return out;
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(CommandLineTest::parsed)
        .toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return JsonFile.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static CapturedRun run(String... arguments) {
    CapturedRun run = CapturedRun.of(arguments);
    assertThat(run.err()).doesNotContain("error");
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
