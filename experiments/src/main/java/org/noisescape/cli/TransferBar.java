package org.noisescape.cli;

import org.noisescape.datasets.download.TransferProgress;
import org.noisescape.runs.ProgressListener;

/** Shows a transfer on a progress bar, and what it waits for on lines of their own. */
final class TransferBar implements TransferProgress {
  private final ProgressListener bar;
  private final Console console;
  private String file = "";

  TransferBar(ProgressListener bar, Console console) {
    this.bar = bar;
    this.console = console;
  }

  @Override
  public void transferred(String name, long bytes, long total) {
    if (!name.equals(file)) {
      file = name;
      bar.started(name);
    }
    bar.progressed(bytes, total, "");
  }

  @Override
  public void waiting(String folder) {
    console.err().println("waiting: another process fetches into " + folder);
  }

  @Override
  public void retrying(String reason) {
    console.err().println("retrying: " + reason);
  }
}
