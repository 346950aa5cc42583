package org.noisescape.cells;

/** Where a cell is. */
public enum CellState {
  /** It came to its end. */
  DONE,
  /** A training whose loss left the finite numbers: a result, which would come out again. */
  DIVERGED,
  /** Its process ended with an error; it is tried again when the sweep is resumed. */
  FAILED,
  /** Not begun, or interrupted. */
  OPEN;

  /** Whether nothing is left to run. */
  public boolean finished() {
    return this == DONE || this == DIVERGED;
  }
}
