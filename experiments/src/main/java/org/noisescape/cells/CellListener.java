package org.noisescape.cells;

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

  /** Something worth a line of its own. */
  default void told(String line) {}
}
