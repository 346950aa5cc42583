package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.runs.RunDirectory;

/** {@code list runs} and {@code annotate}. */
class RunListTest {
  @TempDir Path folder;

  private static Path training(Path run, double rate, double loss, String outcome)
      throws IOException {
    Files.createDirectories(run);
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"kind": "train", "started": "2026-02-03T04:05:06.7Z",
         "configuration": {"model": "mlp:5", "dataset": "digits", "learning_rate": %s, "batch": 10,
           "probes": [{"name": "noise", "every": "1epoch"}], "subset": null}}
        """
            .formatted(rate));
    String row = "{\"step\":9,\"epoch\":1,\"train_loss\":%s,\"test_accuracy\":0.5}";
    String text = String.format(Locale.ROOT, row, loss);
    // the first line of what is read of a long file is cut off, the last may be
    Files.writeString(run.resolve("metrics.jsonl"), text + "\n" + text + "\n{\"step\":1");
    if (!outcome.isEmpty()) {
      Files.writeString(
          run.resolve("result.json"),
          "{\"outcome\": \"%s\", \"step\": 9, \"steps\": 90, \"last\": [%s,%s]}"
              .formatted(outcome, text, text.replace(":" + loss, ":" + (loss + 2))));
    }
    return run;
  }

  @BeforeEach
  void makeRuns() throws IOException {
    training(folder.resolve("a"), 0.01, 2, "COMPLETED");
    training(folder.resolve("deep/er/b"), 0.1, 1, "DIVERGED");
    training(folder.resolve("c"), 0.5, 10, "");
    Path experiment = Files.createDirectories(folder.resolve("e"));
    Files.writeString(
        experiment.resolve("manifest.json"),
        "{\"kind\": \"experiment\", \"id\": \"mori/x\", \"preset\": \"quick\", \"settings\": {\"k\": \"3\"}}");
    Files.writeString(
        experiment.resolve("outcome.json"),
        "{\"verdict\": \"AGREES\", \"measurements\": [{\"name\": \"slope\", \"value\": 1.5}]}");
    training(experiment.resolve("stages/inner"), 1, 1, "COMPLETED");
    Path sweep = Files.createDirectories(folder.resolve("s"));
    Files.writeString(
        sweep.resolve("sweep.json"),
        "{\"kind\": \"sweep\", \"subject\": \"train\", \"cells\": [\"1\", \"2\"], \"grid\": {\"lr\": [\"1\", \"2\"]}}");
    training(sweep.resolve("cells/1"), 1, 1, "COMPLETED");
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/manifest.json"), "{");
    Path outside =
        Files.createDirectories(folder.resolveSibling("outside-" + folder.getFileName()));
    training(outside.resolve("z"), 1, 1, "COMPLETED");
    Files.createSymbolicLink(folder.resolve("link"), outside);
    Files.createSymbolicLink(folder.resolve("deep/up"), folder);
  }

  private CapturedRun list(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of("list", "runs", folder.toString()));
    all.addAll(List.of(words));
    return CapturedRun.of(all.toArray(String[]::new));
  }

  private List<String> names(String... words) {
    CapturedRun run = list(words);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().lines().skip(1).map(line -> line.replaceFirst(" .*", "")).toList();
  }

  @Test
  void runsInFoldersAreListedAndNothingWithinARunOrBehindALink() {
    assertThat(names()).containsExactly("a", "broken", "c", "deep/er/b", "e", "s");
    assertThat(list().out())
        .contains("a          COMPLETED   mlp:5 digits  9/90")
        .contains("3  0.5")
        .containsPattern("c +UNFINISHED +mlp:5 digits +9 +10 ")
        .containsPattern("e +AGREES +mori/x")
        .containsPattern("s +UNFINISHED +train +1/2")
        .containsPattern("broken +UNREADABLE");
    assertThat(list().errors())
        .singleElement()
        .asString()
        .startsWith(folder + "/broken/manifest.json");
    CapturedRun cells = CapturedRun.of("list", "runs", folder.resolve("s").toString());
    assertThat(cells.out().lines().count()).isEqualTo(2);
  }

  @Test
  void filtersGoBySettingsAndByWhatWasMeasuredLast() {
    assertThat(names("--where", "lr<0.2")).containsExactly("a", "deep/er/b");
    // of two replicas the mean
    assertThat(names("--where", "train_loss>=2", "--where", "learning_rate!=0.5"))
        .containsExactly("a", "deep/er/b");
    assertThat(names("--state", "diverged,AGREES")).containsExactly("deep/er/b", "e");
    assertThat(names("--model", "mlp")).containsExactly("a", "c", "deep/er/b");
    assertThat(names("--where", "k=3")).containsExactly("e");
    assertThat(names("--sort", "lr", "--model", "mlp", "--reverse"))
        .containsExactly("c", "deep/er/b", "a");
    assertThat(names("--sort", "train_loss")).startsWith("deep/er/b", "a", "c");
    CapturedRun none = list("--state", "STOPPED");
    assertThat(none.code()).isZero();
    assertThat(none.errors()).containsExactly("none of 6 runs is so");
  }

  @Test
  void aRunThatAProcessHoldsIsRunning() throws IOException {
    try (RunDirectory held = RunDirectory.lock(folder.resolve("c"))) {
      assertThat(held.path()).exists();
      assertThat(names("--state", "RUNNING")).containsExactly("c");
    }
    assertThat(names("--state", "UNFINISHED")).containsExactly("c", "s");
  }

  @Test
  void jsonHasEverything() throws IOException {
    JsonNode all = new ObjectMapper().readTree(list("--json").out());
    assertThat(all).hasSize(6);
    assertThat(all.get(0).path("last").path("train_loss").asDouble()).isEqualTo(3);
    assertThat(all.get(0).path("settings").path("probes").asText()).isEqualTo("noise:every=1epoch");
    assertThat(all.get(1).path("problem").asText()).isNotEmpty();
  }

  @Test
  void aNarrowTerminalIsToldWhatItDoesNotShow() {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
    Console console =
        new Console(
            new java.io.PrintStream(out, true),
            new java.io.PrintStream(err, true),
            java.util.Map.of("COLUMNS", "50"),
            true);
    assertThat(CommandRunner.run(console, "list", "runs", folder.toString())).isZero();
    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(50));
    assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("not shown for want of room: ");
  }

  @Test
  void wrongUseIsOneLine() {
    assertThat(list("--where", "lr").err()).contains("--where must be KEY=VALUE");
    assertThat(list("--where", "lrr<1").err()).contains("unknown key of --where 'lrr'");
    assertThat(list("--sort", "nothing").err()).contains("unknown key of --sort");
    assertThat(CapturedRun.of("list", "runs", "nowhere").err()).contains("nowhere: no such folder");
    assertThat(CapturedRun.of("list", "models", "--json").err()).contains("'list runs' only");
  }

  @Test
  void tagsAreputOnTakenOffAndFiltered() {
    String run = folder.resolve("a").toString();
    assertThat(
            CapturedRun.of("annotate", run, "--tag", "good", "--tag", "fig/1", "--note", "why so")
                .code())
        .isZero();
    assertThat(names("--tag", "good")).containsExactly("a");
    assertThat(list().out()).contains("good,fig/1");
    CapturedRun both =
        CapturedRun.of("annotate", run, folder.resolve("c").toString(), "--untag", "good");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("there is no tag to take off, got 'good'");
    // of several nothing is changed where one is refused
    assertThat(names("--tag", "good")).containsExactly("a");
    assertThat(CapturedRun.of("annotate", run, "--untag", "good").code()).isZero();
    assertThat(CapturedRun.of("annotate", run).out()).contains("[fig/1]").contains("why so");
    assertThat(CapturedRun.of("annotate", run, "--tag", "two words").err())
        .contains("a tag is a word of at most 64 letters");
    assertThat(CapturedRun.of("annotate", folder.toString(), "--tag", "x").err())
        .contains("holds no run");
  }
}
