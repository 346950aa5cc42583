package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The parts of a whole, by a clock that stands. */
class WholeTaskTest {
  private static final OptionalDouble NOBODY_KNOWS = OptionalDouble.empty();

  private final WholeTask whole = new WholeTask(Map.of("training", 1, "ensemble", 4), 0);

  private void done(String kind, double from, double to) {
    whole.began(kind, from);
    whole.worked();
    whole.ended(to);
  }

  @Test
  void nothingIsToldBeforeAPartOfEachKindThatIsToComeIsKnown() {
    whole.began("training", 0);
    whole.worked();
    assertThat(whole.left(10, OptionalDouble.of(90))).as("no ensemble yet").isEmpty();
    whole.ended(100);
    whole.began("ensemble", 100);
    whole.worked();
    assertThat(whole.left(105, NOBODY_KNOWS)).isEmpty();
    // 20 s for this one, and three more
    assertThat(whole.left(105, OptionalDouble.of(15)).orElseThrow()).isEqualTo(15 + 3 * 20);
    whole.ended(120);
    whole.began("ensemble", 120);
    whole.worked();
    assertThat(whole.left(125, NOBODY_KNOWS).orElseThrow()).isEqualTo(15 + 2 * 20);
    assertThat(whole.left(125, OptionalDouble.of(35)).orElseThrow()).isEqualTo(35 + 2 * 20);
  }

  @Test
  void theLaterHalfTellsHowLongAPartTakes() {
    done("training", 0, 1);
    done("ensemble", 1, 101);
    done("ensemble", 101, 111);
    done("ensemble", 111, 121);
    whole.began("ensemble", 121);
    assertThat(whole.left(121, NOBODY_KNOWS).orElseThrow()).isEqualTo(10);
  }

  @Test
  void partsThatAreReadBackCountButTellNoTime() {
    whole.began("training", 0);
    whole.ended(0.01);
    for (int i = 0; i < 2; i++) {
      whole.began("ensemble", 0.01);
      whole.ended(0.01);
    }
    assertThat(whole.place()).isEqualTo("4 of 5");
    whole.began("ensemble", 0.01);
    whole.worked();
    assertThat(whole.left(1, NOBODY_KNOWS)).isEmpty();
    assertThat(whole.share(0.5)).isCloseTo(3.5 / 5, within(1e-12));
    assertThat(whole.share(0.1)).as("a second task of the part").isCloseTo(0.7, within(1e-12));
    whole.ended(2);
    assertThat(whole.share(0)).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void theBarIsThatOfTheWhole() {
    double[] now = {0};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    TerminalProgress terminal =
        new TerminalProgress(stream, LogEvery.parse(null), () -> now[0], () -> 80);
    synchronized (terminal) {
      terminal.started("preparing");
      terminal.whole(Map.of("ensemble", 4));
      for (int i = 0; i < 2; i++) {
        terminal.partBegan("ensemble");
        terminal.started("eta = 0." + i);
        now[0] += 60;
        if (i == 0) {
          terminal.finished();
          terminal.partEnded("ensemble");
        }
      }
      bytes.reset();
      terminal.progressed(1, 2, "23 of 100 passed");
      terminal.draw();
      assertThat(bytes.toString(StandardCharsets.UTF_8).strip())
          .startsWith("eta = 0.1 (2 of 4)  37 % [")
          .contains("] 2:00, 2 min left, this 50 %, 23")
          .hasSizeLessThanOrEqualTo(79);
      terminal.finished();
      terminal.partEnded("ensemble");
      assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("eta = 0.1  1:00");
    }
  }
}
