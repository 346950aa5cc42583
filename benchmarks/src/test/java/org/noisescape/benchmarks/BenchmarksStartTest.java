package org.noisescape.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.benchmarks.records.BenchmarkRecord;
import org.noisescape.benchmarks.records.BenchmarkRow;

/** Every benchmark runs, on workloads of moments, and what it found is in its file. */
class BenchmarksStartTest {
  @TempDir Path folder;

  static List<String> kinds() {
    return Benchmarks.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindRunsAndLeavesItsRecord(String kind) throws IOException {
    String[] models = kind.equals("instruments") ? new String[] {"mlp:10"} : new String[0];

    BenchSession session =
        Benchmarks.run(kind, TinySettings.alone(home(), folder.resolve("results"), models));

    assertThat(session.rows().size() + session.curves().size()).isPositive();
    BenchmarkRecord found = BenchmarkRecord.read(folder.resolve("results/" + kind + ".json"));
    assertThat(found.kind()).isEqualTo(kind);
    assertThat(found.rows()).isEqualTo(session.rows());
    assertThat(found.curves()).isEqualTo(session.curves());
    assertThat(found.setting().threads()).isEqualTo(1);
    for (BenchmarkRow row : found.rows()) {
      assertThat(row.ours().least()).isPositive();
      assertThat(row.rounds()).isPositive();
    }
  }

  /** Benchmarks whose launcher does nothing. */
  private Path home() throws IOException {
    Path launcher = folder.resolve("noisescape");
    Files.writeString(launcher, "#!/bin/sh\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return Files.createDirectories(folder.resolve("benchmarks"));
  }

  @Test
  void whatIsNoBenchmarkIsNamedBesideThoseThatAre() {
    assertThatThrownBy(() -> Benchmarks.run("speed", TinySettings.alone(folder, folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no benchmark 'speed'")
        .hasMessageContaining("step, pass");
  }

  @Test
  void settingsThatMeanNothingAreRefused() {
    List<String> few = List.of("0", "1");
    assertThatThrownBy(() -> BenchSettings.of(few, Map.of())).hasMessageContaining("got 0 and 1");
    List<String> fine = List.of("1", "1");
    assertThatThrownBy(() -> BenchSettings.of(fine, Map.of("PEERS", "jax")))
        .hasMessageContaining("PEERS=jax");
    assertThatThrownBy(() -> BenchSettings.of(fine, Map.of("PRECISION", "float64")))
        .hasMessageContaining("PRECISION=float64");
  }
}
