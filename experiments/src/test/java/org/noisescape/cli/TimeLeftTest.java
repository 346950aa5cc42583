package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What is said of the time that is left. */
class TimeLeftTest {
  private static final double TICK = 0.1;

  @Test
  void aSteadyTaskIsKnownAfterThreeSecondsAndNotBefore() {
    TimeLeft left = new TimeLeft();
    for (double t = 0; t < 2.95; t += TICK) {
      left.add(t, t / 100);
      assertThat(left.at(t)).as("at %s s", t).isEmpty();
    }
    left.add(3, 0.03);
    assertThat(left.at(3).orElseThrow()).isCloseTo(97, within(1.0));
    assertThat(left.at(5).orElseThrow()).as("goes on without news").isCloseTo(95, within(1.0));
  }

  @Test
  void aSlowBeginningIsNotTakenForTheRest() {
    TimeLeft left = new TimeLeft();
    double share = 0;
    OptionalDouble first = OptionalDouble.empty();
    double firstAt = 0;
    // a thousandth of the rate while code is compiled, 1.5 s of it, then 20 s in all
    for (double t = 0; share < 1 && first.isEmpty(); t += TICK) {
      share += TICK / 20 * (t < 1.5 ? 1e-3 : 1);
      left.add(t, share);
      first = left.at(t);
      firstAt = t;
    }
    double truth = 21.5 - firstAt;
    assertThat(first.orElseThrow()).isBetween(truth / 1.3, truth * 1.3);
  }

  @Test
  void whatGrowsBeginsAfresh() {
    TimeLeft left = new TimeLeft();
    for (double t = 0; t < 10; t += TICK) {
      left.add(t, t / 20);
    }
    assertThat(left.at(10)).isPresent();
    left.add(10, 0.1);
    assertThat(left.at(10)).isEmpty();
  }

  @Test
  void aLongTaskKeepsFewPoints() {
    TimeLeft left = new TimeLeft();
    for (int i = 0; i <= 1_000_000; i++) {
      left.add(i * 0.01, i / 2e6);
    }
    assertThat(left.at(10_000).orElseThrow()).isCloseTo(10_000, within(200.0));
  }
}
