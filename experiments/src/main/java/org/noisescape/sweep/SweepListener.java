package org.noisescape.sweep;

/** Hears how a sweep is coming on; called on the thread that runs it. */
@FunctionalInterface
public interface SweepListener {
  /**
   * A cell came to an end.
   *
   * @param result what it has
   * @param left cells that are still to run in this sitting
   */
  void ended(CellResult result, int left);
}
