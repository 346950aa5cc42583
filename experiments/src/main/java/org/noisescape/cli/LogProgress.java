package org.noisescape.cli;

import java.io.PrintStream;
import java.util.function.DoubleSupplier;

/**
 * Progress in a file or a pipe: whole lines, now and then. A task says after {@value #FIRST}
 * seconds how far it is, then every {@value #DISTANCE} seconds in which no other line came.
 */
final class LogProgress extends TaskProgress {
  private static final double FIRST = 10;
  private static final double DISTANCE = 60;

  private final PrintStream log;
  private double due;
  private boolean fresh = true;

  LogProgress(PrintStream log, LogEvery every, DoubleSupplier clock) {
    super(every, clock);
    this.log = log;
  }

  @Override
  void line(String text) {
    log.println(text);
    due = now() + DISTANCE;
  }

  @Override
  void changed() {
    if (fresh) {
      fresh = false;
      due = now() + FIRST;
    } else if (now() >= due) {
      line(present().sentence());
    }
  }

  @Override
  void ended() {
    // short parts of a long whole are told like one task
    fresh = !isPart();
  }

  @Override
  int columns() {
    return Integer.MAX_VALUE;
  }
}
