package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is shown in files and on terminals, by a clock that stands. */
class ShownProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private double now;

  private String shown() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void aFileGetsWholeLinesNowAndThen() {
    LogProgress log = new LogProgress(stream, LogEvery.parse(null), () -> now);
    log.started("wells");
    for (now = 0; now < 200; now++) {
      log.progressed((long) now, 1000, "note");
    }
    assertThat(shown().lines())
        .containsExactly(
            "wells: 1 %, 0:10, 17 min left, note",
            "wells: 7 %, 1:10, 15 min left, note",
            "wells: 13 %, 2:10, 15 min left, note",
            "wells: 19 %, 3:10, 14 min left, note");
    log.finished();
    assertThat(shown()).isEqualTo("wells  3:20%n".formatted());
  }

  @Test
  void whatIsShortLeavesNoLine() {
    LogProgress log = new LogProgress(stream, LogEvery.parse(null), () -> now);
    log.started("wells");
    now += 1;
    log.progressed(1, 2, "");
    log.finished();
    assertThat(shown()).isEmpty();
  }

  @Test
  void aLineOnATerminalTakesThePlaceOfTheBarAndTheTimeGoesOn() {
    TerminalProgress terminal =
        new TerminalProgress(stream, LogEvery.parse(null), () -> now, () -> 40);
    synchronized (terminal) {
      // the thread that draws waits meanwhile
      terminal.started("wells");
      now = 61;
      terminal.progressed(1, 2, "");
      terminal.draw();
      assertThat(shown()).startsWith("\rwells  50 % [").contains("] 1:01").doesNotContain("\n");
      terminal.told("a line");
      assertThat(shown()).matches("\r +\ra line\\R");
      now = 62;
      terminal.draw();
      assertThat(shown()).contains("] 1:02");
      terminal.finished();
      assertThat(shown()).matches("\r +\rwells  1:02\\R");
    }
  }

  @Test
  void whatIsPrintedBesideTheBarFindsAnEmptyLine() {
    PrintStream plain = PlainStream.of(stream);
    TerminalProgress terminal =
        new TerminalProgress(stream, LogEvery.parse(null), () -> now, () -> 40);
    PlainStream.above(plain, terminal);
    synchronized (terminal) {
      terminal.started("wells");
      terminal.progressed(1, 2, "");
      terminal.draw();
      shown();
      plain.println("a line");
      assertThat(shown()).matches("\r +\ra line\\R");
      plain.printf("another %d%n", 1);
      assertThat(shown()).isEqualTo("another 1%n".formatted());
      terminal.draw();
      assertThat(shown()).startsWith("\rwells  50 % [");
      PlainStream.clear(plain);
      assertThat(shown()).matches("\r +\r");
      terminal.draw();
      assertThat(shown()).as("after the end").isEmpty();
    }
  }

  @Test
  void quietIsQuietButForWarnings() {
    QuietProgress quiet = new QuietProgress(stream);
    quiet.started("wells");
    quiet.progressed(1, 2, "");
    quiet.told("a line");
    quiet.finished();
    assertThat(shown()).isEmpty();
    quiet.warned("lost");
    assertThat(shown().strip()).isEqualTo("lost");
  }
}
