package org.noisescape.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.noisescape.runs.ProgressListener;

/** A progress bar on a terminal. */
final class TerminalProgress implements ProgressListener {
  private static final int UPDATE_MILLIS = 200;

  /** Columns where nobody says how many there are. */
  private static final int COLUMNS = 80;

  private final PrintStream terminal;
  private String task = "";
  private ProgressBar bar;

  TerminalProgress(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void started(String name) {
    finished();
    task = name;
  }

  @Override
  public void progressed(long step, long steps, String note) {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .setConsumer(new ConsoleProgressBarConsumer(terminal, width()))
              .startsFrom(step, java.time.Duration.ZERO)
              .build();
    }
    bar.maxHint(steps);
    bar.stepTo(step);
    bar.setExtraMessage(note);
  }

  /**
   * Characters of a line, but for the last column. The library would ask by opening a terminal of
   * its own, which takes the handlers of signals away from the JVM: Ctrl-C would end the process
   * with nothing written.
   */
  private static int width() {
    return Posix.columns().orElse(COLUMNS) - 1;
  }

  @Override
  public void told(String line) {
    finished();
    terminal.println(line);
  }

  @Override
  public void finished() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
