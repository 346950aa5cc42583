package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.MetricsRepair.Expected;
import org.noisescape.train.Checkpoint;

/** Measurements put back to the step of a checkpoint: what is lost is said. */
class MetricsRepairTest {
  private static final String ZERO = "{\"step\":0,\"epoch\":0.0,\"train_loss\":3}\n";
  private static final String FIVE = "{\"step\":5,\"epoch\":0.5,\"train_loss\":2}\n";
  private static final String TEN = "{\"step\":10,\"epoch\":1.0,\"train_loss\":1}\n";
  private static final String LATE = "{\"step\":15,\"epoch\":1.5,\"train_loss\":9}\n";

  @TempDir private Path folder;

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("whole", ZERO + FIVE + TEN, ""),
        Arguments.of("later lines", ZERO + FIVE + TEN + LATE, ""),
        Arguments.of("later and cut", ZERO + FIVE + TEN + LATE + "{\"ste", ""),
        Arguments.of("garbled after the checkpoint", ZERO + FIVE + TEN + "oops\n", ""),
        Arguments.of("emptied", "", "3 of the 3 lines up to step 10 are missing; the run goes on"),
        Arguments.of("cut", ZERO + FIVE, "1 of the 3 lines up to step 10 are missing"),
        Arguments.of("garbled", ZERO + "oops\n" + TEN, "are missing; unreadable was line 2"),
        Arguments.of("no object", ZERO + "[]\n" + TEN, "unreadable was line 2"),
        Arguments.of("text for a number", ZERO + FIVE.replace("2}", "\"2\"}") + TEN, "line 2"),
        Arguments.of("negative step", ZERO + FIVE.replace(":5", ":-5") + TEN, "line 2"),
        Arguments.of(
            "step 2^63", ZERO + FIVE.replace(":5,", ":9223372036854775808,") + TEN, "line 2"),
        Arguments.of("fraction of a step", ZERO + FIVE.replace(":5,", ":5.5,") + TEN, "line 2"),
        Arguments.of("key twice", ZERO + FIVE.replace("{", "{\"step\":5,") + TEN, "line 2"),
        Arguments.of(
            "doubled", ZERO + ZERO + FIVE + TEN, "1 stood there twice, of which the first counts"),
        Arguments.of(
            "out of order", TEN + ZERO + FIVE, "lines were out of order; that is put right"),
        Arguments.of(
            "one too many",
            ZERO + FIVE + FIVE.replace(":5,", ":6,") + TEN,
            "1 lines up to step 10 are none that this run wrote"),
        Arguments.of(
            "a replica that is not",
            ZERO + FIVE.replace("{", "{\"replica\":1,") + TEN,
            "1 of the 3 lines up to step 10 are missing"));
  }

  private static Expected upToTen(long lines) {
    return new Expected(10, 1, lines, "");
  }

  @Test
  void numbersThatWereChangedAreSaidAndTimesAreNot() throws IOException {
    Path file = Files.writeString(folder.resolve("metrics.jsonl"), ZERO + FIVE + TEN);
    Expected expected =
        new Expected(10, 1, 3, MetricsDigest.of(MetricsLines.read(file).lines()).text());
    assertThat(MetricsRepair.to(file, expected)).isEmpty();
    Files.writeString(file, ZERO + FIVE.replace("}", ",\"step_time_s\":0.1}") + TEN + LATE);
    assertThat(MetricsRepair.to(file, expected)).isEmpty();
    Files.writeString(file, ZERO + FIVE.replace("2}", "2.5}") + TEN);
    assertThat(MetricsRepair.to(file, expected))
        .contains(
            file
                + ": the lines up to step 10 are not as this run wrote them; they are kept as they are");
    assertThat(file).content().contains("2.5");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void whatIsMissingOrPutRightIsSaid(String name, String text, String note) throws IOException {
    Path file = Files.writeString(folder.resolve("metrics.jsonl"), text);
    String said = MetricsRepair.to(file, upToTen(3)).orElse("");
    if (note.isEmpty()) {
      assertThat(said).isEmpty();
      assertThat(file).hasContent(ZERO + FIVE + TEN);
    } else {
      assertThat(said).startsWith(file + ": ").contains(note).doesNotContain("\n");
    }
    MetricsLines.read(file).requireWhole();
    assertThat(MetricsRepair.to(file, upToTen(Checkpoint.UNKNOWN))).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreALineThatIsNone() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.write(file, (ZERO + "{\"step\":5,\"\u00e9\":1}\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(MetricsLines.read(file).garbled()).containsExactly(2);
    assertThatThrownBy(() -> MetricsLog.rows(file))
        .isInstanceOf(WrongFile.class)
        .hasMessage(file + ": line 2 is no line of measurements; take it out");
  }

  @Test
  void nothingIsNothingAndAFolderIsNoMetrics() throws IOException {
    Path file = Files.createFile(folder.resolve("metrics.jsonl"));
    assertThat(MetricsLines.read(file).lines()).isEmpty();
    assertThat(MetricsLines.read(folder.resolve("none")).lines()).isEmpty();
    assertThatThrownBy(() -> MetricsRepair.to(folder, upToTen(1)))
        .isInstanceOf(WrongFile.class)
        .hasMessage(folder + ": is a folder, not a file");
  }
}
