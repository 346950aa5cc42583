package org.noisescape.sweep;

/** Hears how a sweep is coming on; by one thread at a time. */
@FunctionalInterface
public interface SweepListener {
  /**
   * A cell came to an end.
   *
   * @param result what it has
   * @param left cells that are still to run in this sitting
   */
  void ended(CellResult result, int left);

  /** How many cells wait, run, and came to an end in this sitting, and how many of these failed. */
  default void counted(int pending, int running, int ended, int failed) {}

  /** Something worth a line of its own. */
  default void told(String line) {}
}
