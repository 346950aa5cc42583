package org.noisescape.cli;

import java.io.PrintStream;
import org.noisescape.runs.ProgressListener;

/** Says nothing but what is not as it should be. */
final class QuietProgress implements ProgressListener {
  private final PrintStream err;

  QuietProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public void progressed(long step, long steps, String note) {
    // asked for quiet
  }

  @Override
  public void warned(String line) {
    err.println(line);
  }
}
