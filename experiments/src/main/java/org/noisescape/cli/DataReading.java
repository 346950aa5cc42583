package org.noisescape.cli;

import org.noisescape.datasets.ReadingProgress;
import org.noisescape.runs.ProgressListener;

/**
 * Shows how the reading of data is coming on, and lets a signal end it at once.
 *
 * @param progress hears it
 * @param stop of the command
 */
record DataReading(ProgressListener progress, StopSignal stop) implements ReadingProgress {
  @Override
  public void began() {
    stop.idle(true);
  }

  @Override
  public void read(String what, long done, long of) {
    progress.progressed(done, of, what);
  }

  @Override
  public void ended() {
    stop.idle(false);
  }
}
