package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment on an engine whose ensembles run in blocks, each a process. */
class RunBlocksProcessTest {
  private static final List<String> EXPERIMENT =
      List.of(
          "run",
          "--quiet",
          "mori/first-passage-linear",
          "--set=d=2",
          "--set=samples=300",
          "--set=c=1.2,1.5",
          "--set=data-sets=2",
          "--set=replicas=7",
          "--set=steps=400",
          "--threads=1");

  @TempDir Path folder;

  @Test
  void itsFilesAreThoseOfOneProcessToTheLastByte() throws IOException {
    Path whole = folder.resolve("whole");
    Path parted = folder.resolve("parted");
    assertThat(run(whole).code()).isZero();

    CapturedRun run = run(parted, "--blocks=2", "--jobs=2");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.errors()).isEmpty();
    List<Path> same;
    try (Stream<Path> files = Files.walk(whole)) {
      same =
          files
              .filter(file -> file.toString().matches(".*(safetensors|csv|outcome.json)"))
              .map(whole::relativize)
              .toList();
    }
    assertThat(same).hasSizeGreaterThan(4);
    for (Path file : same) {
      assertThat(parted.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(parted.resolve("blocks")).doesNotExist();
  }

  private static CapturedRun run(Path out, String... more) {
    List<String> words = new ArrayList<>(EXPERIMENT);
    words.addAll(List.of(more));
    words.add("--out=" + out);
    return CapturedRun.of(words.toArray(String[]::new));
  }
}
