package org.noisescape.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.tensorboard.EventFileReader.Event;
import org.noisescape.train.Histogram;

class EventFolderTest {
  private static final Instant STARTED = Instant.parse("2026-02-03T04:05:06.5Z");
  private static final double WALL = STARTED.toEpochMilli() / 1000.0;

  /**
   * The file that TensorFlow 2 writes for {@code tf.summary.scalar("accuracy", 0.99, step=77)},
   * dumped with {@code xxd}, as TensorBoard's own tests of its reader have it.
   */
  private static final String OF_TENSORFLOW =
      """
      1800000000000000 a37f4b22 09 0000803899d6d741 1a 0d 627261696e2e4576656e743a32 124b36ab
      3200000000000000 241956ec 09 c405b73d99d6d741 10 4d 2a 25
      0a 23 0a 08 6163637572616379 42 0a 08 01 12 00 22 04 a4707d3f 4a 0b 0a 09 0a 07 7363616c617273
      a55b6433
      """;

  private static final Session SETTINGS =
      new Session(Map.of("lr", 0.1, "model", "mlp:20", "tensorboard", true));

  @TempDir Path folder;

  @Test
  void checksumOfTheReaderIsTheStandardOne() {
    // the check value of CRC-32C in RFC 3720's family of parameters: of the digits 1 to 9
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(EventFileReader.checksum(digits, 0, digits.length)).isEqualTo(0xE3069283);
    // RFC 3720, B.4: 32 bytes of zeros
    assertThat(EventFileReader.checksum(new byte[32], 0, 32)).isEqualTo(0x8A9136AA);
  }

  @Test
  void firstRecordIsTensorFlowsByteForByte() throws IOException {
    byte[] file = HexFormat.of().parseHex(OF_TENSORFLOW.replaceAll("\\s", ""));
    List<Event> events = EventFileReader.events(file);
    assertThat(events).hasSize(2);
    assertThat(events.getLast().step()).isEqualTo(77);
    double wallTime = events.getFirst().wallTime();

    byte[] first = EventRecord.version(wallTime);
    assertThat(HexFormat.of().formatHex(first))
        .isEqualTo(HexFormat.of().formatHex(file, 0, first.length));
  }

  @Test
  void scalarsAreReadBackByASecondImplementation() throws IOException {
    // steps of one to nine bytes as varints; values at the ends of float32
    long[] steps = {0, 1, 127, 128, 16383, 16384, 1L << 35, Long.MAX_VALUE};
    for (long step : steps) {
      Map<String, Double> values =
          Map.of(
              "train_loss", 0.1, "verlust λ", -1e-45, "big", 3e38, "x".repeat(300), (double) step);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(EventRecord.version(WALL));
      file.writeBytes(EventRecord.scalars(WALL + 2, new Scalars(step, 0, values)));
      List<Event> events = EventFileReader.events(file.toByteArray());

      assertThat(events.getFirst()).isEqualTo(new Event(WALL, 0, "brain.Event:2", Map.of()));
      assertThat(events.getLast().step()).isEqualTo(step);
      assertThat(events.getLast().wallTime()).isEqualTo(WALL + 2);
      assertThat(events.getLast().scalars()).hasSameSizeAs(values);
      values.forEach(
          (name, value) ->
              assertThat(events.getLast().scalars()).containsEntry(name, value.floatValue()));
    }
  }

  @Test
  void eachReplicaHasAFileAndTimeIsThatOfItsSteps() throws IOException {
    try (EventFolder events = EventFolder.open(folder, STARTED, SETTINGS, 2, List.of())) {
      events.append(List.of(scalars(0, 0, 3.0), scalars(0, 1, 4.0)));
      events.append(List.of(timed(10, 0, 0.5), timed(10, 1, 0.5)));
      events.append(List.of(timed(14, 0, 0.25), timed(14, 1, 0.25)));
    }
    for (int r = 0; r < 2; r++) {
      List<Event> events = EventFileReader.onlyFileOf(folder.resolve("replica-" + r));
      assertThat(events).extracting(Event::step).containsExactly(0L, 0L, 0L, 10L, 14L);
      assertThat(events)
          .extracting(Event::wallTime)
          .containsExactly(WALL, WALL, WALL, WALL + 5, WALL + 6);
      assertThat(events.get(2).scalars()).containsEntry("train_loss", 3f + r);
    }
  }

