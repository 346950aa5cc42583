package org.noisescape.cli;

import java.util.Locale;
import org.noisescape.datasets.download.TransferProgress;
import org.noisescape.runs.ProgressListener;

/** Shows a transfer on a progress bar, and what it waits for on lines of their own. */
final class TransferBar implements TransferProgress {
  private final ProgressListener bar;
  private String file = "";

  TransferBar(ProgressListener bar) {
    this.bar = bar;
  }

  @Override
  public void transferred(String name, long bytes, long total) {
    if (!name.equals(file)) {
      file = name;
      bar.started(name);
    }
    bar.progressed(
        bytes,
        total,
        total == ProgressListener.UNKNOWN ? megabytes(bytes) : "of " + megabytes(total));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  @Override
  public void waiting(String folder) {
    bar.warned("waiting: another process fetches into " + folder);
  }

  @Override
  public void retrying(String reason) {
    bar.warned("retrying: " + reason);
  }
}
