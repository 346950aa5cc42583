package org.noisescape.cells;

import org.noisescape.runs.ProgressListener;

/** Hears how cells are coming on; by one thread at a time. */
@FunctionalInterface
public interface CellListener {
  /**
   * A cell came to an end of some kind.
   *
   * @param state never OPEN
   * @param left cells that are still to run in this sitting
   */
  void ended(CellTask task, CellState state, int left);

  /** How many cells wait, run, and came to an end in this sitting, and how many of these failed. */
  default void counted(int pending, int running, int ended, int failed) {}

  /** Shows what was counted. */
  static void show(ProgressListener progress, int pending, int running, int ended, int failed) {
    if (pending + running == 0) {
      progress.finished();
      return;
    }
    progress.progressed(
        ended,
        (long) pending + running + ended,
        "%d done, %d running, %d waiting%s"
            .formatted(
                ended - failed, running, pending, failed == 0 ? "" : ", " + failed + " failed"));
  }

  /** Something worth a line of its own. */
  default void told(String line) {}
}
