package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.TrainConfiguration;
import picocli.CommandLine;

/** Options of earlier runs, of files and of the command line, and which one holds. */
class OptionSourcesTest {
  @TempDir Path folder;

  @Test
  void theCommandLineReplacesFilesAndLaterFilesEarlierOnes() throws IOException {
    Path run = folder.resolve("a run");
    Path base =
        write(
            "base.yaml",
            """
            # what all runs of this series have in common
            data:
              dataset: digits:train=20,test=10
            model: {model: linear}
            training:
              batch: 5
              epochs: 1
              lr: 0.5
              seed: 007
            keep-checkpoints: true
            tensorboard: false
            measure:
              probe: [loss, "noise"]
            """);
    Path more = write("more.yaml", "epochs: 2\nlr: 1e-1\nout: '%s'\n".formatted(run));
    CapturedRun trained =
        CapturedRun.of(
            "train", "--config", base.toString(), "--lr", "0.025", "--config=" + more, "--verbose");
    assertThat(trained.code()).isZero();
    assertThat(trained.errors())
        .contains(
            "--epochs 2 (%s, line 1) takes the place of --epochs 1 (%s, line 7)"
                .formatted(more, base),
            "--lr 0.025 (command line) takes the place of --lr 1e-1 (%s, line 2)".formatted(more));
    JsonNode manifest = JsonFile.read(run.resolve("manifest.json"));
    JsonNode configuration = manifest.path("configuration");
    assertThat(configuration.path("learning_rate").asDouble()).isEqualTo(0.025);
    assertThat(configuration.path("seed").asLong()).isEqualTo(7);
    assertThat(configuration.path("batch").asInt()).isEqualTo(5);
    assertThat(configuration.path("epochs").asDouble()).isEqualTo(2);
    assertThat(configuration.path("keep_checkpoints").asBoolean()).isTrue();
    assertThat(configuration.path("tensorboard").asBoolean()).isFalse();
    assertThat(configuration.path("probes")).hasSize(2);
    assertThat(manifest.path("command_line").toString())
        .as("what was read, so that the run can be repeated without the files")
        .contains("--batch=5")
        .doesNotContain("--config", "0.5");
  }

  @Test
  void ofSettingsOnlyTheSameKeyIsReplacedAndLists() throws IOException {
    Path file =
        write(
            "sweep.yaml",
            """
            experiment: mori/noise-vs-loss
            set: {a: 1, b: 2, c: 'x:1,2'}
            grid:
              lr: [0.1, 0.2]
              model: ['mlp:1,2', linear]
              optimizer: ['adam:0.9,0.99']
              batch: 10,20
            compute: {threads: 1}
            """);
    assertThat(expanded(new SweepCommand(null, null), "--config", file.toString(), "--set", "b=4"))
        .containsExactly(
            "mori/noise-vs-loss",
            "--set=a=1",
            "--set=b=4",
            "--set=c=x:1,2",
            "--grid=lr=0.1,0.2",
            "--grid=model=mlp:1,2;linear",
            "--grid=optimizer=adam:0.9,0.99;",
            "--grid=batch=10,20",
            "--threads=1");
    assertThat(expanded(new SweepCommand(null, null), "train", "--config", file.toString()))
        .as("the word on the command line counts")
        .doesNotContain("mori/noise-vs-loss")
        .endsWith("train");
    Path probes = write("probes.yaml", "probe: [loss, noise]\n");
    assertThat(
            expanded(
                new TrainCommand(null, null),
                "--probe",
                "fdr",
                "--config",
                probes.toString(),
                "--probe=loss"))
        .containsExactly("--probe=fdr", "--probe=loss");
  }

  @Test
  void withoutOtherSourcesTheWordsStayAsTheyAre() {
    List<String> words = List.of("a", "--lr", "0.1", "--no-progress", "--", "--lr", "-h");
    assertThat(expanded(new TrainCommand(null, null), words.toArray(String[]::new)))
        .isEqualTo(words);
    assertThat(expanded(new TrainCommand(null, null), "--lr", "1", "--batch", "--lr=2"))
        .as("the later one; what lacks its value is left for the parser")
        .containsExactly("--lr=2", "--batch");
  }

  @Test
  void aRunMadeLikeAnotherIsTheSame() throws IOException {
    Path first = folder.resolve("first");
    List<String> words =
        List.of(
            "train",
            "--dataset=digits:train=100,test=10",
            "--model=net: linear 5, tanh, linear",
            "--optimizer=momentum:0.9",
            "--lr=0.05",
            "--batch=8",
            "--epochs=1.6",
            "--replicas=2",
            "--seed=11",
            "--probe=noise:every=3",
            "--probe=loss",
            "--stop-when=train_loss:reaches=0.001",
            "--keep-best=train_loss",
            "--validation=0.5",
            "--threads=1",
            "--out=" + first);
    assertThat(CapturedRun.of(words.toArray(String[]::new)).code()).isZero();
    Path second = folder.resolve("second");
    CapturedRun again =
        CapturedRun.of("train", "--quiet", "--like", first.toString(), "--out", second.toString());
    assertThat(again.err()).isEmpty();
    assertThat(configuration(second)).isEqualTo(configuration(first));
    assertThat(second.resolve("checkpoints/last.safetensors"))
        .hasSameBinaryContentAs(first.resolve("checkpoints/last.safetensors"));
    // printed, read, and printed again
    String printed =
        CapturedRun.of("train", "--like", first.toString(), "--lr", "0.5", "--print-config").out();
    assertThat(printed).contains("\n  lr: 0.5\n", "\n  epochs: 1.6\n", "\n    - noise:every=3\n");
    Path file = write("printed.yaml", printed);
    assertThat(CapturedRun.of("train", "--config", file.toString(), "--print-config").out())
        .isEqualTo(printed);
    assertThat(CapturedRun.of("run", "mori/noise-vs-loss", "--like", first.toString()).err())
        .contains("is of kind 'train', and 'run' takes the options of 'experiment'")
        .hasLineCount(1);
    assertThat(CapturedRun.of("train", "--like", folder.toString()).err())
        .contains("holds no manifest.json: name the folder of a run")
        .hasLineCount(1);
    CapturedRun model =
        CapturedRun.of("model", "linear", "--like", first.toString(), "--print-config");
    assertThat(model.out()).contains("dataset: \"digits:train=100,test=10\"", "model: linear");
  }

