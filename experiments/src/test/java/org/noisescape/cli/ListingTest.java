package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  @ParameterizedTest
  @CsvSource({
    "experiments, mori/noise-vs-loss-ce",
    "models, mori-cnn",
    "layers, maxpool",
    "datasets, gaussian-regression",
    "losses, ce",
    "optimizers, pl-sgd",
    "schedules, cosine",
    "augmentations, crop:4",
    "engines, host",
    "probes, noise",
    "quantities, gradient-norm"
  })
  void everyKindIsListed(String kind, String name) {
    CapturedRun run = CapturedRun.of("list", kind);
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains(name);
    assertThat(CapturedRun.of("list").out()).contains(kind + "\n").contains(name);
  }

  @Test
  void enginesAreListedWithWhatWasFoundBelow() {
    CapturedRun engines = CapturedRun.of("list", "engines");
    assertThat(engines.out())
        .containsPattern("(?m)^cuda  (available|not here): .+\n    [^ ]")
        .containsPattern("(?m)^    cuBLAS: ")
        .containsPattern("(?m)^host  available: ");
    assertThat(engines.out().lines()).doesNotHaveDuplicates();
    assertThat(CapturedRun.of("list").out()).doesNotContain("cuBLAS: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "train --help",
        "probe --help",
        "model --help",
        "run --help",
        "list --help",
        "report --help",
        "data --help",
        "data fetch --help"
      })
  void helpIsOnStandardOutput(String line) {
    CapturedRun run = CapturedRun.of(line.split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: noisescape");
  }

  @Test
  void withoutACommandThereIsHelp() {
    assertThat(CapturedRun.of().out()).isEqualTo(CapturedRun.of("--help").out());
  }

  @Test
  void absentDataSetsComeWithTheCommandThatFetchesThem() {
    CapturedRun run = CapturedRun.of("data", "list");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^mnist +absent +noisescape data fetch mnist")
        .containsPattern("(?m)^digits +embedded");
  }

  @Test
  void fetchingOfflineNamesTheRemedy(@TempDir Path folder) {
    CapturedRun run =
        CapturedRun.of("data", "fetch", "mnist", "--offline", "--data-dir", folder.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains("fetching is switched off; go online, or copy");
  }

  @Test
  void realDataAreFoundAndVerified() {
    String data = System.getenv("NOISESCAPE_DATA");
    Assumptions.assumeTrue(
        data != null && Files.isDirectory(Path.of(data, "mnist")),
        "NOISESCAPE_DATA names no folder with mnist");
    assertThat(CapturedRun.withData(data, "data", "list").out())
        .containsPattern("(?m)^mnist +present");
    CapturedRun verified = CapturedRun.withData(data, "data", "verify", "mnist");
    assertThat(verified.code()).isZero();
    assertThat(verified.out().lines()).hasSize(4).allMatch(line -> line.contains(" verified "));
  }
}
