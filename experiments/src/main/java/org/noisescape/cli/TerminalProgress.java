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
              .setConsumer(new ConsoleProgressBarConsumer(terminal))
              .startsFrom(step, java.time.Duration.ZERO)
              .build();
    }
    bar.maxHint(steps);
    bar.stepTo(step);
    bar.setExtraMessage(note);
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