  @Test
  void settingsAndEndAreASessionOfTheHparamsPlugin() throws IOException {
    try (EventFolder events = EventFolder.open(folder, STARTED, SETTINGS, 1, List.of())) {
      events.finish(true);
    }
    List<Event> events = EventFileReader.onlyFileOf(folder.resolve("replica-0"));
    assertThat(events.get(1).session())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("lr", 0.1, "model", "mlp:20", "tensorboard", true));
    assertThat(events.getLast().session()).containsEntry("status", 1L);
  }

  @Test
  void histogramsAreLimitsAndCounts() throws IOException {
    Histogram histogram =
        new Histogram(List.of(new double[] {-1, 0, 0.5, 2}), new long[] {3, 0, 9});
    Scalars measured = new Scalars(4, 0, Map.of("loss", 1.0), Map.of("gradients", histogram));
    EventFolder.open(folder, STARTED, SETTINGS, 1, List.of(measured)).close();
    Event event = EventFileReader.onlyFileOf(folder.resolve("replica-0")).getLast();
    assertThat(event.histograms())
        .containsEntry("gradients", List.of(List.of(0.0, 0.5, 2.0), List.of(3.0, 0.0, 9.0)));
    assertThat(event.scalars()).containsEntry("loss", 1f);
  }

  @Test
  void whatIsNoFiniteNumberIsNaN() throws IOException {
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY};
    for (double value : values) {
      Path own = folder.resolve("of " + value);
      EventFolder.open(own, STARTED, SETTINGS, 1, List.of(scalars(0, 0, value))).close();
      assertThat(EventFileReader.onlyFileOf(own.resolve("replica-0")).get(2).scalars())
          .containsEntry("train_loss", Float.NaN);
    }
  }

  @Test
  void openingMakesTheFileThatOfTheMeasurements() throws IOException {
    List<Scalars> kept = List.of(scalars(0, 0, 1.0), timed(5, 0, 0.1));
    EventFolder.open(folder, STARTED, SETTINGS, 1, kept).close();
    Path file = only(folder.resolve("replica-0"));
    byte[] expected = Files.readAllBytes(file);
    Object identity = Files.readAttributes(file, "unix:ino").get("ino");

    // what was written after the step the run goes on from, and a record cut short, go
    try (EventFolder events = EventFolder.open(folder, STARTED, SETTINGS, 1, kept)) {
      assertThat(Files.readAttributes(file, "unix:ino").get("ino"))
          .as("a file that is right is not replaced: a reader may have it open")
          .isEqualTo(identity);
      events.append(List.of(scalars(7, 0, 9.0)));
    }
    Files.write(file, new byte[] {24, 0, 0}, java.nio.file.StandardOpenOption.APPEND);
    EventFolder.open(folder, STARTED, SETTINGS, 1, kept).close();

    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    assertThat(only(folder.resolve("replica-0"))).isEqualTo(file);
  }

  @Test
  void eventsOfAnotherRunAreNotMixedIn() throws IOException {
    EventFolder.open(folder, STARTED, SETTINGS, 1, List.of()).close();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventFolder.open(folder, STARTED.plusSeconds(9), SETTINGS, 1, List.of()))
        .withMessageContaining("holds events of another run: choose another folder");
  }

  @Test
  void readerSeesABitThatFlipped() {
    byte[] file = EventRecord.scalars(WALL, new Scalars(3, 0, Map.of("loss", 1.0)));
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 4;
      assertThatThrownBy(() -> EventFileReader.events(damaged)).isInstanceOf(IOException.class);
    }
  }

  private static Scalars scalars(long step, int replica, double loss) {
    return new Scalars(step, replica, Map.of("train_loss", loss));
  }

  private static Scalars timed(long step, int replica, double seconds) {
    return new Scalars(step, replica, Map.of("step_time_s", seconds));
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }
}
