package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.train.Version;

/**
 * What noisescape 0.1 left works with this one, and what a newer one leaves is refused.
 *
 * <p>The run is {@code train --dataset digits:train=20,test=10 --model linear --optimizer
 * momentum:0.9 --batch 5 --epochs 2 --threads 1 --seed 3 --probe noise --keep-checkpoints} of 0.1,
 * as a kill after the first of its two epochs leaves it.
 */
class RunsOfOtherVersionsTest {
  private static final String OLD = "0.1.0-SNAPSHOT";
  private static final String NEWER = "999.0.0";

  /** Training loss that 0.1 came to after the second epoch. */
  private static final double LOSS = 0.46213064181008495;

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void copy() throws Exception {
    run = folder.resolve("run");
    Path source = Path.of(RunsOfOtherVersionsTest.class.getResource("run-0.1").toURI());
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, run.resolve(source.relativize(file).toString()));
      }
    }
  }

  private Path checkpoint() {
    return run.resolve("checkpoints/last.safetensors");
  }

  private static String fine(String... words) {
    CapturedRun done = CapturedRun.of(words);
    assertThat(done.code()).as(done.err()).isZero();
    return done.out();
  }

  private static void refused(Path file, String... words) {
    CapturedRun done = CapturedRun.of(words);
    assertThat(done.code()).as(String.join(" ", words)).isEqualTo(2);
    assertThat(done.errors())
        .containsExactly(
            "error: %s: written by noisescape %s, this is %s: use that version or a later one"
                .formatted(file, NEWER, Version.current().number()));
  }

  private static void pretend(Path file, String then) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains('"' + then + '"');
    Files.writeString(file, text.replace('"' + then + '"', '"' + NEWER + '"'));
  }

  private static void requireOwnVersion() {
    assumeThat(Version.current().number())
        .as("the build fills the version in")
        .isNotEqualTo("unknown");
  }

  @Test
  void aRunOf01IsMeasuredExportedReportedAndRepeated() throws IOException {
    JsonNode measured =
        new ObjectMapper()
            .readTree(fine("probe", checkpoint().toString(), "--quantities", "loss", "--json"));
    assertThat(measured.at("/loss/value").asDouble()).isCloseTo(0.8797323, within(1e-5));
    Path npz = folder.resolve("old.npz");
    fine("export", run.toString(), "--to", "npz", "--out", npz.toString());
    assertThat(npz).isNotEmptyFile();
    fine("report", run.toString());
    assertThat(run.resolve("report.html")).content().contains("momentum:0.9");
    assertThat(fine("train", "--like", run.toString(), "--print-config"))
        .contains("optimizer: momentum:0.9");
  }

  @Test
  void aRunOf01GoesOnWhereItWasCutOff() throws IOException {
    fine("train", "--resume", run.toString(), "--threads", "1", "--no-progress");
    JsonNode result = new ObjectMapper().readTree(run.resolve("result.json").toFile());
    assertThat(result.at("/step").asInt()).isEqualTo(8);
    assertThat(result.at("/last/0/train_loss").asDouble()).isCloseTo(LOSS, within(1e-5));
  }

  @Test
  void aRunOfANewerProgramIsRefusedByEveryCommand() throws IOException {
    requireOwnVersion();
    Path manifest = run.resolve("manifest.json");
    pretend(manifest, OLD);
    for (List<String> words :
        List.of(
            List.of("train", "--resume", run.toString()),
            List.of("train", "--like", run.toString()),
            List.of("report", run.toString()),
            List.of("run", "mori/noise-vs-loss", "--out", run.toString()))) {
      refused(manifest, words.toArray(String[]::new));
    }
  }

  @Test
  void aCheckpointOfANewerProgramIsRefused() throws IOException {
    requireOwnVersion();
    fine("train", "--resume", run.toString(), "--no-progress");
    Path sidecar = run.resolve("checkpoints/last.json");
    pretend(sidecar, Version.current().number());
    refused(sidecar, "probe", checkpoint().toString());
    refused(sidecar, "export", checkpoint().toString(), "--to", "npz", "--out", folder + "/a.npz");
    refused(sidecar, "train", "--resume", run.toString());
  }

  @Test
  void aSweepOfANewerProgramIsRefused() throws IOException {
    requireOwnVersion();
    Path sweep = Files.createDirectories(folder.resolve("sweep"));
    Path file = sweep.resolve("sweep.json");
    Files.writeString(file, "{\"kind\": \"sweep\", \"noisescape\": \"%s\"}".formatted(NEWER));
    refused(file, "sweep", "--resume", sweep.toString());
  }
}
