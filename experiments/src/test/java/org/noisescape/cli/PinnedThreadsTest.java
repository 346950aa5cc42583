package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.LandscapeRuns;

/** What was begun on a number of threads goes on on that number, whoever continues it. */
class PinnedThreadsTest {
  /** More than most machines of tests have, so that no default happens to be the same. */
  private static final String THREADS = "3";

  private static final String[] SETTINGS = {
    "rates", "0.004,0.007,0.01", "settle", "300", "steps", "100", "replicas", "40"
  };

  @TempDir Path folder;

  private static void refused(CapturedRun run, String message) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains(message);
  }

  private static int threads(Path manifest, String pointer) throws IOException {
    return new ObjectMapper().readTree(manifest.toFile()).at(pointer).intValue();
  }

  @Test
  void anExperimentGoesOnOnItsThreads() throws IOException {
    Path run = folder.resolve("run");
    int[] asked = {0};
    ExperimentOutcome partial =
        ExperimentCatalogue.find("wei/trace-rate")
            .run(LandscapeRuns.request(run, 3, () -> ++asked[0] > 3, SETTINGS));
    assertThat(partial.partial()).isTrue();
    List<String> words =
        new ArrayList<>(List.of("run", "wei/trace-rate", "--out", run.toString(), "--no-progress"));
    for (int i = 0; i < SETTINGS.length; i += 2) {
      words.addAll(List.of("--set", SETTINGS[i] + "=" + SETTINGS[i + 1]));
    }
    List<String> others = new ArrayList<>(words);
    others.addAll(List.of("--threads", "1"));

    refused(CapturedRun.of(others.toArray(String[]::new)), "another threads: it has 3, got 1");
    CapturedRun resumed = CapturedRun.of(words.toArray(String[]::new));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(threads(run.resolve("manifest.json"), "/threads")).isEqualTo(3);
  }

  @Test
  void theCellsOfASweepAllRunOnItsThreads() throws IOException {
    Path sweep = folder.resolve("sweep");
    String[] again = {"sweep", "--resume", sweep.toString()};
    CapturedRun begun =
        CapturedRun.of(
            "sweep train --grid lr=0.01,0.02 --set dataset=digits:train=50,test=20"
                .concat(" --set model=mlp:7 --set batch=10 --set epochs=1 --jobs 1 --out ")
                .concat(sweep + " --threads " + THREADS)
                .split(" "));
    assertThat(begun.code()).as(begun.err()).isZero();
    Path second = sweep.resolve("cells/002-lr=0.02");
    try (var files = Files.walk(second)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }

    refused(CapturedRun.of(with(again, "--threads", "1")), "another threads: it has 3, got 1");
    CapturedRun resumed = CapturedRun.of(again);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(threads(second.resolve("manifest.json"), "/engine/threads")).isEqualTo(3);
  }

  private static String[] with(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
