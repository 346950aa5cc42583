package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.MetricsRepair.Expected;
import org.noisescape.train.Histogram;
import org.noisescape.train.Measurement;

class MetricsLogTest {
  @TempDir Path folder;

  @Test
  void linesAreThereAsSoonAsTheyAreAppended() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = new MetricsLog(file, 1)) {
      log.append(List.of(at(0, 0)));
      assertThat(Files.readString(file))
          .matches(
              "\\{\"step\":0,\"epoch\":0.0,\"replica\":0,\"seed\":1,\"wall_time_s\":[0-9.E-]+,"
                  + "\"train_loss\":0.5}\n");
      log.append(List.of(at(10, 0)));
      assertThat(Files.readAllLines(file)).hasSize(2);
    }
  }

  @Test
  void replicaAndSeedAreInEveryLine() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = new MetricsLog(file, 2)) {
      log.append(List.of(at(5, 0), at(5, 1)));
    }
    assertThat(MetricsLog.rows(file))
        .extracting(row -> row.path("replica").asInt())
        .containsExactly(0, 1);
    assertThat(MetricsLog.rows(file)).allMatch(row -> row.path("seed").asLong() == 2);
  }

  /**
   * Seconds go on where the last sitting ended, and are no part of what a checkpoint vouches for.
   */
  @Test
  void wallTimeGoesOnOverSittings() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.writeString(
        file, "{\"step\":1,\"epoch\":1,\"replica\":0,\"seed\":1,\"wall_time_s\":1000.0}\n");
    String digest;
    try (MetricsLog log = new MetricsLog(file, 1)) {
      log.append(List.of(at(10, 0)));
      digest = log.digest();
    }
    assertThat(MetricsLog.rows(file).getLast().path("wall_time_s").asDouble()).isGreaterThan(1000);
    Files.writeString(file, Files.readString(file).replace("1000.0", "7.0"));
    try (MetricsLog log = new MetricsLog(file, 1)) {
      assertThat(log.digest()).isEqualTo(digest);
    }
  }

  @Test
  void histogramsAreReadBackAndAreNoColumns() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Histogram flat = new Histogram(List.of(new double[] {-1, 0, 2}), new long[] {3, 4});
    Histogram joint =
        new Histogram(
            List.of(new double[] {0, 1, 2}, new double[] {-3, 0, 1, 4}),
            new long[] {1, 2, 3, 4, 5, 6});
    try (MetricsLog log = new MetricsLog(file, 1)) {
      log.append(
          List.of(new Measurement(1, 1, 0, Map.of("loss", 2.0), Map.of("a", flat, "b", joint))));
    }
    JsonNode row = MetricsLog.rows(file).getFirst();
    assertThat(row.path("b").path("counts").toString()).isEqualTo("[[1,2,3],[4,5,6]]");
    for (Map.Entry<String, Histogram> each : Map.of("a", flat, "b", joint).entrySet()) {
      Histogram read = HistogramJson.read(row.path(each.getKey())).orElseThrow();
      assertThat(read.counts()).isEqualTo(each.getValue().counts());
      assertThat(read.edges()).usingRecursiveComparison().isEqualTo(each.getValue().edges());
    }
    Path csv = folder.resolve("metrics.csv");
    MetricsLog.exportCsv(file, csv);
    assertThat(Files.readAllLines(csv).getFirst())
        .isEqualTo("step,epoch,replica,seed,wall_time_s,loss");
  }

  /** Whoever wrote the file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"edges\":[0,1],\"counts\":[1,2]}",
        "{\"edges\":[1,0],\"counts\":[1]}",
        "{\"edges\":[0,1],\"counts\":[-1]}",
        "{\"edges\":[0,\"a\"],\"counts\":[1]}",
        "{\"edges\":[0,1]}",
        "{\"x_edges\":[0,1],\"y_edges\":[0,1],\"counts\":[1]}",
        "{}"
      })
  void whatIsNoHistogramIsNone(String value) throws IOException {
    assertThat(HistogramJson.read(JsonFile.MAPPER.readTree(value))).isEmpty();
  }

  @Test
  void whatIsNoFiniteNumberIsNull() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = new MetricsLog(file, 1)) {
      log.append(
          List.of(new Measurement(1, 1, 0, Map.of("train_loss_standard_error", Double.NaN))));
    }
    assertThat(Files.readString(file)).contains("\"train_loss_standard_error\":null");
  }

  @Test
  void truncationKeepsLinesUpToTheStepAndDropsACutLine() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsLog log = new MetricsLog(file, 1)) {
      for (int step = 0; step <= 30; step += 10) {
        log.append(List.of(at(step, 0)));
      }
      assertThat(log.digest()).isEqualTo(MetricsDigest.of(MetricsLines.read(file).lines()).text());
    }
    String whole = Files.readString(file);
    Files.writeString(file, whole + "{\"step\":40,\"ep");
    MetricsRepair.to(file, new Expected(40, 1, 4, ""));
    assertThat(Files.readString(file)).isEqualTo(whole);
    MetricsRepair.to(file, new Expected(20, 1, 3, ""));
    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(MetricsLog.last(file)).hasSize(1);
    assertThat(MetricsLog.last(file).getFirst().path("step").asLong()).isEqualTo(20);
    MetricsRepair.clear(file);
    assertThat(Files.readString(file)).isEmpty();
  }

  @Test
  void theTableLeavesCellsEmptyWhereNothingWasMeasured() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.writeString(
        file, "{\"step\":0,\"train_loss\":1.5}\n{\"step\":9,\"noise_strength\":2.0}\n");
    MetricsLog.exportCsv(file, folder.resolve("metrics.csv"));
    assertThat(Files.readAllLines(folder.resolve("metrics.csv")))
        .containsExactly("step,train_loss,noise_strength", "0,1.5,", "9,,2.0");
  }

  @Test
  void aFullDiskIsOneLineThatNamesTheFile() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "no /dev/full on this system");
    FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE);
    try (MetricsLog log = new MetricsLog(full, channel, 1)) {
      assertThatThrownBy(() -> log.append(List.of(at(0, 0))))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot write /dev/full: no space left on device; make room");
    }
  }

  private static Measurement at(long step, int replica) {
    return new Measurement(step, step / 10.0, replica, Map.of("train_loss", 0.5));
  }
}