  @Test
  void experimentsAndSweepsAreRepeatedFromTheirFolders() throws IOException {
    Path run = Files.createDirectory(folder.resolve("e"));
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"kind": "experiment", "id": "liu/kramers", "preset": "standard", "seed": -3,
         "engine": "host", "precision": "float64", "threads": 2,
         "settings": {"a": "1,2", "b": "x=y"}}
        """);
    assertThat(expanded(new RunCommand(null, null), "--like", run.toString(), "--seed", "4"))
        .containsExactly(
            "liu/kramers",
            "--preset=standard",
            "--engine=host",
            "--precision=float64",
            "--seed=4",
            "--threads=2",
            "--set=a=1,2",
            "--set=b=x=y");
    Path sweep = Files.createDirectory(folder.resolve("s"));
    Files.writeString(
        sweep.resolve("sweep.json"),
        """
        {"kind": "sweep", "subject": "train", "preset": "", "grid": {"lr": ["0.1", "0.2"], "model": ["mlp:1,2"]},
         "set": {"model": "linear"}, "dataset": "", "seed": 1, "seeds": 3, "seeds_are": "replicas",
         "engine": "auto", "precision": "float32", "threads": 1}
        """);
    assertThat(expanded(new SweepCommand(null, null), "--like", sweep.toString()))
        .containsExactly(
            "train",
            "--engine=auto",
            "--precision=float32",
            "--seed=1",
            "--seeds=3",
            "--threads=1",
            "--set=model=linear",
            "--grid=lr=0.1,0.2",
            "--grid=model=mlp:1,2;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lr:|line 1: lr has no value: leave it out, or say which",
        "seed: 1;no-progress: yes|line 2: no-progress must be true or false, got 'yes'",
        "epoch: 3|line 1: unknown option 'epoch', did you mean 'epochs'?",
        "data: {lr: 3}|line 1: 'lr' is no option of 'data': write it elsewhere",
        "lr: [1, 2]|line 1: lr takes one value, got 2",
        "lr: {a: 1}|line 1: 'lr' is no theme, and takes no pairs",
        "probe: []|line 1: probe has an empty list: leave it out",
        "probe: [[a]]|line 1: probe must be a value or a list of values",
        "lr: 1;lr: 2|this is no YAML: Duplicate field 'lr'",
        "lr: *x|line 1: anchors and aliases are not read: write the value out",
        "lr: !!java.net.URL 1|line 1: tags are not read",
        "lr: 1;---;lr: 2|line 3: one document is read",
        "- lr|line 1: write an option a line, such as 'seed: 1'",
        "lr 3|line 1: write an option a line, such as 'seed: 1'",
        "lr: [1|this is no YAML",
        "config: other|line 1: unknown option 'config'",
        "like: other|line 1: unknown option 'like'"
      })
  void whatIsWrongInAFileIsOneLineThatNamesTheLine(String text, String expected)
      throws IOException {
    Path file = write("wrong.yaml", text.replace(";", "\n") + "\n");
    CapturedRun run = CapturedRun.of("train", "--config", file.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains(file.toString()).contains(expected);
  }

  @Test
  void onlyARegularFileOfTextIsReadAndNestingIsBounded() throws IOException {
    Path latin =
        Files.write(folder.resolve("latin"), "out: \u00f6".getBytes(StandardCharsets.ISO_8859_1));
    Path deep = write("deep", "[".repeat(100_000));
    Path bomb = write("bomb", "a: &a [x]\nb: [*a, *a]\n");
    for (String name :
        List.of(
            folder.toString(),
            "/dev/zero",
            "/nowhere/at-all",
            latin.toString(),
            deep.toString(),
            bomb.toString())) {
      CapturedRun run = CapturedRun.of("train", "--config", name);
      assertThat(run.code()).as(name).isEqualTo(2);
      assertThat(run.errors()).hasSize(1);
      assertThat(run.err()).contains(name);
    }
  }

  @Test
  void everyFieldOfAConfigurationHasAnOption() {
    JsonNode fields = TrainConfiguration.defaults().toJson();
    List<String> names = new ArrayList<>();
    fields.fieldNames().forEachRemaining(names::add);
    names.remove("first_replica");
    assertThat(TrainOptionNames.ofField().keySet()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(new CommandLine(new TrainCommand(null, null)).getCommandSpec().optionsMap().keySet())
        .containsAll(TrainOptionNames.ofField().values());
  }

  private static JsonNode configuration(Path run) {
    return JsonFile.read(run.resolve("manifest.json")).path("configuration");
  }

  /** Without the name of the command. */
  private static List<String> expanded(Object command, String... words) {
    List<String> all = new ArrayList<>(List.of("command"));
    all.addAll(Arrays.asList(words));
    List<String> expanded =
        OptionSources.expanded(new CommandLine(command).getCommandSpec(), all, line -> {});
    return expanded.subList(1, expanded.size());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
